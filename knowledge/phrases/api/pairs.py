"""The phrase guide for programs: pairs listed, made, changed and removed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django_filters import FilterSet
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.filters import Text
from helpdesk.rest.problems import Fault, invalid
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Desk
from knowledge.phrases import access, keeping
from knowledge.phrases.api.sheets import PairSheet, PairValues
from knowledge.phrases.models import PhrasePair


class PairFilters(FilterSet):
    language = Text(max_length=2, help_text="ISO 639-1, such as `en`.")

    class Meta:
        model = PhrasePair
        fields: list[str] = []


class PhrasePairs(Desk):
    """What is better said otherwise; everybody reads it, supervisors and admins change it."""

    noun = "phrase-pairs"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = PairSheet
    filters = PairFilters
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List pairs of phrases", gives=PairSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.pairs(request.user))

    @describe("Make a pair of phrases", takes=PairValues, gives=PairSheet, status=201)
    def create(self, request: Request) -> Response:
        given = self.taken(PairValues)
        with _refusals():
            made = keeping.make(actor=request.user, **given)
        return self.shown(made, status=201, location=reverse("phrases-api:pair", args=[made.pk]))

    @describe("Read a pair of phrases", gives=PairSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.pair(request.user, pk))

    @describe("Change a pair of phrases", takes=PairValues, gives=PairSheet)
    def partial_update(self, request: Request, pk: int) -> Response:
        found = access.pair(request.user, pk)
        given = self.taken(PairValues, partial=True)
        with _refusals():
            return self.shown(keeping.change(found, actor=request.user, **given))

    @describe("Remove a pair of phrases", gives={204: NOTHING})
    def destroy(self, request: Request, pk: int) -> Response:
        with _refusals():
            keeping.remove(access.pair(request.user, pk), actor=request.user)
        return Response(status=204)


@contextmanager
def _refusals() -> Iterator[None]:
    """Around the call of a verb: why it would not, with the field at fault."""
    try:
        yield
    except keeping.NotYours as refusal:
        raise PermissionDenied from refusal
    except keeping.Refused as refusal:
        fault = Fault(f"#/{refusal}", f"It wants one phrase a line, up to {keeping.MOST_LINES}.")
        raise invalid(fault) from refusal
