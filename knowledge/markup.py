"""The text of an article: what may stand in it, and what it says in plain words."""

import re
from html import escape, unescape

import nh3

TAGS = {
    *("p", "div", "br", "b", "strong", "i", "em", "u", "s", "a", "ul", "ol", "li", "blockquote", "h2", "h3"),
    *("pre", "code", "img", "table", "thead", "tbody", "tr", "th", "td", "hr"),
}
_PICTURE = re.compile(r"/help/pictures/[\w-]{10,32}/")
_SCHEME = re.compile(r"(?:https?|mailto|tel):|/help/", re.I)
_IMAGE = re.compile(r"<img(?: [a-z]+=\"[^\"]*\")*>")
_SOURCE = re.compile(r" src=\"([^\"]*)\"")
_BLOCK = re.compile(r"</?(?:p|div|br|li|h2|h3|tr|blockquote|pre|hr|ul|ol|table)\b[^>]*>")
_CELLS = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)")
_TAG = re.compile(r"<[^>]+>")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "a" and name == "href":
        return value if _SCHEME.match(value) else None
    if tag == "img" and name == "src":
        return value if _PICTURE.fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style", "title", "iframe", "object", "svg", "math", "template"},
    attributes={"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="pass_through",
    link_rel="noopener",
)


def clean(html: str) -> str:
    """Nothing runs and nothing loads from elsewhere: our elements, links, and pictures of the help centre."""
    safe = _cleaner.clean(html.replace("\x00", ""))
    return _IMAGE.sub(lambda found: found[0] if _SOURCE.search(found[0]) else "", safe).strip()


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line parts paragraphs."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "".join(
        f"<p>{escape(part.strip()).replace(chr(10), '<br>')}</p>" for part in parts if part.strip()
    )


def text(html: str) -> str:
    """What an article says, without markup."""
    parted = _BLOCK.sub("\n", _CELLS.sub(" ", html))
    return unescape(_TAG.sub("", parted)).replace("\xa0", " ").strip()


def picture(token: str, alt: str) -> str:
    """A picture of the help centre, as a paragraph."""
    return f'<p><img src="/help/pictures/{token}/" alt="{escape(alt)}"></p>'
