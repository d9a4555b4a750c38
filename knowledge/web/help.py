"""The help centre as everybody sees it: home, category, article, and what makes it the company's own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from channels_app import files
from knowledge import access, markup, searches
from knowledge.models import Article, Category, Picture, Translation
from knowledge.web import place, visitor

PER_CATEGORY = 5
POPULAR = 6


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A page of the help centre with what all of them have."""
    context.setdefault("languages", place.elsewhere("knowledge:help"))
    context.setdefault("canonical", place.absolute(request.path))
    context["centre"] = access.centre()
    return render(request, f"knowledge/help/{name}.html", context, status=context.get("status", 200))


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """To the help centre in the reader's language."""
    access.centre()
    language = (get_language() or "en")[:2]
    return redirect("knowledge:help", language if language in place.LANGUAGES else "en")


@require_safe
@place.spoken
def home(request: HttpRequest, language: str) -> HttpResponse:
    """The shelves with their first articles."""
    shelves: dict[int, list[tuple[Translation, str]]] = {}
    loose: list[tuple[Translation, str]] = []
    for row in access.readable(language, visitor.of(request)).order_by("article__position", "article_id"):
        shelf = shelves.setdefault(row.article.category_id, []) if row.article.category_id else loose
        shelf.append((row, place.of(row)))
    filled = [
        (category, shelves[category.pk][:PER_CATEGORY], len(shelves[category.pk]))
        for category in Category.objects.all()
        if category.pk in shelves
    ]
    return page(request, "home", shelves=filled, loose=loose, language=language)


@require_safe
@place.spoken
def category(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    shelf = get_object_or_404(Category, slug=slug)
    readable = access.readable(language, visitor.of(request)).filter(article__category=shelf)
    rows = readable.order_by("article__position", "article_id")
    return page(
        request,
        "category",
        category=shelf,
        articles=[(row, place.of(row)) for row in rows],
        language=language,
        languages=place.elsewhere("knowledge:help-category", slug),
    )


@require_safe
@place.spoken
def article(request: HttpRequest, language: str, pk: int, words: str) -> HttpResponse:
    """One article; under other words it moves to its own address, in a language it lacks it is offered."""
    customer = visitor.of(request)
    rows = {row.language: row for row in Translation.objects.readable(customer).filter(article=pk)}
    if not rows:
        raise Http404
    if language not in rows:
        others = [(each, place.LANGUAGES[each.language], place.of(each)) for each in rows.values()]
        return page(request, "untranslated", others=others, language=language, status=404)
    row = rows[language]
    text = row.published.html if row.published else ""
    if words != place.words(row):
        return redirect(place.of(row), permanent=True)
    searches.opened(request.GET.get("s", ""), row)
    thanks = request.GET.get("thanks", "")
    related = access.readable(language, customer).filter(article__in=row.article.related.all())
    return page(
        request,
        "article",
        row=row,
        shown=row.published,
        html=mark_safe(markup.clean(text)),  # noqa: S308  (cleaned once more)
        thanks=thanks if thanks in ("yes", "no", "done") else "",
        thanks_yes=thanks == "yes",
        related=[(each, place.of(each)) for each in related],
        noindex=row.article.audience != Article.Audience.PUBLIC,
        language=language,
        languages=[(code, place.LANGUAGES[code], place.of(each)) for code, each in rows.items()],
    )


@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """A picture of an article; its name cannot be guessed and its bytes never change."""
    found = get_object_or_404(Picture, token=token)
    try:
        content = files.read(found.sha256)
    except files.Missing as error:
        raise Http404 from error
    return HttpResponse(content, content_type=found.content_type)


@require_safe
@cache_control(public=True, max_age=300)
def theme(request: HttpRequest) -> HttpResponse:
    """The company's colour and own styles, after ours."""
    text = render_to_string("knowledge/help/theme.css", {"centre": access.centre()})
    return HttpResponse(text, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its languages (sitemaps.org, with xhtml:link for each language)."""
    access.centre()
    groups: dict[int, list[Translation]] = {}
    for row in Translation.objects.public().order_by("article_id"):
        groups.setdefault(row.article_id, []).append(row)
    shown = [
        [(row.language, place.absolute(place.of(row)), row.published and row.published.at) for row in rows]
        for rows in groups.values()
    ]
    home = [(code, place.absolute(url), None) for code, _name, url in place.elsewhere("knowledge:help")]
    text = render_to_string("knowledge/help/sitemap.xml", {"groups": [home, *shown]})
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the help centre, and nothing else."""
    lines = ["User-agent: *", "Disallow: /"]
    if access.HelpCentre.load().is_open:
        lines = ["User-agent: *", "Allow: /help/", "Allow: /static/", "Disallow: /"]
        lines.append(f"Sitemap: {place.absolute('/help/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
