"""What search engines are told of a help centre: its pages in each language, and what not to read."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from knowledge import centres
from knowledge.models import Translation
from knowledge.web import arrival, centre, place


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its languages (sitemaps.org, with xhtml:link for each language)."""
    here = centre.current(request)
    groups: dict[int, list[Translation]] = {}
    for row in Translation.objects.public().shown_in(here).order_by("article_id"):
        groups.setdefault(row.article_id, []).append(row)
    shown = [
        [
            (row.language, centres.absolute(here, place.of(row)), row.published and row.published.at)
            for row in rows
        ]
        for rows in groups.values()
    ]
    home = [(code, centres.address(here, "help", code), None) for code in here.offered]
    text = render_to_string("knowledge/help/sitemap.xml", {"groups": [home, *shown]})
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the help centre at this address, and nothing else.

    At the desk's own address also those that have no domain yet.
    """
    asked = arrival.asked_for(request)
    rows = [each for each in centres.every() if each.is_open]
    shown = [each for each in rows if (each.pk == asked if asked else each.is_first or not each.hosts)]
    roots = [urlsplit(centres.origin(each)).path for each in shown]
    lines = ["User-agent: *", *(f"Allow: {root}/help/" for root in roots)]
    lines += ["Allow: /static/"] if shown else []
    lines += ["Disallow: /", *(f"Sitemap: {centres.address(each, 'help-sitemap')}" for each in shown)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
