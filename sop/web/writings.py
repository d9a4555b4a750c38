"""Where procedures are written: worded step by step, put before a supervisor, published."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge import markup
from knowledge import writing as articles
from sop import access, writing
from sop.models import Wording
from sop.questions import Unfinished
from sop.web import asking, responses, stepping
from sop.web.forms import PlaceForm, WritingForm
from tickets import access as tickets
from tickets.inspection import raster
from tickets.models import Ticket

LANGUAGES = dict(settings.LANGUAGES)
Page = require_http_methods(["GET", "HEAD", "POST"])


@staff_required
@Page
def wording(request: StaffRequest, pk: int, language: str) -> HttpResponse:
    """One procedure in one language; each button saves what was typed first."""
    row = access.wording(request.user, pk, language)
    form = WritingForm(request.POST) if request.method == "POST" else WritingForm.of(row)
    rows, asked = row.steps, row.questions
    if request.method == "POST":
        rows, asked = stepping.posted(request.POST, row.steps), asking.posted(request.POST) or asked
        if form.is_valid() and _saved(request, row, form, rows, asked):
            return _next(request, row, form.cleaned_data)
    page = shown(request, row, form, rows) | {"questions": asking.shown(asked)}
    return render(request, "sop/writing.html", page)


@staff_required
@require_POST
def translate(request: StaffRequest, pk: int) -> HttpResponse:
    """The procedure in one more language, begun with the steps it has."""
    found = access.procedure(request.user, pk)
    language, source = request.POST.get("language", ""), request.POST.get("source", "")
    if language not in LANGUAGES:
        return redirect("sop:procedure", pk)
    row = access.wording(request.user, pk, source)
    told: dict[str, Any] = {"title": row.title, "summary": row.summary, "words": ""}
    told |= {"rows": row.steps, "questions": row.questions}
    try:
        with transaction.atomic():
            made = writing.translate(found, language, title=row.title, actor=request.user)
            writing.save(made, **told, actor=request.user)
    except IntegrityError:
        messages.info(request, _("It is there in this language already."))
    return redirect("sop:writing", pk, language)


def shown(
    request: StaffRequest,
    row: Wording,
    form: WritingForm,
    rows: list[dict[str, Any]],
    place: PlaceForm | None = None,
) -> dict[str, Any]:
    """What the page of a wording shows."""
    known = {each.language: each for each in row.procedure.wordings.all()}
    return {
        "row": row,
        "form": form,
        "steps": stepping.shown(rows),
        "questions": asking.shown(row.questions),
        "targets": stepping.targets(rows),
        "articles": stepping.articles(),
        "responses": responses.offered(request.user),
        "origin": origin(request, row),
        "place": place or PlaceForm(procedure=row.procedure),
        "translations": [(code, name, known.get(code)) for code, name in LANGUAGES.items()],
        "editions": row.editions.select_related("author"),
        "may_publish": access.may_publish(request.user),
    }


def origin(request: StaffRequest, row: Wording) -> Ticket | None:
    """The ticket that it was begun from, for whoever may see that."""
    return tickets.tickets(request.user).filter(pk=row.procedure.origin_id or 0).first()


def _saved(
    request: StaffRequest,
    row: Wording,
    form: WritingForm,
    rows: list[dict[str, Any]],
    asked: list[dict[str, Any]],
) -> bool:
    """Save what was typed and what the pressed button does to the steps; what is wrong stands in the form."""
    given = form.cleaned_data
    try:
        rows[:] = stepping.moved(_with_picture(request, rows), request.POST.get("act", ""))
        writing.save(
            row,
            title=given["title"],
            summary=given["summary"],
            words=given["words"],
            rows=rows,
            actor=request.user,
            seen=_moment(request.POST.get("seen", "")),
            questions=asked,
        )
    except Unfinished as unfinished:
        text = _("Question %(number)d wants two answers at least, and one of them marked as right.")
        form.add_error(None, text % {"number": unfinished.number})
    except writing.ChangedMeanwhile:
        form.add_error(
            None, _("Somebody else has saved this procedure meanwhile. Copy your text and open it anew.")
        )
    except articles.NoPicture:
        form.add_error(None, _("This file is no picture, or larger than 5 MB."))
    else:
        return True
    return False


def _next(request: StaffRequest, row: Wording, given: dict[str, Any]) -> HttpResponse:
    """What the pressed button asked for after saving."""
    address = reverse("sop:writing", args=[row.procedure_id, row.language])
    what, _colon, where = request.POST.get("act", "").partition(":")
    if what:
        return redirect(f"{address}#step-{where}")
    if "publish" in request.POST:
        _publish(request, row, given)
    elif "review" in request.POST:
        writing.ask_review(row, actor=request.user)
        messages.success(request, _("It waits for a supervisor to publish it."))
    else:
        messages.success(request, _("Saved. Colleagues see it when it is published."))
    return redirect(address)


def _publish(request: StaffRequest, row: Wording, given: dict[str, Any]) -> None:
    try:
        to_read = given["is_to_be_read"]
        edition = writing.publish(row, actor=request.user, note=given["note"], is_to_be_read=to_read)
        messages.success(request, _("Published as version %(number)d.") % {"number": edition.number})
    except writing.NotAllowed:
        writing.ask_review(row, actor=request.user)
        messages.warning(request, _("Supervisors publish. It waits for them now."))
    except writing.NothingToDo:
        messages.error(request, _("There is no step in it yet. Add what is to be done."))


def _with_picture(request: StaffRequest, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each sent picture at the end of the step it was sent for."""
    for place, row in enumerate(rows):
        sent = request.FILES.get(f"s{place}-picture")
        if sent is None:
            continue
        content = sent.read(articles.MOST_BYTES + 1)
        found = raster.read(content)
        if found is None or not found.is_reasonable:
            raise articles.NoPicture
        name = str(sent.name or "")
        made = articles.add_picture(content, name, content_type=found.content_type)
        alt = request.POST.get(f"s{place}-alt", "").strip()[:200] or name.rpartition(".")[0]
        row["html"] += markup.picture(made.token, alt)
    return rows


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
