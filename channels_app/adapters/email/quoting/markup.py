"""The names by which mail programs mark up quotations and signatures in their pages."""

import re
from html import unescape
from typing import Protocol

_NAMED = re.compile(r' (class|id|name|type|style)="([^"]*)"')

# Containers whose blockquotes are the quotation; without any, they are it themselves.
_CONTAINER = re.compile(
    r"yahoo_quoted|gmail_quote|gmail_extra|protonmail_quote|tutanota_quote|zmail_extra|olk_src_body_section"
    r"|replied-message|quotedtext|qmoriginal|mailru-blockquote|aolreplacedbody|skyquote|hey_quote"
    r"|spark_quote"
    r"|mailmaster|quoted-text|wps_quotion|ms-outlook-quote|quote_container|mail_quote"
)
_INTRO = re.compile(r"moz-cite-prefix|gmail_attr|zmail_attr|quote-header|quoteheader|attribution")
_BLOCK = re.compile(
    r"divrplyfwdmsg|outlookmessageheader|mail-editor-reference-message-container|messagereplysection"
)
_FORWARDED = re.compile(r"moz-forward-container|isforwardcontent|forwardedmessage")
_CITE = re.compile(r"\bcite|quote|mailru|cited")
_SIGNATURE = re.compile(r"signature|(?:^|[ _-])sig(?:$|[ _-])|_id_-sgn(?: |$)")
_NOT_SIGNATURE = re.compile(r"beginningofsignature|separator|nosignature|signature[-_]?empty|-empty")
_BORDER = re.compile(
    r"border-left(?!-(?:color|style))[^;:]*:\s*(?!none|0|medium)|border-inline-start:"
    r"|border-left-style:\s*solid"
)


class Named(Protocol):
    tag: str
    names: str
    style: str
    has_quotation: bool


def named(attributes: str) -> tuple[str, str]:
    """The names of an element in lower case (class, id, name, type), and its style."""
    if not attributes:
        return "", ""
    found = _NAMED.findall(attributes)
    names = " ".join(unescape(value) for name, value in found if name != "style").lower()
    return names, next((value.lower() for name, value in found if name == "style"), "")


def is_quotation(element: Named) -> bool:
    """Whether what stands in the element is quoted, as far as the page knows."""
    if element.tag == "blockquote":
        return bool(_CITE.search(element.names) or _BORDER.search(element.style))
    if not element.names or element.has_quotation:
        return False
    return bool(_CONTAINER.search(element.names)) and "gmail_extra" not in element.names


def is_signature(element: Named) -> bool:
    return bool(
        element.names and _SIGNATURE.search(element.names) and not _NOT_SIGNATURE.search(element.names)
    )


def opens(element: Named) -> str:
    """What begins with this element: the line over a quotation, copied header fields, a forwarded mail."""
    if not element.names:
        return ""
    if _BLOCK.search(element.names):
        return "block"
    if _INTRO.search(element.names):
        return "intro"
    return "forwarded" if _FORWARDED.search(element.names) else ""
