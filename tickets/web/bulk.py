"""Many tickets at once: what is chosen in the list is changed, and can be undone as a whole."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from tickets import access, bulk, macros
from tickets.models import Batch, Ticket
from tickets.web import macro_words, navigation
from tickets.web.forms import AssigneeForm, KindForm, PriorityForm, StatusForm, TagsForm, TeamForm
from tickets.web.respond import CHANGED


class FolderForm(forms.Form):
    value = forms.ChoiceField(choices=[(name, name) for name in ("desk", "spam", "bin")])


class BatchForm(forms.Form):
    key = forms.UUIDField(required=False)
    number = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        numbers = [each for each in data.getlist("number") if each.isascii() and each.isdecimal()]
        self.fields["number"].choices = [(each, each) for each in numbers]  # type: ignore[attr-defined]


# Buttons first: a tag that was begun means nothing when another button is pressed.
FORMS: dict[str, type[forms.Form]] = {
    "assignee": AssigneeForm,
    "team": TeamForm,
    "status": StatusForm,
    "priority": PriorityForm,
    "kind": KindForm,
    "folder": FolderForm,
    "tag_add": TagsForm,
    "tag_remove": TagsForm,
}
TYPED = ("tag_add", "tag_remove")


@staff_required
@require_POST
def batches(request: StaffRequest) -> HttpResponse:
    """Do one thing to the chosen tickets; which, says the button that was pressed."""
    chosen = BatchForm(request.POST)
    if "macro" in request.POST:
        return _macro(request, chosen)
    action = next((name for name in FORMS if _is_meant(request, name)), "")
    form = FORMS[action]({"value": request.POST[action]}) if action else None
    if form is None or not chosen.is_valid() or not form.is_valid():
        return _said(request, _("Choose tickets, and what is to become of them."), tone="danger", status=422)
    try:
        batch = bulk.apply(
            action,
            form.cleaned_data["value"],
            chosen.cleaned_data["number"],
            actor=request.user,
            key=chosen.cleaned_data["key"] or uuid.uuid4(),
        )
    except bulk.TooMany:
        text = _("At most %(most)d tickets can be changed at once.") % {"most": bulk.MOST}
        return _said(request, text, tone="danger", status=422)
    return _said(request, _told(batch), batch=batch if batch.changes else None)


def _macro(request: StaffRequest, chosen: BatchForm) -> HttpResponse:
    """What the macro will do to the chosen tickets; sent once more, being sure, it is done."""
    pk = request.POST["macro"]
    macro = access.macro(request.user, int(pk) if pk.isascii() and pk.isdecimal() else 0)
    if not chosen.is_valid():
        return _said(request, _("Choose tickets, and what is to become of them."), tone="danger", status=422)
    numbers = chosen.cleaned_data["number"]
    if "sure" not in request.POST:
        lines = macro_words.lines(macro, request.user)
        context = {"macro": macro, "lines": lines, "count": len(numbers), "begins": "reply" in macro.steps}
        context |= {"numbers": numbers, "lost": any(line.is_lost for line in lines)}
        name = "_bulk_macro" if "HX-Request" in request.headers else "bulk_macro"
        return render(request, f"tickets/{name}.html", context)
    try:
        key = chosen.cleaned_data["key"] or uuid.uuid4()
        batch = macros.run(macro, numbers, actor=request.user, key=key)
    except macros.TooMany:
        text = _("At most %(most)d tickets can be changed at once.") % {"most": bulk.MOST}
        return _said(request, text, tone="danger", status=422)
    except macros.Lost as lost:
        return _said(request, macro_words.refusal(lost), tone="danger", status=409)
    return _said(request, _told(batch), batch=batch if batch.changes else None)


@staff_required
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    batch = access.batch(request.user, pk)
    verb = macros.undo if batch.action == macros.MACRO else bulk.undo
    done = verb(batch, actor=request.user)
    text = ngettext("%(count)d ticket is as it was.", "%(count)d tickets are as they were.", done)
    return _said(request, text % {"count": done})


@staff_required
@require_safe
def menu(request: StaffRequest) -> HttpResponse:
    """What can be done to the chosen tickets: asked for when somebody has chosen some."""
    context = {
        "statuses": Ticket.Status.choices,
        "kinds": Ticket.Kind.choices,
        "priorities": list(reversed(Ticket.Priority.choices)),
        "colleagues": User.objects.people().at_work(),
        "teams": navigation.teams(request),
        "view": request.GET.get("view", ""),
        "macros": access.macros(request.user),
    }
    return render(request, "tickets/_bulk_menu.html", context)


def _is_meant(request: StaffRequest, name: str) -> bool:
    return name in request.POST and (name not in TYPED or bool(request.POST[name].strip()))


def _told(batch: Batch) -> str:
    count = len(batch.changes)
    text = ngettext("%(count)d ticket changed.", "%(count)d tickets changed.", count) % {"count": count}
    if batch.left:
        left = ngettext("%(count)d was left as it is.", "%(count)d were left as they are.", batch.left)
        text = f"{text} {left % {'count': batch.left}}"
    return text


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
