"""The suggestion box for programs: listed, noted down, decided, united, commented."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django_filters import FilterSet
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest import keys
from helpdesk.rest.filters import OneOf
from helpdesk.rest.problems import conflict
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Desk
from knowledge import access
from knowledge.api.sheets import (
    CommentSheet,
    CommentValues,
    DecisionValues,
    SuggestionSheet,
    SuggestionValues,
    UniteValues,
)
from knowledge.models import Shown, Suggestion
from knowledge.suggestions import deciding, posting


class SuggestionFilters(FilterSet):
    status = OneOf(list(Suggestion.Status.values))
    shown = OneOf(list(Shown.values))

    class Meta:
        model = Suggestion
        fields: list[str] = []


class Suggestions(Desk):
    """What customers suggest; every colleague reads and notes down, supervisors and admins decide."""

    noun = "suggestions"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet, filters = SuggestionSheet, SuggestionFilters
    orders = {"-id": ("-id",), "id": ("id",), "-votes": ("-wanted", "-id")}

    @describe("List suggestions", gives=SuggestionSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.suggestions(request.user).counted())

    @describe(
        "Note down a suggestion; it waits for approval",
        takes=SuggestionValues,
        gives=SuggestionSheet,
        status=201,
    )
    def create(self, request: Request) -> Response:
        given = {"text": "", **self.taken(SuggestionValues)}
        made = posting.note(**given, actor=request.user, key=keys.unique(request))
        row = access.suggestion(request.user, made.pk)
        return self.shown(row, status=201, location=reverse("knowledge-api:suggestion", args=[made.pk]))

    @describe("Read a suggestion", gives=SuggestionSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.suggestion(request.user, pk))

    @describe(
        "Change a suggestion; voters hear of a new status by mail",
        takes=DecisionValues,
        gives=SuggestionSheet,
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        row = access.suggestion(request.user, pk)
        given = self.taken(DecisionValues, partial=True)
        with _refusals():
            deciding.change(row, actor=request.user, **given)
        return self.shown(access.suggestion(request.user, pk))

    @describe("Unite a suggestion with another", takes=UniteValues, gives=SuggestionSheet)
    def unite(self, request: Request, pk: int) -> Response:
        """Votes and comments go to the other, each voter counted once; the other is given back."""
        row = access.suggestion(request.user, pk)
        into = access.suggestions(request.user).filter(pk=self.taken(UniteValues)["into"]).first()
        with _refusals():
            if into is None:
                raise deciding.CannotUnite
            deciding.unite(row, into, actor=request.user)
        return self.shown(access.suggestion(request.user, into.pk))


class SuggestionComments(Desk):
    """What is said to a suggestion."""

    noun = "suggestion-comments"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = CommentSheet
    orders = {"id": ("id",), "-id": ("-id",)}

    @describe("List the comments on a suggestion", gives=CommentSheet)
    def list(self, request: Request, pk: int) -> Response:
        return self.listed(access.suggestion(request.user, pk).comments.all())

    @describe("Comment in the name of the company", takes=CommentValues, gives=CommentSheet, status=201)
    def create(self, request: Request, pk: int) -> Response:
        row = access.suggestion(request.user, pk)
        given = self.taken(CommentValues)
        made = posting.reply(row, given["text"], actor=request.user, key=keys.unique(request))
        return self.shown(made, status=201)


@contextmanager
def _refusals() -> Iterator[None]:
    """Around the call of a verb: why it would not."""
    try:
        yield
    except deciding.NotAllowed as refusal:
        raise PermissionDenied from refusal
    except deciding.CannotUnite as refusal:
        raise conflict("Both have to be there, apart, and united with no other yet.", "#/into") from refusal
