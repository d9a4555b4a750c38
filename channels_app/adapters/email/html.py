"""A stranger's HTML made safe to keep and show: nothing in it runs, and nothing in it loads by itself."""

import hashlib
import re
from html import escape, unescape

import nh3

from channels_app.adapters.email import encodings
from channels_app.adapters.email.contents import File

BLOCKS = {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"),
    *("pre", "hr", "br", "center", "section", "article", "header", "footer", "main", "address", "figure"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th", "figcaption"),
}
WORDS = {
    *("a", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "small", "big", "code"),
    *("kbd", "samp", "var", "tt", "q", "cite", "abbr", "span", "font", "mark", "img", "bdo", "bdi", "wbr"),
}
SILENT = {
    *("script", "style", "title", "noscript", "template", "iframe", "frameset", "noframes", "object"),
    *("embed", "applet", "svg", "math", "textarea", "select", "audio", "video", "canvas"),
}
"""Elements whose contents are no words of the sender."""

_BOX = {"width", "height", "align", "valign", "bgcolor", "nowrap"}
ATTRIBUTES = {
    "*": {"style", "dir", "lang", "align", "title"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "border", "hspace", "vspace"},
    "table": {"border", "cellpadding", "cellspacing", *_BOX},
    "tr": _BOX,
    "td": {"colspan", "rowspan", *_BOX},
    "th": {"colspan", "rowspan", "scope", *_BOX},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
    "font": {"color", "face", "size"},
    "hr": {"size", "width", "color", "noshade"},
    "blockquote": {"type"},
    "br": {"clear"},
}
_SIDES = ("", "-top", "-right", "-bottom", "-left")
STYLES = {
    *(f"{box}{side}" for box in ("margin", "padding", "border") for side in _SIDES),
    *(f"border{side}-{what}" for side in _SIDES for what in ("color", "style", "width")),
    *("border-collapse", "border-spacing", "border-radius", "background", "background-color", "color"),
    *("font", "font-family", "font-size", "font-style", "font-weight", "font-variant", "line-height"),
    *("letter-spacing", "word-spacing", "word-break", "word-wrap", "overflow-wrap", "white-space"),
    *("text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "direction"),
    *("width", "min-width", "max-width", "height", "min-height", "max-height", "table-layout"),
    *("display", "float", "clear", "list-style-type", "caption-side", "empty-cells"),
}
HARMLESS_FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "calc"}
MAX_EMBEDDED = 50
MANY_TAGS = 5000
MOST_DEPTH = 400
LONGEST_CLEANED = 3_000_000  # signs, without the pictures written into it: about a second
MOST_ENTITIES = 150_000  # the parser's time grows with their square, too

NAMES = {"class", "id", "name"}
"""What mail programs call their elements: kept for `quoting` to read, which takes them off."""


def _cleaner(extra: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=BLOCKS | WORDS,
        clean_content_tags=SILENT,
        attributes={**ATTRIBUTES, "*": ATTRIBUTES["*"] | extra},
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        url_relative="deny",
        filter_style_properties=STYLES,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},  # of two, each process has an order of its own
    )


_plain_cleaner, _naming_cleaner = _cleaner(set()), _cleaner(NAMES)
# Those that close by themselves do not count.
_TAG = re.compile(
    r"<(/?)(?!(?:br|img|hr|wbr|col|meta|link|input|p|li|td|th|tr|tbody|thead|dt|dd)\b|o:)[a-z]", re.IGNORECASE
)
_EMBEDDED = re.compile(r"\bsrc\s*=\s*(['\"]?)data:(image/[\w.+-]+);base64,([^'\"\s>]+)\1", re.IGNORECASE)
# From here on the text is nh3's own: every attribute quoted, every < > and " in a value escaped.
_IMAGE = re.compile(r'<img(?: [a-z-]+="[^"]*")*>')
_REMOTE = re.compile(r' src="(?!(?i:cid:))')
_STYLE = re.compile(r' style="([^"]*)"')
_RULE = re.compile(r'(?:"[^"]*"|[^;"])+')
_FUNCTION = re.compile(r"([\w-]*)\(")


def clean(source: str, *, keep_names: bool = False) -> str:
    """`source` without anything that runs or loads; a remote picture waits in `data-src`."""
    safe = (_naming_cleaner if keep_names else _plain_cleaner).clean(source)
    if "<img" in safe:
        safe = _IMAGE.sub(lambda image: _REMOTE.sub(' data-src="', image[0]), safe)
    if "(" in safe or "\\" in safe:
        safe = _STYLE.sub(_without_loads, safe)
    return safe


def is_too_deep(source: str) -> bool:
    """Whether elements stand in one another as in no letter: the parser's time grows with their square."""
    if source.count("<") < MANY_TAGS:
        return False
    depth = 0
    for closing in _TAG.findall(source):
        if closing:
            depth -= depth > 0
            continue
        depth += 1
        if depth > MOST_DEPTH:
            return True
    return False


def is_too_long(source: str) -> bool:
    """Whether there is more of it than anybody reads: `source` is without its embedded pictures."""
    return len(source) > LONGEST_CLEANED or source.count("&") > MOST_ENTITIES


def part_embedded(source: str) -> tuple[str, list[File]]:
    """Pictures written into the HTML itself become files of the mail, shown by `cid:`."""
    files: list[File] = []

    def moved(found: re.Match[str]) -> str:
        if len(files) == MAX_EMBEDDED:
            return ""
        content = encodings.from_base64(found[3].encode("ascii", "ignore"))
        content_id = f"{hashlib.sha256(content).hexdigest()[:32]}@embedded"
        name = f"picture-{len(files) + 1}"
        content_type = found[2].lower()
        files.append(File(name=name, content_type=content_type, content=content, content_id=content_id))
        return f'src="cid:{content_id}"'

    return (_EMBEDDED.sub(moved, source), files) if "base64," in source else (source, files)


def _without_loads(style: re.Match[str]) -> str:
    """A style without what could fetch something, such as url() and image-set(), and without escapes."""
    rules = [] if "\\" in style[1] else _RULE.findall(unescape(style[1]))
    kept = [
        rule for rule in rules if all(name in HARMLESS_FUNCTIONS for name in _FUNCTION.findall(rule.lower()))
    ]
    return f' style="{escape(";".join(kept))}"' if kept else ""
