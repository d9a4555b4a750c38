"""What a colleague may format in their own words: made safe, told as plain text, sealed with its pictures."""

import re
from collections.abc import Collection, Mapping
from html import escape, unescape
from html.parser import HTMLParser
from typing import ClassVar

import nh3

TAGS = {
    *("p", "div", "br", "b", "strong", "i", "em", "u", "s", "a", "ul", "ol", "li", "blockquote"),
    *("pre", "code", "img"),
}
_SILENT = {"script", "style", "title", "iframe", "object", "svg", "math", "textarea", "select", "template"}
_OWN_PICTURE = re.compile(r"/attachments/(\d{1,18})/[^\s\"'<>]*")
_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.I)
_IMAGE = re.compile(r"<img(?: [a-z]+=\"[^\"]*\")*>")
_SOURCE = re.compile(r" src=\"([^\"]*)\"")
_FORMATTED = re.compile(r"<(?!/?(?:p|div|br)\b)")
_BLANK = re.compile(r"(?:<(p|div)>(?:<br>|\s|&nbsp;)*</\1>\s*)+$")


def _attribute(tag: str, name: str, value: str) -> str | None:
    return value if tag != "a" or name != "href" or _SCHEME.match(value) else None


def _relative(url: str) -> str | None:
    return url if _OWN_PICTURE.fullmatch(url) else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=_SILENT,
    attributes={"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    url_relative=_relative,
    link_rel=None,
)


def clean(html: str) -> str:
    """Nothing runs and nothing loads from elsewhere: our few elements alone; "" when there is no formatting.

    Pictures are files of ours (`/attachments/7/…`) or stand in the message already (`cid:`).
    """
    safe = _cleaner.clean(html.replace("\x00", ""))
    safe = safe.replace("\xa0", "&nbsp;")
    safe = _IMAGE.sub(lambda found: found[0] if _is_ours(found[0]) else "", safe)
    safe = _BLANK.sub("", safe).strip()
    return safe if _FORMATTED.search(safe) else ""


def pictures_in(html: str) -> set[int]:
    """The keys of the files shown within."""
    return {int(found) for found in _OWN_PICTURE.findall(html)} if "<img" in html else set()


def sealed(html: str, content_ids: Mapping[int, str]) -> str:
    """As it goes out: its pictures by the content ids of the message's own files; others are left out."""

    def image(found: re.Match[str]) -> str:
        source = _SOURCE.search(found[0])
        ours = _OWN_PICTURE.fullmatch(source[1]) if source else None
        if ours is None:
            return found[0]
        content_id = content_ids.get(int(ours[1]))
        return _SOURCE.sub(f' src="cid:{content_id}"', found[0]) if content_id else ""

    return _IMAGE.sub(image, html)


def opened(html: str, addresses: Mapping[str, str]) -> str:
    """For a page: cleaned once more, pictures by `addresses` (content id → address), links in a new tab."""
    safe = _cleaner.clean(html)

    def image(found: re.Match[str]) -> str:
        source = _SOURCE.search(found[0])
        address = addresses.get(source[1].removeprefix("cid:")) if source else None
        return _SOURCE.sub(f' src="{address}"', found[0]) if address else ""

    safe = _IMAGE.sub(image, safe)
    return safe.replace("<a ", '<a target="_blank" rel="noopener noreferrer" ')


def lines(text: str) -> str:
    """Plain text as an editor has it: a block for each line."""
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))


