"""The workspace's pages of articles: the list, writing one, and what becomes of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge import access, centres, comparing, markup, opinions, shelves, writing
from knowledge.models import HelpCentre, Translation, Version
from knowledge.web import adding_videos, place
from knowledge.web.forms import BeginForm, PlaceForm, WritingForm
from tickets import access as tickets
from tickets.inspection import raster

SHOWN = 200


@staff_required
@require_safe
def articles(request: StaffRequest) -> HttpResponse:
    """All articles, or those of a state or language, or those that answer a question."""
    query, state = request.GET.get("q", "").strip()[:200], request.GET.get("state", "")
    language = request.GET.get("language", "")
    if query:
        rows: Any = shelves.find_all(query, language or request.user.language)
    else:
        rows = access.written(request.user).select_related("article__category", "published", "updated_by")
        rows = rows.filter(state=state) if state in Translation.State.values else rows
        rows = rows.filter(language=language) if language else rows
        rows = opinions.counted(rows).order_by("-updated_at")[:SHOWN]
    context = {
        "rows": rows,
        "query": query,
        "state": state,
        "chosen": language,
        "states": Translation.State.choices,
        "languages": settings.LANGUAGES,
    }
    return render(request, "knowledge/articles.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """A new article; what was searched in vain can stand in its title already."""
    language = request.GET.get("language") or request.user.language
    first = {"title": request.GET.get("title", "")[:160], "language": language}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        made = writing.begin(**form.cleaned_data, actor=request.user)
        return redirect("knowledge:article", made.pk)
    return render(request, "knowledge/begin.html", {"form": form})


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: StaffRequest, pk: int) -> HttpResponse:
    """One article in one language: its text, saved as a draft; with a picture added where one is sent."""
    row = access.writing(request.user, pk)
    form = WritingForm(request.POST) if request.method == "POST" else WritingForm.of(row)
    if request.method == "POST" and form.is_valid():
        try:
            html = form.cleaned_data["html"] + _pictures(request) + adding_videos.added(request, row.language)
            texts = {**form.cleaned_data, "html": html}
            writing.save(
                row,
                title=texts["title"],
                summary=texts["summary"],
                html=texts["html"],
                actor=request.user,
                seen=_moment(request.POST.get("seen", "")),
            )
        except writing.ChangedMeanwhile:
            form.add_error(
                None, _("Somebody else has saved this article meanwhile. Copy your text and open it anew.")
            )
        except writing.NoPicture:
            form.add_error(None, _("This file is no picture, or larger than 5 MB."))
        except adding_videos.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _next(request, row)
    return render(request, "knowledge/article.html", _shown(request, row, form))


def _next(request: StaffRequest, row: Translation) -> HttpResponse:
    """What the pressed button asked for after saving."""
    if "publish" in request.POST:
        return _publish(request, row)
    if "review" in request.POST:
        writing.ask_review(row, actor=request.user)
        messages.success(request, _("It waits for a supervisor to publish it."))
    else:
        messages.success(request, _("Saved. Readers see it when it is published."))
    return redirect("knowledge:article", row.pk)


def _publish(request: StaffRequest, row: Translation) -> HttpResponse:
    try:
        version = writing.publish(row, actor=request.user)
        messages.success(request, _("Published as version %(number)d.") % {"number": version.number})
    except writing.NotAllowed:
        writing.ask_review(row, actor=request.user)
        messages.warning(request, _("Supervisors publish. It waits for them now."))
    return redirect("knowledge:article", row.pk)


@staff_required
@require_POST
def archive(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        writing.archive(access.writing(request.user, pk), actor=request.user)
        messages.success(request, _("Archived. Readers do not find it any more."))
    except writing.NotAllowed:
        messages.error(request, _("Supervisors archive articles."))
    return redirect("knowledge:article", pk)


@staff_required
@require_safe
def compare(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """What a published version changed against the one before."""
    row = access.writing(request.user, pk)
    version = get_object_or_404(row.versions.select_related("author"), number=number)
    before = row.versions.filter(number__lt=number).first()
    lines = comparing.lines(_said(before) if before else [], _said(version))
    context = {"row": row, "version": version, "before": before, "lines": lines}
    return render(request, "knowledge/compare.html", context)


@staff_required
@require_POST
def restore(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    row = access.writing(request.user, pk)
    version = get_object_or_404(row.versions, number=number)
    writing.restore(row, version, actor=request.user)
    messages.success(request, _("Version %(number)d is a draft again.") % {"number": number})
    return redirect("knowledge:article", pk)


@staff_required
@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Category, audience and related articles."""
    row = access.writing(request.user, pk)
    form = PlaceForm(request.POST, article=row.article)
    if not form.is_valid():
        return render(request, "knowledge/article.html", _shown(request, row, WritingForm.of(row), form))
    try:
        writing.place(row.article, **form.values(), actor=request.user)
        messages.success(request, _("Saved."))
    except writing.NotAllowed:
        messages.error(request, _("Supervisors say who may read what is published."))
    return redirect("knowledge:article", pk)


@staff_required
@require_POST
def translate(request: StaffRequest, pk: int) -> HttpResponse:
    """The article in one more language, begun with the text it has."""
    row = access.writing(request.user, pk)
    language = request.POST.get("language", "")
    if language not in place.LANGUAGES:
        return redirect("knowledge:article", pk)
    try:
        with transaction.atomic():
            made = writing.translate(row.article, language, title=row.title, actor=request.user)
            writing.save(made, title=row.title, summary=row.summary, html=row.html, actor=request.user)
    except IntegrityError:
        made = row.article.translations.get(language=language)
    return redirect("knowledge:article", made.pk)


def _shown(
    request: StaffRequest, row: Translation, form: WritingForm, where: PlaceForm | None = None
) -> dict[str, Any]:
    known = {each.language: each for each in row.article.translations.all()}
    return {
        "row": row,
        "form": form,
        "place": where or PlaceForm(article=row.article),
        "translations": [(code, name, known.get(code)) for code, name in place.LANGUAGES.items()],
        "versions": row.versions.select_related("author"),
        "public_url": _public(row) if row.published and row.article.audience == "public" else "",
        "may_publish": access.may_publish(request.user),
        "plain": markup.text(row.html),
        "origin": tickets.tickets(request.user).filter(pk=row.article.origin_id or 0).first(),
    }


def _public(row: Translation) -> str:
    """Where readers see it: the first help centre that shows it; "" where none does."""
    here = next((each for each in centres.every() if _shows(each, row)), None)
    return place.seen_at(here, row) if here else ""


def _shows(centre: HelpCentre, row: Translation) -> bool:
    return Translation.objects.public().shown_in(centre).filter(pk=row.pk).exists()


def _said(version: Version) -> list[str]:
    """A version in lines: title, summary, text."""
    lines = [version.title, version.summary, *markup.text(version.html).splitlines()]
    return [line.strip() for line in lines if line.strip()]


def _pictures(request: StaffRequest) -> str:
    """The sent picture as the end of the text."""
    sent = request.FILES.get("picture")
    if sent is None:
        return ""
    content = sent.read(writing.MOST_BYTES + 1)
    found = raster.read(content)
    if found is None or not found.is_reasonable:
        raise writing.NoPicture
    name = str(sent.name or "")
    made = writing.add_picture(content, name, content_type=found.content_type)
    return markup.picture(made.token, request.POST.get("alt", "").strip()[:200] or name.rpartition(".")[0])


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
