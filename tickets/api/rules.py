"""Rules for programs: read by supervisors and admins, set up by admins; and what they did to tickets."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django_filters import FilterSet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk import versions
from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing
from helpdesk.rest.filters import Id
from helpdesk.rest.problems import Fault, bad_parameter, conflict, invalid, stale
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Desk
from tickets.api.rule_sheets import (
    RehearsalSheet,
    RuleOrder,
    RuleRunSheet,
    RuleSheet,
    RuleValues,
    RuleVersionSheet,
)
from tickets.models import Rule, RuleRun
from tickets.rules import access, keeping, rehearsing, undoing

POINTERS = {"name": "#/name", "when": "#/triggers", "conditions": "#/conditions", "actions": "#/actions"}
DAYS = OpenApiParameter(
    "days",
    {"type": "integer", "minimum": 1, "maximum": rehearsing.MOST_DAYS, "default": 7},
    description="So many of the last days are gone through.",
)


class Rules(Desk):
    """What happens by itself, in its order."""

    noun = "rules"
    reads, writes = Scope.SETTINGS_READ, Scope.SETTINGS_WRITE
    sheet = RuleSheet
    orders = {"position": ("position", "id"), "id": ("id",), "-id": ("-id",)}

    @describe("List rules", gives=RuleSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.rules(request.user))

    @describe("Read a rule", gives=RuleSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.rule(request.user, pk))

    @describe("Make a rule: the last one, switched off", takes=RuleValues, gives=RuleSheet, status=201)
    def create(self, request: Request) -> Response:
        if not access.may_set_up(request.user):
            raise PermissionDenied
        given = self.taken(RuleValues)
        with _refusals():
            made = keeping.make(given, actor=request.user)
        return self._now(made, status=201)

    @describe("Change a rule: a new version", takes=RuleValues, gives=RuleSheet, versioned=True)
    def partial_update(self, request: Request, pk: int) -> Response:
        rule = self._to_set_up(pk)
        given = self.taken(RuleValues, partial=True)
        with _refusals():
            return self._now(keeping.change(rule, given, actor=request.user, expected=self.expected()))

    @describe("Remove a rule with its versions; what it did stays", gives={204: NOTHING})
    def destroy(self, request: Request, pk: int) -> Response:
        keeping.remove(self._to_set_up(pk), actor=request.user)
        return Response(status=204)

    @describe("Switch a rule on, in force within ten seconds", takes=Nothing, gives=RuleSheet, versioned=True)
    def switch_on(self, request: Request, pk: int) -> Response:
        return self._switch(pk, on=True)

    @describe("Switch a rule off", takes=Nothing, gives=RuleSheet, versioned=True)
    def switch_off(self, request: Request, pk: int) -> Response:
        return self._switch(pk, on=False)

    @describe("Let a rule say again what a version said", takes=Nothing, gives=RuleSheet)
    def restore(self, request: Request, pk: int, number: int) -> Response:
        """It is a new version; whether the rule is on stays."""
        version = self._to_set_up(pk).versions.filter(number=number).select_related("rule").first()
        if version is None:
            raise Http404
        self.taken(Nothing)
        with _refusals():
            return self._now(keeping.restore(version, actor=request.user))

    @describe("Put rules into an order", takes=RuleOrder, gives={204: NOTHING})
    def arrange(self, request: Request) -> Response:
        if not access.may_set_up(request.user):
            raise PermissionDenied
        keeping.order(self.taken(RuleOrder)["rules"], actor=request.user)
        return Response(status=204)

    def _switch(self, pk: int, *, on: bool) -> Response:
        rule = self._to_set_up(pk)
        self.taken(Nothing)
        with _refusals():
            switched = keeping.switch(rule, on=on, actor=self.request.user, expected=self.expected())
            return self._now(switched)

    def _to_set_up(self, pk: int) -> Rule:
        """Whoever may read rules, but not set them up, hears so; to others there is none."""
        rule = access.rule(self.request.user, pk)
        if not access.may_set_up(self.request.user):
            raise PermissionDenied
        return rule

    def _now(self, rule: Rule, *, status: int = 200) -> Response:
        location = reverse("tickets-api:rule", args=[rule.pk]) if status == 201 else ""
        return self.shown(access.rule(self.request.user, rule.pk), status=status, location=location)


class RuleVersions(Desk):
    """What a rule has said."""

    noun = "rule-versions"
    reads = Scope.SETTINGS_READ
    sheet = RuleVersionSheet
    orders = {"-number": ("-number",), "number": ("number",)}

    @describe("List the versions of a rule", gives=RuleVersionSheet)
    def list(self, request: Request, pk: int) -> Response:
        return self.listed(access.rule(request.user, pk).versions.all())


class Rehearsals(Desk):
    """What a rule would have done, had it been on."""

    noun = "rules"
    reads = Scope.SETTINGS_READ
    parameters = ("days",)

    @describe("Rehearse a rule on the last days: nothing is done", gives=RehearsalSheet, parameters=(DAYS,))
    def rehearse(self, request: Request, pk: int) -> Response:
        rule = access.rule(request.user, pk)
        found = rehearsing.rehearse(rule, days=_days(request), now=timezone.now())
        told = {
            "days": found.days,
            "looked": found.looked,
            "is_cut": found.is_cut,
            "times": len(found.would),
            "tickets": found.tickets,
            "would": found.would[: rehearsing.SHOWN],
            "follows": found.follows,
        }
        return Response(RehearsalSheet(told).data)


class RunFilter(FilterSet):
    ticket = Id(field_name="ticket__number", help_text="The number of the ticket.")
    rule = Id(field_name="rule", help_text="The id of the rule.")

    class Meta:
        model = RuleRun
        fields: list[str] = []


class RuleRuns(Desk):
    """What rules did to tickets."""

    noun = "rule-runs"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet, filters = RuleRunSheet, RunFilter
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List what rules did", gives=RuleRunSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.runs(request.user))

    @describe("Read what a rule did to a ticket", gives=RuleRunSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.runs(request.user), pk=pk))

    @describe("Take back what a rule did", takes=Nothing, gives=RuleRunSheet)
    def undo(self, request: Request, pk: int) -> Response:
        """What was changed again since stays, and so does what was written or sent."""
        run = self.one(access.runs(request.user), pk=pk)
        self.taken(Nothing)
        undoing.undo(run, actor=request.user)
        return self.retrieve(request, pk)


def _days(request: Request) -> int:
    given = request.query_params.get("days", "7")
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= rehearsing.MOST_DAYS):
        raise bad_parameter(("days", f"A whole number from 1 to {rehearsing.MOST_DAYS}."))
    return int(given)


@contextmanager
def _refusals() -> Iterator[None]:
    """Around the call of a verb: why it would not, with the part of the rule at fault."""
    try:
        yield
    except versions.Stale as refusal:
        raise stale() from refusal
    except keeping.TooManyRules as refusal:
        raise conflict(f"There are {keeping.MOST} rules already.") from refusal
    except keeping.Wrong as refusal:
        faults = [Fault(POINTERS[part], why) for part, why in refusal.errors.items()]
        raise invalid(*faults) from refusal
