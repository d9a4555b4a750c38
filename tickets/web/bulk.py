"""Many tickets at once: what is chosen in the list is changed, and can be undone as a whole."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from tickets import access, bulk, gathering, macros
from tickets.classification import topics
from tickets.models import Batch, Ticket
from tickets.web import later, loads, macro_words, navigation, times, unready
from tickets.web.bulk_forms import FORMS, TYPED, BatchForm
from tickets.web.respond import CHANGED

UNDOING = {macros.MACRO: macros.undo, gathering.GATHERED: gathering.undo}


@staff_required
@require_POST
def batches(request: StaffRequest) -> HttpResponse:
    """Do one thing to the chosen tickets; which, says the button that was pressed."""
    chosen = BatchForm(request.POST)
    if "macro" in request.POST:
        return _macro(request, chosen)
    if "merge" in request.POST:
        return _merge(request, chosen)
    action = next((name for name in FORMS if _is_meant(request, name)), "")
    form = FORMS[action]({"value": request.POST[action], "at": request.POST.get("at")}) if action else None
    if form is None or not chosen.is_valid() or not form.is_valid():
        reasons = form.non_field_errors() if form is not None and chosen.is_valid() else []
        return _refused(request, *reasons)
    try:
        batch = bulk.apply(
            action,
            form.cleaned_data["value"],
            chosen.cleaned_data["number"],
            actor=request.user,
            key=chosen.cleaned_data["key"],
        )
    except bulk.TooMany:
        return _too_many(request)
    said = _told(batch)
    if action == "assignee" and batch.changes:
        given = Ticket.objects.filter(pk__in=[change[0] for change in batch.changes]).only("verdict")
        said = f"{said} {unready.warned(form.cleaned_data['value'], given)}".strip()
        said = f"{said} {loads.warning(form.cleaned_data['value'])}".strip()
    return _said(request, said, batch=batch if batch.changes else None)


def _macro(request: StaffRequest, chosen: BatchForm) -> HttpResponse:
    """What the macro will do to the chosen tickets; sent once more, being sure, it is done."""
    pk = request.POST["macro"]
    macro = access.macro(request.user, int(pk) if pk.isascii() and pk.isdecimal() else 0)
    if not chosen.is_valid():
        return _refused(request)
    numbers = chosen.cleaned_data["number"]
    if "sure" not in request.POST:
        lines = macro_words.lines(macro, request.user)
        context = {"macro": macro, "lines": lines, "count": len(numbers), "begins": "reply" in macro.steps}
        context |= {
            "numbers": numbers,
            **_kept(request),
            "lost": any(line.is_lost for line in lines),
        }
        name = "_bulk_macro" if "HX-Request" in request.headers else "bulk_macro"
        return render(request, f"tickets/{name}.html", context)
    try:
        key = chosen.cleaned_data["key"]
        batch = macros.run(macro, numbers, actor=request.user, key=key)
    except macros.TooMany:
        return _too_many(request)
    except macros.Lost as lost:
        return _said(request, macro_words.refusal(lost), tone="danger", status=409)
    return _said(request, _told(batch), batch=batch if batch.changes else None)


def _merge(request: StaffRequest, chosen: BatchForm) -> HttpResponse:
    """Which of the chosen tickets is to go on; sent once more, being sure, the others are joined into it."""
    if not chosen.is_valid():
        return _refused(request)
    numbers = chosen.cleaned_data["number"]
    if "sure" not in request.POST:
        found = gathering.gatherable(numbers, actor=request.user)
        if len(found) > bulk.MOST:
            return _too_many(request)
        if len(found) < 2:
            return _refused(request, _("Choose two tickets or more to make them one."))
        context = {"tickets": found, "numbers": numbers, **_kept(request)}
        context["mixed"] = len({ticket.customer_id for ticket in found}) > 1
        name = "_bulk_merge" if "HX-Request" in request.headers else "bulk_merge"
        return render(request, f"tickets/{name}.html", context)
    into = request.POST.get("into", "")
    number = int(into) if into.isascii() and into.isdecimal() else 0
    key = chosen.cleaned_data["key"]
    try:
        batch = gathering.gather(numbers, into=number, actor=request.user, key=key)
    except gathering.TooMany:
        return _too_many(request)
    except gathering.Nothing:
        return _refused(request, _("These tickets cannot become one."))
    count = len(batch.changes)
    text = ngettext(
        "%(count)d ticket is now part of #%(other)d.", "%(count)d tickets are now part of #%(other)d.", count
    )
    return _said(request, _with_left(text % {"count": count, "other": number}, batch), batch=batch)


@staff_required
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    batch = access.batch(request.user, pk)
    done = UNDOING.get(batch.action, bulk.undo)(batch, actor=request.user)
    text = ngettext("%(count)d ticket is as it was.", "%(count)d tickets are as they were.", done)
    return _said(request, text % {"count": done})


@staff_required
@require_safe
def menu(request: StaffRequest) -> HttpResponse:
    """What can be done to the chosen tickets: asked for when somebody has chosen some."""
    context = {
        "statuses": Ticket.Status.choices,
        "kinds": Ticket.Kind.choices,
        "topics": topics.offered(),
        "priorities": list(reversed(Ticket.Priority.choices)),
        "colleagues": User.objects.people().at_work(),
        "teams": navigation.teams(request),
        "view": request.GET.get("view", ""),
        "macros": access.macros(request.user),
        "snoozes": _snoozes(),
    }
    return render(request, "tickets/_bulk_menu.html", context)


def _snoozes() -> list[tuple[str, Any, Any]]:
    now = timezone.now()
    return [(name, label, times.day_to_come(at, now) if at else "") for name, label, at in later.snoozes(now)]


def _kept(request: StaffRequest) -> dict[str, str]:
    """What a question carries on to its answer."""
    return {name: request.POST.get(name, "") for name in ("view", "place")}


def _is_meant(request: StaffRequest, name: str) -> bool:
    return name in request.POST and (name not in TYPED or bool(request.POST[name].strip()))


def _told(batch: Batch) -> str:
    count = len(batch.changes)
    text = ngettext("%(count)d ticket changed.", "%(count)d tickets changed.", count) % {"count": count}
    return _with_left(text, batch)


def _with_left(text: str, batch: Batch) -> str:
    if not batch.left:
        return text
    left = ngettext("%(count)d was left as it is.", "%(count)d were left as they are.", batch.left)
    return f"{text} {left % {'count': batch.left}}"


def _refused(request: StaffRequest, *reasons: Any) -> HttpResponse:
    text = " ".join(map(str, reasons)) or _("Choose tickets, and what is to become of them.")
    return _said(request, text, tone="danger", status=422)


def _too_many(request: StaffRequest) -> HttpResponse:
    text = _("At most %(most)d tickets can be changed at once.") % {"most": bulk.MOST}
    return _said(request, text, tone="danger", status=422)


def _said(
    request: StaffRequest, text: str, *, tone: str = "", batch: Batch | None = None, status: int = 200
) -> HttpResponse:
    """What happened, as a toast that offers to undo it; for a plain form the list again, with the same."""
    if "HX-Request" not in request.headers:
        tell = messages.error if tone else messages.success
        tell(request, text, extra_tags=_undoing(batch))
        if request.POST.get("back") == "crew":
            return redirect("tickets:crew")
        place = request.POST.get("place", "")
        return redirect(f"{reverse('tickets:list')}?{place}")
    context = {"text": text, "tone": tone, "undo_url": _undoing(batch)}
    response = render(request, "_toast.html", context, status=status)
    response["HX-Trigger"] = CHANGED
    return response


def _undoing(batch: Batch | None) -> str:
    return reverse("tickets:batch-undo", args=[batch.pk]) if batch else ""
