"""Canned responses: listed, made, changed, removed, and put into the caller's draft on a ticket."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Company, Scope
from helpdesk.rest import keys, whose
from helpdesk.rest.problems import Fault, conflict, invalid
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Desk
from knowledge.canned import access, filling, keeping, using
from knowledge.canned.api.sheets import FilledSheet, ResponseSheet, ResponseValues, UseValues
from tickets import access as ticket_access
from tickets import macros


class CannedResponses(Desk):
    """Canned responses of the caller, of their teams and of everybody."""

    noun = "canned-responses"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = ResponseSheet
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List canned responses", gives=ResponseSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.responses(request.user))

    @describe("Make a canned response", takes=ResponseValues, gives=ResponseSheet, status=201)
    def create(self, request: Request) -> Response:
        given = whose.home(self.taken(ResponseValues), request)
        with _refusals():
            made = keeping.make(given.pop("title"), actor=request.user, **given)
        place = reverse("canned-api:response", args=[made.pk])
        return self.shown(made, status=201, location=place)

    @describe("Read a canned response", gives=ResponseSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.response(request.user, pk))

    @describe(
        "Change a canned response; wordings are replaced as a whole",
        takes=ResponseValues,
        gives=ResponseSheet,
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        found = access.response(request.user, pk)
        given = whose.home(self.taken(ResponseValues, partial=True), request)
        with _refusals():
            return self.shown(keeping.change(found, actor=request.user, **given))

    @describe("Remove a canned response; replies that were written with it stay", gives={204: NOTHING})
    def destroy(self, request: Request, pk: int) -> Response:
        with _refusals():
            keeping.remove(access.response(request.user, pk), actor=request.user)
        return Response(status=204)


class Uses(Desk):
    """What canned responses were put into."""

    noun = "canned-responses"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE

    @describe(
        "Put a canned response into your draft on a ticket", takes=UseValues, gives=FilledSheet, status=201
    )
    def use(self, request: Request, pk: int) -> Response:
        """Below what is begun there, with its files; its actions are done at once. Nothing is sent."""
        response = access.response(request.user, pk)
        given = self.taken(UseValues)
        ticket = ticket_access.ticket(request.user, given["ticket"])
        language = given.get("language", "")
        acts = not given.get("words_only", False)
        with _refusals():
            how: dict[str, Any] = {"actor": request.user, "language": language}
            using.write(response, ticket, key=keys.unique(request), acts=acts, **how)
        filled = filling.fill(response, ticket, agent=request.user, company=Company.load(), language=language)
        names = [each.name for each in filled.files]
        told = {name: getattr(filled, name) for name in ("language", "wanted", "text", "html", "missing")}
        return Response(FilledSheet({**told, "files": names}).data, status=201)


@contextmanager
def _refusals() -> Iterator[None]:
    """Around the call of a verb: why it would not, with the field at fault."""
    try:
        yield
    except keeping.NotYours as refusal:
        raise PermissionDenied from refusal
    except keeping.TooMany as refusal:
        raise conflict("There are too many such responses already.") from refusal
    except macros.Lost as refusal:
        raise conflict(f"The actions name somebody or a team that is gone: {refusal}.") from refusal
    except keeping.Refused as refusal:
        name, text = next(iter(refusal.errors.items()))
        field, _dash, language = name.partition("-")
        places = {"body": f"wordings/{language}", "shortcut": "shortcut", "wordings": "wordings"}
        fault = Fault(f"#/{places.get(field, 'steps')}", f"It cannot be: {text}.")
        raise invalid(fault) from refusal
