"""text/enriched and text/richtext as plain words (RFC 1896, RFC 1341 7.1.3)."""

import re
from html import unescape

TYPES = {"text/enriched", "text/richtext"}

_PARAM = re.compile(r"<param>.{0,300}?</param>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<comment>.{0,1000}?</comment>", re.IGNORECASE | re.DOTALL)
_LINES = re.compile(r"\n+")
_TAG = re.compile(r"<(/?)([\w-]{1,60})>")
_RICH_BREAKS = {"nl", "np", "paragraph"}


def words(text: str, content_type: str) -> str:
    """The words, with the line breaks that the markup means."""
    if content_type == "text/richtext":
        text = _TAG.sub(_rich, _COMMENT.sub("", _LINES.sub(" ", text)))
        return unescape(text)
    text = _PARAM.sub("", text).replace("<<", "\x01")
    # One line end is a blank, n of them are n - 1 line ends.
    text = _LINES.sub(lambda lines: "\n" * (len(lines[0]) - 1) or " ", text)
    return _TAG.sub("", text).replace("\x01", "<").strip()


def _rich(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name == "lt":
        return "<"
    return "\n" if name in _RICH_BREAKS else ""
