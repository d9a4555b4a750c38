"""Readable text from cleaned HTML: paragraphs, lists, links and tables as a person would type them."""

import re
from html import unescape

# The text is nh3's own, so one expression reads it: every attribute is quoted, every < in words escaped.
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z-]+="[^"]*")*)\s*/?>|([^<]+)')
_TAG = re.compile(r"<[^<>]{0,5000}>")
_HREF = re.compile(r' href="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
# How mail programs write what they quote; another block is a saying, or indented.
_CITES = re.compile(r' type="cite"| class="[^"]*quote| style="[^"]*border-left', re.IGNORECASE)
_START = re.compile(r' start="(\d{1,6})"')
_STYLE = re.compile(r' style="([^"]*)"')
_NOT_SHOWN = re.compile(
    r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$|!)"
    r"|max-height\s*:\s*0(?:px)?\s*(?:;|$|!))",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_EDGES = re.compile("[ \n\x01\x02]+")
_BLANKS = re.compile(" {2,}")
_LINE_ENDS = re.compile(" *\n *")
_GAPS = re.compile(r"\n{3,}")

# Edges of elements, until it is known what stands beside them: a line's, a paragraph's.
LINE, PARAGRAPH = "\x01", "\x02"
_TO_VERBATIM = str.maketrans({" ": "\x03", "\n": "\x04", "\t": "\x03"})
_FROM_VERBATIM = str.maketrans({"\x03": " ", "\x04": "\n", "\xa0": " ", "\u200b": None})
MOST_QUOTES = 15  # in one another; deeper ones are not marked again
_EMPTY = f" \n{LINE}{PARAGRAPH}"
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"}
LINES = {"div", "li", "tr", "dt", "dd", "center", "section", "article", "header", "footer", "main"}
CELLS = {"td", "th"}
# Outlook makes each line a paragraph without space around it; an empty line is one more of them.
_TIGHT = re.compile(
    r' class="[^"]*\bMso[^"]*"| style="[^"]*\bmargin(?:-bottom: ?0[a-z]*(?:;|")'
    r'|: ?0[a-z]*(?:;|"| 0[a-z]* (?:0|0?\.0+1)[a-z]*\b))'
)
INLINE = {"b", "strong", "i", "em", "u", "s", "small", "big", "span", "font", "code", "sub", "sup", "mark"}
VOID = {"br", "hr", "img", "wbr", "col"}


def text_of(safe: str) -> str:
    """The words of HTML that `html.clean` made, one blank line between paragraphs."""
    page = _Page()
    for closing, tag, attributes, words in _TOKEN.findall(safe):
        if words:
            page.say(unescape(words))
        elif tag in INLINE and not attributes and not page.hidden:
            continue  # most tags of a page: they change nothing of its words
        elif closing:
            page.close(tag)
        else:
            page.open(tag, attributes)
    while page.quotes:
        page.end_quote()
    return _tidy("".join(page.out))


class _Page:
    """Words gathered so far, and the elements they stand in."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.links: list[tuple[str, int]] = []
        self.quotes: list[tuple[list[str], bool]] = []
        self.lists: list[int | None] = []
        self.verbatim = 0
        self.tight = False
        self.hidden: list[str] = []
        """Tags open inside of an element that shows nothing; empty where words are seen."""

    def say(self, words: str) -> None:
        if not self.hidden:
            self.out.append(words.translate(_TO_VERBATIM) if self.verbatim else _SPACES.sub(" ", words))

    def open(self, tag: str, attributes: str) -> None:
        if tag in VOID:
            if not self.hidden:
                self._void(tag, attributes)
        elif self.hidden or (attributes and _is_hidden(attributes)):
            self.hidden.append(tag)
        elif tag == "a":
            href = _HREF.search(attributes)
            self.links.append((unescape(href[1]) if href else "", len(self.out)))
        elif tag == "blockquote":
            cites = len(self.quotes) < MOST_QUOTES and bool(_CITES.search(attributes))
            self.quotes.append((self.out, cites))
            self.out = []
        else:
            self._begin(tag, attributes)

    def close(self, tag: str) -> None:
        if self.hidden:
            self.hidden.pop()
            return
        match tag:
            case "a":
                _link(self.out, self.links)
            case "blockquote":
                self.end_quote()
            case "ul" | "ol" if self.lists:
                self.lists.pop()
                self.out.append(LINE if self.lists else PARAGRAPH)
            case "p":
                self.out.append(LINE if self.tight else PARAGRAPH)
            case _:
                self.verbatim -= tag == "pre" and self.verbatim > 0
                self.out.append(_break(tag, closing=True))

    def end_quote(self) -> None:
        """What was quoted, each line behind its mark; a block that is only indented gets none."""
        inside, (self.out, cites) = self.out, self.quotes.pop()
        self.links = [link for link in self.links if link[1] <= len(self.out)]
        if not cites:
            self.out += [PARAGRAPH, *inside, PARAGRAPH]
        elif any(one.strip(_EMPTY) for one in inside):
            lines = _tidy("".join(inside)).split("\n")
            quoted = "\n".join(f"> {line}".rstrip() if line[:1] != ">" else f">{line}" for line in lines)
            self.out += [PARAGRAPH, quoted.translate(_TO_VERBATIM), PARAGRAPH]

    def _void(self, tag: str, attributes: str) -> None:
        if tag == "img" and (alt := _ALT.search(attributes)):
            self.out.append(_SPACES.sub(" ", unescape(alt[1])))
        else:
            self.out.append(_break(tag, closing=False))

    def _begin(self, tag: str, attributes: str) -> None:
        if tag == "p":
            self.tight = bool(attributes and _TIGHT.search(attributes))
            self.out.append(LINE if self.tight else PARAGRAPH)
        elif tag in {"ul", "ol"}:
            start = _START.search(attributes)
            self.out.append(LINE if self.lists else PARAGRAPH)
            self.lists.append(int(start[1]) if start else 1 if tag == "ol" else None)
        elif tag == "li":
            self.out.append(self._mark())
        else:
            self.verbatim += tag == "pre"
            self.out.append(_break(tag, closing=False))

    def _mark(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return f"{LINE}- "
        self.lists[-1] = number + 1
        return f"{LINE}{number}. "


def stripped(source: str) -> str:
    """The words of HTML that nobody has cleaned, without its layout."""
    return _BLANKS.sub(" ", unescape(_TAG.sub(" ", source))).strip()


def _is_hidden(attributes: str) -> bool:
    """A preheader, or what only one mail program shows."""
    style = _STYLE.search(attributes) if " style=" in attributes else None
    return bool(style and _NOT_SHOWN.search(style[1]))


def _break(tag: str, *, closing: bool) -> str:
    """What an element's edge is worth on paper."""
    if tag == "br":
        return "\n"
    if tag in CELLS:
        return " " if closing else ""
    if tag in PARAGRAPHS:
        return PARAGRAPH
    return LINE if tag in LINES else ""


def _link(out: list[str], links: list[tuple[str, int]]) -> None:
    """Behind the words of a link stands where it leads, unless the words say so themselves."""
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
