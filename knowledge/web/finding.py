"""Searching the help centre, and saying whether an article helped."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from knowledge import access, markup, opinions, searches, shelves
from knowledge.models import Translation
from knowledge.searching import words
from knowledge.web import centre, help, limits, place, visitor

SUGGESTED = 5
LONGEST = 200


@require_safe
@limits.at_most(60, "help-search")
@place.spoken
def search(request: HttpRequest, language: str) -> HttpResponse:
    """What answers the question, with the words that were asked for marked."""
    query = request.GET.get("q", "")[:LONGEST]
    found, mark = [], ""
    if query.strip():
        here = centre.current(request)
        found = shelves.find(query, language, centre=here, customer=visitor.of(request))
        mark = searches.remember(query, language, len(found), centre=here)
    rows = [(row, f"{place.of(row)}?s={mark}", snippet(row, query)) for row in found]
    return help.page(
        request,
        "search",
        query=query,
        rows=rows,
        language=language,
        languages=place.elsewhere("knowledge:help-search"),
        noindex=True,
    )


@require_safe
@limits.at_most(240, "help-suggest")
@place.spoken
def suggest(request: HttpRequest, language: str) -> HttpResponse:
    """A few articles for what is being typed, as a fragment."""
    query = (request.GET.get("q") or f"{request.GET.get('subject', '')} {request.GET.get('text', '')}")[
        :LONGEST
    ]
    found = []
    if len(query.strip()) > 2:
        here, customer = centre.current(request), visitor.of(request)
        found = shelves.find(query, language, centre=here, customer=customer, limit=SUGGESTED)
    rows = [(row, place.of(row)) for row in found]
    return render(request, "knowledge/help/_suggestions.html", {"rows": rows, "language": language})


@require_POST
@limits.at_most(20, "help-opinion")
@place.spoken
def opinion(request: HttpRequest, language: str, pk: int) -> HttpResponse:
    """Whether it helped; a comment may follow."""
    row = get_object_or_404(
        access.readable(centre.current(request), language, visitor.of(request)), article=pk
    )
    if not request.session.session_key:
        request.session.create()
    helpful = request.POST.get("helpful") == "yes"
    opinions.give(
        row,
        reader=str(request.session.session_key),
        helpful=helpful,
        comment=request.POST.get("comment", ""),
    )
    said = bool(request.POST.get("comment", "").strip())
    if "HX-Request" in request.headers:
        context = {"row": row, "helpful": helpful, "said": said, "language": language}
        return render(request, "knowledge/help/_thanks.html", context)
    return redirect(f"{place.of(row)}?thanks={'done' if said else 'yes' if helpful else 'no'}#helpful")


def snippet(row: Translation, query: str) -> SafeString:
    """The stretch of the text that holds most words of the question, those marked."""
    text = " ".join(markup.text(row.published.html).split()) if row.published else ""
    telling = [word for word in words.cut(query) if words.folded(word) not in words.EMPTY]
    asked = {words.stem(word, row.language) for word in telling}
    pieces = text.split(" ")
    marks = [bool(asked & {words.stem(word, row.language) for word in words.cut(piece)}) for piece in pieces]
    size = 28
    start = max(range(max(1, len(pieces) - size + 1)), key=lambda at: sum(marks[at : at + size]))
    chosen = zip(pieces[start : start + size], marks[start : start + size], strict=True)
    shown = format_html_join(
        " ", "{}", ((format_html("<mark>{}</mark>", piece) if hit else piece,) for piece, hit in chosen)
    )
    before, after = "… " if start else "", " …" if start + size < len(pieces) else ""
    return format_html("{}{}{}", before, shown, after)
