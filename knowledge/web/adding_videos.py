"""A video that a colleague adds to an article: a file of their own, or the address of one at a provider."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from knowledge import providers, videos, writing
from knowledge.models import Picture
from tickets.inspection import raster


class Refused(Exception):
    """It cannot be added; the text says why."""


def added(request: HttpRequest, language: str) -> str:
    """The sent video as the end of a text, "" for none; raises Refused."""
    sent, link = request.FILES.get("video"), request.POST.get("video_link", "").strip()
    title = " ".join(request.POST.get("video_title", "").split())[:160]
    if not sent and not link:
        return ""
    if not title:
        raise Refused(_("Give the video a title: those who do not see it go by that."))
    if link:
        if not providers.read(link, list(providers.PROVIDERS)):
            names = ", ".join(name for _key, name in providers.NAMES)
            raise Refused(_("This is no address of a video at %(names)s.") % {"names": names})
        return videos.paragraph(link, title)
    return videos.paragraph(videos.own_address(_kept(request, sent, title, language)), title)


def _kept(request: HttpRequest, sent: Any, title: str, language: str) -> Any:
    if sent.size > videos.MOST_BYTES:
        raise Refused(_("The video is larger than 64 MB."))
    words = request.FILES.get("video_captions")
    captions = words.read(videos.MOST_CAPTIONS + 1) if words else b""
    try:
        return videos.add(sent.read(), title, captions=captions, language=language, poster=_poster(request))
    except videos.NoVideo as refusal:
        raise Refused(_reasons()[str(refusal)]) from refusal


def _poster(request: HttpRequest) -> Picture | None:
    sent: UploadedFile[Any] | None = request.FILES.get("video_poster")
    if sent is None:
        return None
    content = sent.read(writing.MOST_BYTES + 1)
    found = raster.read(content)
    if found is None or not found.is_reasonable or len(content) > writing.MOST_BYTES:
        raise Refused(_("This file is no picture, or larger than 5 MB."))
    return writing.add_picture(content, str(sent.name or ""), content_type=found.content_type)


def _reasons() -> dict[str, str]:
    return {
        "kind": _("This file is no video in MP4 or WebM."),
        "size": _("The video is larger than 64 MB."),
        "captions": _("The captions are no WebVTT: the file begins with WEBVTT and has times."),
    }
