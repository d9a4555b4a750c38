"""What search engines are told of a help centre: its pages in each language, and what not to read."""

from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from knowledge import centres
from knowledge.models import HelpCentre, Suggestion, Translation
from knowledge.web import arrival, centre, place

MOST = 10_000
"""So many suggestions are told at most: a sitemap holds 50,000 addresses."""


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
    text = render_to_string("knowledge/help/sitemap.xml", {"groups": [home, *shown, *_suggestions(here)]})
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _suggestions(here: HelpCentre) -> list[list[tuple[str, str, datetime | None]]]:
    """The list of the suggestion box in each language, and each suggestion in its own."""
    if not here.has_suggestions:
        return []
    lists: list[tuple[str, str, datetime | None]] = [
        (code, centres.address(here, "help-ideas", code), None) for code in here.offered
    ]
    rows = Suggestion.objects.public().at(here).filter(language__in=here.offered).order_by("-pk")[:MOST]
    ideas = [
        [(row.language, centres.address(here, "help-idea", row.language, row.pk), row.decided_at)]
        for row in rows
    ]
    return [lists, *ideas]


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
