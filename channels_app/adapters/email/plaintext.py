"""Readable text from cleaned HTML: paragraphs, lists, links and tables as a person would type them."""

import re
from html import unescape

# The text is nh3's own, so one expression reads it: every attribute is quoted, every < in words escaped.
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z-]+="[^"]*")*)\s*/?>|([^<]+)')
_TAG = re.compile(r"<[^<>]{0,5000}>")
_HREF = re.compile(r' href="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_SPACES = re.compile(r"[ \t\r\n\f]+")
_EDGES = re.compile("[ \n\x01\x02]+")
_BLANKS = re.compile(" {2,}")
_LINE_ENDS = re.compile(" *\n *")
_GAPS = re.compile(r"\n{3,}")

# Edges of elements, until it is known what stands beside them: a line's, a paragraph's.
LINE, PARAGRAPH = "\x01", "\x02"
_TO_VERBATIM = str.maketrans({" ": "\x03", "\n": "\x04", "\t": "\x03"})
_FROM_VERBATIM = str.maketrans({"\x03": " ", "\x04": "\n", "\xa0": " ", "\u200b": None})
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"}
LINES = {"div", "li", "tr", "dt", "dd", "center", "section", "article", "header", "footer", "main"}
CELLS = {"td", "th"}
# Outlook makes each line a paragraph without space around it; an empty line is one more of them.
_TIGHT = re.compile(
    r' class="[^"]*\bMso[^"]*"| style="[^"]*\bmargin(?:-bottom: ?0[a-z]*(?:;|")'
    r'|: ?0[a-z]*(?:;|"| 0[a-z]* (?:0|0?\.0+1)[a-z]*\b))'
)


def text_of(safe: str) -> str:
    """The words of HTML that `html.clean` made, one blank line between paragraphs."""
    out: list[str] = []
    links: list[tuple[str, int]] = []
    verbatim = tight = False
    for closing, tag, attributes, words in _TOKEN.findall(safe):
        if words:
            out.append(
                unescape(words).translate(_TO_VERBATIM) if verbatim else _SPACES.sub(" ", unescape(words))
            )
        elif tag == "a":
            _link(out, links, attributes, bool(closing))
        elif tag == "img" and (alt := _ALT.search(attributes)):
            out.append(unescape(alt[1]))
        elif tag == "p":
            tight = bool(_TIGHT.search(attributes)) if not closing else tight
            out.append(LINE if tight else PARAGRAPH)
        else:
            out.append(_break(tag, bool(closing)))
            verbatim = (tag == "pre" and not closing) or (verbatim and not (tag == "pre" and closing))
    return _tidy("".join(out))


def stripped(source: str) -> str:
    """The words of HTML that nobody has cleaned, without its layout."""
    return _BLANKS.sub(" ", unescape(_TAG.sub(" ", source))).strip()


def _break(tag: str, closing: bool) -> str:
    """What an element's edge is worth on paper."""
    if tag == "br":
        return "\n"
    if tag == "li" and not closing:
        return f"{LINE}- "
    if tag in CELLS:
        return " " if closing else ""
    if tag in PARAGRAPHS:
        return PARAGRAPH
    return LINE if tag in LINES else ""


def _link(out: list[str], links: list[tuple[str, int]], attributes: str, closing: bool) -> None:
    """Behind the words of a link stands where it leads, unless the words say so themselves."""
    if not closing:
        href = _HREF.search(attributes)
        links.append((unescape(href[1]) if href else "", len(out)))
        return
    if not links:
        return
    target, begun = links.pop()
    words = "".join(out[begun:]).strip()
    plain = target.removeprefix("mailto:").removeprefix("tel:")
    if target.startswith(("http", "mailto", "tel")) and words and plain.rstrip("/") not in words:
        out.append(f" <{plain}>")


def _tidy(text: str) -> str:
    text = _LINE_ENDS.sub("\n", _EDGES.sub(_gap, _BLANKS.sub(" ", text)))
    return _GAPS.sub("\n\n", text.translate(_FROM_VERBATIM)).strip()


def _gap(edges: re.Match[str]) -> str:
    """Edges that meet make one gap: a blank line beside a paragraph or where a line was left empty."""
    run = edges[0]
    if LINE not in run and PARAGRAPH not in run:
        return run
    return "\n\n" if PARAGRAPH in run or "\n" in run else "\n"
