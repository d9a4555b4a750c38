"""Videos of articles handed out, and put where a text has them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from channels_app import downloads, files
from knowledge import markup, videos
from knowledge.models import HelpCentre, Video

PLAY = "play"


@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def video(request: HttpRequest, token: str) -> HttpResponseBase:
    """A video of an article, or the part of it that a player asks for (RFC 9110, 14)."""
    found = get_object_or_404(Video, token=token)
    try:
        response = downloads.asked(request.headers, found.sha256, found.size)
    except files.Missing as error:
        raise Http404 from error
    except downloads.Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    response["Content-Type"] = found.content_type
    return response


@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def captions(request: HttpRequest, token: str) -> HttpResponse:
    """What is said in a video, for its player."""
    found = get_object_or_404(Video.objects.exclude(captions=""), token=token)
    return HttpResponse(found.captions, content_type="text/vtt; charset=utf-8")


def shown(request: HttpRequest, html: str, centre: HelpCentre | None) -> tuple[SafeString, list[str]]:
    """A text, cleaned once more, with players; and the hosts of those that the reader asked to play.

    Nothing is asked of a provider before the reader presses: the place says whose the video is. Without a
    help centre, videos elsewhere stay links.
    """
    text, parts, at, hosts = markup.clean(html), [], 0, []
    asked = request.GET.get(PLAY, "")
    for number, place in enumerate(videos.places(text, centre.videos_from if centre else []), 1):
        plays = place.elsewhere is not None and asked == str(number)
        if place.elsewhere:
            hosts.append(place.elsewhere.host)
        context = {"place": place, "number": number, "plays": plays}
        parts += [text[at : place.start], render_to_string("knowledge/help/_video.html", context)]
        at = place.end
    return mark_safe("".join([*parts, text[at:]])), hosts  # noqa: S308  (clean, and our own templates)


def permit(response: HttpResponse, hosts: list[str]) -> HttpResponse:
    """Let the page show players of these hosts, and of no others."""
    if hosts:
        response._csp_update = {"frame-src": sorted(set(hosts))}  # type: ignore[attr-defined]
    return response
