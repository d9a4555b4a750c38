"""The policies of times for programs: set up by admins, with what a change would do, and their versions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk import versions
from helpdesk.accounts.models import Scope
from helpdesk.rest.problems import Fault, invalid, stale
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Desk
from tickets.api.policy_sheets import ForecastSheet, PolicySheet, PolicyValues, PolicyVersionSheet
from tickets.models import SlaPolicy
from tickets.sla import access, forecast, keeping


class Policed(Desk):
    """What admins set up of policies."""

    noun = "sla-policies"
    reads, writes = Scope.SETTINGS_READ, Scope.SETTINGS_WRITE

    def _kept(self, pk: int) -> SlaPolicy:
        found = access.policies(self.request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _given(self, **options: Any) -> tuple[dict[str, Any], int | None]:
        """What the body says, and the place in the order."""
        if not access.may_set_up(self.request.user):
            raise PermissionDenied
        given = self.taken(PolicyValues, **options)
        return given, given.pop("position", None)


class Policies(Policed):
    """The policies of times. What they say holds for open tickets too, within seconds."""

    sheet = PolicySheet
    orders = {"position": ("position", "id"), "id": ("id",), "-id": ("-id",)}

    @describe("List policies of times", gives=PolicySheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.policies(request.user))

    @describe("Read a policy of times", gives=PolicySheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.policies(request.user), pk=pk))

    @describe("Make a policy of times", takes=PolicyValues, gives=PolicySheet, status=201)
    def create(self, request: Request) -> Response:
        given, place = self._given()
        with refusals():
            policy = keeping.with_values(SlaPolicy(), given)
            keeping.save(policy, place=place or keeping.place_of(policy), actor=request.user)
        made = self.one(access.policies(request.user), pk=policy.pk)
        return self.shown(made, status=201, location=reverse("tickets-api:sla-policy", args=[made.pk]))

    @describe("Change a policy of times", takes=PolicyValues, gives=PolicySheet, versioned=True)
    def partial_update(self, request: Request, pk: int) -> Response:
        policy = self._kept(pk)
        given, place = self._given(partial=True)
        with refusals():
            keeping.change(policy, given, place=place, actor=request.user, expected=self.expected())
        return self.retrieve(request, pk)

    @describe("Remove a policy of times; its versions stay", gives={204: NOTHING})
    def destroy(self, request: Request, pk: int) -> Response:
        keeping.remove(self._kept(pk), actor=request.user)
        return Response(status=204)


class PolicyForecasts(Policed):
    """What a policy would change for the open tickets, before it is kept."""

    @describe("What a new policy would change: nothing is done", takes=PolicyValues, gives=ForecastSheet)
    def foresee_new(self, request: Request) -> Response:
        return self._foreseen(SlaPolicy(), *self._given())

    @describe("What a change would do: nothing is done", takes=PolicyValues, gives=ForecastSheet)
    def foresee(self, request: Request, pk: int) -> Response:
        """Removing it does what `is_active: false` does."""
        policy = self._kept(pk)
        return self._foreseen(policy, *self._given(partial=True))

    def _foreseen(self, policy: SlaPolicy, given: dict[str, Any], place: int | None) -> Response:
        place = place or keeping.place_of(policy)
        with refusals():
            proposed = keeping.with_values(policy, given)
        found = forecast.forecast(forecast.with_policy(proposed, place), timezone.now())
        return Response(ForecastSheet(found).data)


class PolicyVersions(Desk):
    """What a policy of times has said. One that never held has no version."""

    noun = "sla-policy-versions"
    reads = Scope.SETTINGS_READ
    sheet = PolicyVersionSheet
    orders = {"-number": ("-number",), "number": ("number",)}

    @describe("List the versions of a policy of times", gives=PolicyVersionSheet)
    def list(self, request: Request, pk: int) -> Response:
        policy = access.policies(request.user).filter(pk=pk).first()
        if policy is None:
            raise Http404
        return self.listed(policy.versions.all())


@contextmanager
def refusals() -> Iterator[None]:
    """Around the call of a verb: why it would not, with the field at fault where it is one's."""
    try:
        yield
    except versions.Stale as refusal:
        raise stale() from refusal
    except ValidationError as refusal:
        faults = [
            Fault("#" if name == NON_FIELD_ERRORS else f"#/{name}", text)
            for name, texts in refusal.message_dict.items()
            for text in texts
        ]
        raise invalid(*faults) from refusal