def text(html: str) -> str:
    """The same in plain text: lists with signs, quotes with >, links with their address behind them."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.written()


def _is_ours(image: str) -> bool:
    source = _SOURCE.search(image)
    return bool(source and (source[1].startswith("cid:") or _OWN_PICTURE.fullmatch(source[1])))


class _Reader(HTMLParser):
    """Reads what `clean` gives."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.buffers: list[str] = [""]
        self.lists: list[int | None] = []  # the next number of each open list, None for one with dots
        self.links: list[tuple[str, int]] = []
        self.verbatim = 0

    def written(self) -> str:
        lines = (line.rstrip() for line in "".join(self.buffers).replace("\xa0", " ").split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: Collection[tuple[str, str | None]]) -> None:
        if begin := self._BEGINS.get(tag):
            begin(self, tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if end := self._ENDS.get(tag):
            end(self, tag)

    def handle_data(self, data: str) -> None:
        self._say(data if self.verbatim else re.sub(r"[ \t\r\n]+", " ", data))

    def _break(self, _tag: str, _given: Mapping[str, str]) -> None:
        self._say("\n")

    def _begin_line(self, _tag: str, _given: Mapping[str, str]) -> None:
        self._apart(1)

    def _end_line(self, _tag: str) -> None:
        self._apart(1)

    def _begin_paragraph(self, tag: str, _given: Mapping[str, str]) -> None:
        if not self.lists:
            self._apart(2)
            self.verbatim += tag == "pre"

    def _end_paragraph(self, tag: str) -> None:
        if not self.lists:
            self._apart(2)
            self.verbatim = max(0, self.verbatim - (tag == "pre"))

    def _begin_list(self, tag: str, given: Mapping[str, str]) -> None:
        self._apart(1 if self.lists else 2)
        start = given.get("start", "1")
        self.lists.append(int(start) if tag == "ol" and start.isdecimal() else 1 if tag == "ol" else None)

    def _end_list(self, _tag: str) -> None:
        if self.lists:
            self.lists.pop()
            self._apart(1 if self.lists else 2)

    def _item(self, _tag: str, _given: Mapping[str, str]) -> None:
        if not self.lists:
            return
        self._apart(1)
        number = self.lists[-1]
        sign = "•" if number is None else f"{number}."
        self._say("  " * (len(self.lists) - 1) + sign + " ")
        if number is not None:
            self.lists[-1] = number + 1

    def _begin_quote(self, _tag: str, _given: Mapping[str, str]) -> None:
        self._apart(2)
        self.buffers.append("")

    def _end_quote(self, _tag: str) -> None:
        if len(self.buffers) > 1:
            quoted = self.buffers.pop().strip("\n")
            self._say("\n".join(f"> {line}".rstrip() for line in quoted.split("\n")))
            self._apart(2)

    def _begin_link(self, _tag: str, given: Mapping[str, str]) -> None:
        self.links.append((given.get("href", ""), len(self.buffers[-1])))

    def _end_link(self, _tag: str) -> None:
        if self.links:
            self._link(*self.links.pop())

    def _image(self, _tag: str, given: Mapping[str, str]) -> None:
        if given.get("alt"):
            self._say(f"[{given['alt']}]")

    def _link(self, href: str, begun: int) -> None:
        shown = self.buffers[-1][begun:].strip()
        bare = re.sub(r"^(?:mailto|tel):", "", unescape(href))
        if bare and bare.rstrip("/") != shown.rstrip("/"):
            self._say(f" ({bare})" if shown else bare)

    def _apart(self, lines: int) -> None:
        """At least so many line ends between what stands there and what comes."""
        buffer = self.buffers[-1].rstrip(" ")
        if buffer:
            missing = lines - (len(buffer) - len(buffer.rstrip("\n")))
            buffer += "\n" * max(0, missing)
        self.buffers[-1] = buffer

    def _say(self, words: str) -> None:
        at_start = not self.buffers[-1] or self.buffers[-1].endswith("\n")
        self.buffers[-1] += (
            words.lstrip(" ") if at_start and not self.verbatim and words.strip(" ") == "" else words
        )

    _BEGINS: ClassVar = {
        "br": _break,
        "div": _begin_line,
        **dict.fromkeys(("p", "pre"), _begin_paragraph),
        **dict.fromkeys(("ul", "ol"), _begin_list),
        "li": _item,
        "blockquote": _begin_quote,
        "a": _begin_link,
        "img": _image,
    }
    _ENDS: ClassVar = {
        "div": _end_line,
        **dict.fromkeys(("p", "pre"), _end_paragraph),
        **dict.fromkeys(("ul", "ol"), _end_list),
        "blockquote": _end_quote,
        "a": _end_link,
    }
