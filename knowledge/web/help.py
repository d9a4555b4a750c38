"""The help centre as everybody sees it: home, category, article, and what makes it the company's own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from channels_app import files
from knowledge import access, centres, searches
from knowledge.models import Article, Category, Picture, Translation
from knowledge.web import centre, links, place, videos, visitor

PER_CATEGORY = 5


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A page of the help centre with what all of them have."""
    here = centre.current(request)
    elsewhere = context.get("languages") or place.elsewhere("knowledge:help")
    context["languages"] = [each for each in elsewhere if each[0] in here.offered]
    context["alternates"] = [(code, centres.absolute(here, url)) for code, _name, url in context["languages"]]
    context.setdefault("canonical", centres.absolute(here, request.path))
    context["centre"], context["home"] = here, centres.address(here, "help", context["language"])
    return render(request, f"knowledge/help/{name}.html", context, status=context.get("status", 200))


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """To the help centre in the reader's language."""
    offered = centre.current(request).offered
    language = (get_language() or "en")[:2]
    return redirect("knowledge:help", language if language in offered else next(iter(offered)))


@require_safe
@place.spoken
def home(request: HttpRequest, language: str) -> HttpResponse:
    """The shelves with their first articles."""
    shelves: dict[int, list[tuple[Translation, str]]] = {}
    loose: list[tuple[Translation, str]] = []
    readable = access.readable(centre.current(request), language, visitor.of(request))
    for row in readable.order_by("article__position", "article_id"):
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
    here = centre.current(request)
    shelf = get_object_or_404(access.shelves(here), slug=slug)
    readable = access.readable(here, language, visitor.of(request)).filter(article__category=shelf)
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
    here, customer = centre.current(request), visitor.of(request)
    readable = Translation.objects.readable(customer).shown_in(here)
    rows = {row.language: row for row in readable.filter(article=pk)}
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
    thanks, shelf = request.GET.get("thanks", ""), row.article.category
    related = readable.filter(language=language, article__in=row.article.related.all())
    html, hosts = videos.shown(request, text, here)
    response = page(
        request,
        "article",
        row=row,
        shown=row.published,
        html=links.within(html, here),
        thanks=thanks if thanks in ("yes", "no", "done") else "",
        thanks_yes=thanks == "yes",
        related=[(each, place.of(each)) for each in related],
        shelf_address=centres.address(here, "help-category", language, shelf.slug) if shelf else "",
        noindex=row.article.audience != Article.Audience.PUBLIC or videos.PLAY in request.GET,
        language=language,
        languages=[(code, place.LANGUAGES[code], place.of(each)) for code, each in rows.items()],
    )
    return videos.permit(response, hosts)


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
    text = render_to_string("knowledge/help/theme.css", {"centre": centre.current(request)})
    return HttpResponse(text, content_type="text/css; charset=utf-8")
