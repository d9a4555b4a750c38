"""What a rule would have done, and what it did to one ticket."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets.models import Rule
from tickets.rules import access, rehearsing, undoing
from tickets.web import rule_steps, rule_words, ruled
from tickets.web.rule_names import Names

Page = require_http_methods(["GET", "HEAD", "POST"])


@staff_required
@require_safe
def rehearsal(request: StaffRequest, pk: int) -> HttpResponse:
    """What the rule would have done in the last days; nothing is done."""
    access.insist_on_reading(request.user)
    rule = access.rule(request.user, pk)
    return render(request, "tickets/rules/rehearsal.html", {"rule": rule, **_tried(request, rule)})


@staff_required
@Page
def run(request: StaffRequest, key: UUID) -> HttpResponse:
    """What a rule did to a ticket; sent as a form, it is taken back."""
    found = access.run(request.user, key)
    if request.method == "POST":
        undoing.undo(found, actor=request.user)
        messages.success(request, _("What “%(name)s” did is taken back.") % {"name": found.name})
        return redirect("tickets:history", found.ticket.number)
    names = Names()
    context = {
        "run": found,
        "ticket": found.ticket,
        "done": [rule_steps.step(each, names) for each in found.done],
        "left": [(rule_steps.label(name), ruled.why_left(code)) for name, code in found.left],
        "can_undo": undoing.can_be_undone(found),
        "may_read": access.may_read(request.user),
    }
    return render(request, "tickets/rules/run.html", context)


def _tried(request: StaffRequest, rule: Rule) -> dict[str, Any]:
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {"1", "7", "14", "30"} else 7
    found = rehearsing.rehearse(rule, days=days, now=timezone.now())
    names = Names()
    shown = [rule_steps.would(each, rule, names) for each in found.would[: rehearsing.SHOWN]]
    return {
        "found": found,
        "shown": shown,
        "more": max(len(found.would) - len(shown), 0),
        "outside": rule_steps.outside(rule) * len(found.would),
        "days": [("1", _("the last day")), ("7", _("7 days")), ("14", _("14 days")), ("30", _("30 days"))],
        "chosen": str(days),
        "told": rule_words.told(rule, names),
        "may": access.may_set_up(request.user),
        "here": "rules",
    }
