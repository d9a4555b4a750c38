"""Videos in articles: kept when a colleague adds one, and found again where a text has one.

In a text a video is a paragraph with nothing but a link to it, so that it survives every editor, and whoever
reads the text without a player has the link.
"""

import re
import secrets
from html import escape, unescape
from typing import NamedTuple

import filetype
from django.db import transaction

from channels_app import files
from knowledge import providers
from knowledge.models import Picture, Video
from knowledge.providers import Elsewhere

MOST_BYTES = 64 * 1024 * 1024
MOST_CAPTIONS = 512 * 1024
KINDS = ("video/mp4", "video/webm")
_ALONE = re.compile(
    r"<(?P<tag>p|div)>\s*<a href=\"(?P<href>[^\"]{1,500})\"[^>]*>(?P<title>(?:(?!</a>).)*)</a>"
    r"\s*(?:<br>)?\s*</(?P=tag)>"
)
_OWN = re.compile(r"/help/videos/(?P<token>[\w-]{10,32})/")
_TAG = re.compile(r"<[^>]+>")
_TIMES = re.compile(r"(?:\d+:)?\d\d:\d\d\.\d{3} +--> +(?:\d+:)?\d\d:\d\d\.\d{3}")


class NoVideo(Exception):
    """The file is no MP4 or WebM, too large, or its captions are no WebVTT: the text is a code of these."""


class Place(NamedTuple):
    """A paragraph of a text that is a video: from where to where, and which."""

    start: int
    end: int
    title: str
    address: str
    own: Video | None
    elsewhere: Elsewhere | None


@transaction.atomic
def add(
    content: bytes, title: str, *, captions: bytes = b"", language: str, poster: Picture | None = None
) -> Video:
    """Keep a video after a look into its bytes; raises NoVideo with "kind", "size" or "captions"."""
    if len(content) > MOST_BYTES:
        raise NoVideo("size")
    found = filetype.guess_mime(content[:8192])
    if found not in KINDS:
        raise NoVideo("kind")
    return Video.objects.create(
        token=secrets.token_urlsafe(16),
        sha256=files.store(content),
        size=len(content),
        content_type=found,
        title=title[:160],
        captions=_captions(captions),
        language=language,
        poster=poster,
    )


def paragraph(address: str, title: str) -> str:
    """A video, as it stands in a text."""
    return f'<p><a href="{escape(address)}">{escape(title)}</a></p>'


def own_address(video: Video) -> str:
    """Where the desk itself plays it."""
    return f"/help/videos/{video.token}/"


def places(html: str, among: list[str]) -> list[Place]:
    """The videos of a clean text in order, those elsewhere at these providers; a query where any are."""
    found = list(_ALONE.finditer(html))
    tokens = {own["token"] for each in found if (own := _OWN.fullmatch(each["href"]))}
    known = {row.token: row for row in Video.objects.select_related("poster").filter(token__in=tokens)}
    shown = []
    for each in found:
        address = unescape(each["href"])
        own = _OWN.fullmatch(address)
        video = known.get(own["token"]) if own else None
        elsewhere = None if own else providers.read(address, among)
        if video or elsewhere:
            title = unescape(_TAG.sub("", each["title"])).strip()
            shown.append(Place(each.start(), each.end(), title, address, video, elsewhere))
    return shown


def _captions(given: bytes) -> str:
    """WebVTT as text (W3C WebVTT 1); "" for none. Raises NoVideo."""
    if not given:
        return ""
    try:
        text = given.decode("utf-8-sig").replace("\r\n", "\n").replace("\x00", "")
    except UnicodeDecodeError as error:
        raise NoVideo("captions") from error
    if len(given) > MOST_CAPTIONS or not text.startswith("WEBVTT") or not _TIMES.search(text):
        raise NoVideo("captions")
    return text
