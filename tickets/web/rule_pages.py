"""A rule on its page: set up by admins, read by supervisors."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helpdesk import versions
from helpdesk.accounts.guard import StaffRequest, admin_required, staff_required
from tickets import placeholders
from tickets.models import Rule, RuleVersion
from tickets.rules import access, keeping
from tickets.web import rule_faults, rule_form, rule_rows, rule_words
from tickets.web.rule_names import Names

Page = require_http_methods(["GET", "HEAD", "POST"])
EMPTY: dict[str, Any] = {
    "name": "",
    "triggers": ["opened"],
    "clock": "",
    "minutes": 0,
    "statuses": [],
    "at_work": False,
    "conditions": {"all": [{"field": "words", "op": "contains", "value": ""}], "any": []},
    "actions": [{"do": "tag_add", "value": []}],
}


@admin_required
@Page
def new(request: StaffRequest) -> HttpResponse:
    """A rule that is not there yet."""
    return _edited(request, None, EMPTY)


@staff_required
@Page
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """A rule as it is: to change it, for admins; to read it, for supervisors."""
    access.insist_on_reading(request.user)
    rule = access.rule(request.user, pk)
    if access.may_set_up(request.user):
        return _edited(request, rule, rule_form.given(rule))
    if request.method == "POST":
        raise PermissionDenied
    context = {"rule": rule, "told": rule_words.told(rule, Names()), "versions": _versions(rule)}
    return render(request, "tickets/rules/read.html", {**context, "here": "rules"})


def _edited(request: StaffRequest, rule: Rule | None, given: dict[str, Any]) -> HttpResponse:
    """The form of a rule; each of its buttons but the last two only changes what stands in it."""
    names, stale = Names(), False
    wrong: keeping.Wrong | None = None
    if request.method == "POST":
        given = rule_form.moved(rule_form.posted(request.POST, names), request.POST.get("act", ""))
        if "save" in request.POST:
            try:
                return _saved(request, rule, given)
            except versions.Stale:
                stale = True
            except keeping.Wrong as found:
                wrong = found
            except keeping.TooManyRules:
                wrong = keeping.Wrong(
                    {"name": _("There are %(most)d rules already.") % {"most": keeping.MOST}}
                )
    context = _shown(rule, given, names)
    context |= rule_faults.told(context, wrong) if wrong else {}
    context |= {"stale": stale, "version": _version(request, rule, stale)}
    name = "_form" if request.headers.get("HX-Target") == "form#rule-form" else "edit"
    status = 422 if wrong else 409 if stale else 200
    return render(request, f"tickets/rules/{name}.html", context, status=status)


def _version(request: StaffRequest, rule: Rule | None, stale: bool) -> str:
    """Which state of the rule its form was filled in from; the one of now, once they were told of it."""
    if rule is None:
        return ""
    if stale:
        return versions.of(access.rule(request.user, rule.pk))
    return request.POST.get("version") or versions.of(rule)


def _saved(request: StaffRequest, rule: Rule | None, given: dict[str, Any]) -> HttpResponse:
    if rule is None:
        rule = keeping.make(given, actor=request.user)
    else:
        expected = request.POST.get("version", "")
        rule = keeping.change(rule, given, actor=request.user, expected=expected)
    messages.success(request, _("Saved. Look at what it would have done."))
    place = reverse("tickets:rule-rehearsal", args=[rule.pk])
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": place})
    return redirect(place)


def _shown(rule: Rule | None, given: dict[str, Any], names: Names) -> dict[str, Any]:
    rows = rule_rows.condition_rows(given, names)
    return {
        "rule": rule,
        "given": given,
        "start": rule_form.start(given),
        "all_rows": rows["all"],
        "any_rows": rows["any"],
        "rows": len(rows["all"]) + len(rows["any"]),
        "acts": rule_rows.action_rows(given, names, settings.LANGUAGES),
        "fields": rule_rows.fields_to_ask(names),
        "doings": rule_rows.actions_to_do(),
        "versions": _versions(rule) if rule else [],
        "placeholders": [each for each in placeholders.NAMES.items() if not each[0].startswith("agent.")],
        "here": "rules",
    }


def _versions(rule: Rule) -> list[RuleVersion]:
    return list(rule.versions.select_related("by")[:20])
