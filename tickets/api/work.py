"""What is done on a ticket: its checklist, time spent, buttons into other systems, the ticket as a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest import keys, problems
from helpdesk.rest.fields import Strict, Text
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Bytes, Desk, WhateverIsThere
from tickets import access, checklists, exporting, horizon, shortcuts, timing
from tickets.models import Checklist, Step, Ticket, TimeSpent
from tickets.models.work import DAY, LONGEST_STEP

BY_AGE = {"id": ("id",), "-id": ("-id",)}
NOTES = OpenApiParameter("notes", bool, description="With the notes of colleagues.")


class StepSheet(Sheet):
    """A line of a ticket's checklist."""

    related = ("ticket", "done_by", "made_by")

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    done_by = Named(read_only=True, allow_null=True)
    made_by = Named(read_only=True)

    class Meta:
        model = Step
        fields = ("id", "ticket", "text", "done_by", "done_at", "made_by", "made_at")
        read_only_fields = fields


class ChecklistSheet(Sheet):
    """Steps that are put on a ticket together."""

    team = serializers.IntegerField(source="team_id", read_only=True, allow_null=True)

    class Meta:
        model = Checklist
        fields = ("id", "title", "team", "steps")
        read_only_fields = fields


class TimeSheet(Sheet):
    """Minutes that a colleague worked on a ticket."""

    related = ("ticket", "user")

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    user = Named(read_only=True)

    class Meta:
        model = TimeSpent
        fields = ("id", "ticket", "user", "minutes", "note", "at")
        read_only_fields = fields


class NewStep(Strict):
    text = Text(max_length=LONGEST_STEP)


class Ticked(Strict):
    done = serializers.BooleanField()


class Chosen(Strict):
    checklist = serializers.IntegerField(min_value=1, help_text="The id of a checklist of the ticket's team.")


class Spent(Strict):
    minutes = serializers.IntegerField(min_value=1, max_value=DAY)
    note = Text(max_length=200, required=False, default="", allow_blank=True)


class ShortcutSheet(serializers.Serializer[Any]):
    """A button of the ticket; `url` is empty where something it names is not known here."""

    label = serializers.CharField(read_only=True)
    url = serializers.CharField(read_only=True)


@contextmanager
def _room() -> Iterator[None]:
    """Around steps that are added."""
    try:
        yield
    except checklists.NothingToDo as refusal:
        raise problems.invalid(problems.Fault("#/text", "A step has words.")) from refusal
    except checklists.TooManySteps as refusal:
        raise problems.conflict(f"A ticket has at most {checklists.MOST} steps.") from refusal


class Checklists(Desk):
    """Checklists to put on tickets: those of the caller's teams and of all."""

    noun = "checklists"
    reads = Scope.TICKETS_READ
    sheet = ChecklistSheet
    orders = BY_AGE

    @describe("List checklists", gives=ChecklistSheet)
    def list(self, request: Request) -> Response:
        seen = Checklist.objects.filter(is_active=True)
        if not horizon.sees_everything(request.user):
            seen = seen.filter(Q(team=None) | Q(team__in=horizon.team_ids(request.user)))
        return self.listed(seen)


class OfTicket(Desk):
    """Rows of one ticket, found as the caller sees it."""

    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    orders = BY_AGE
    rows: ClassVar[str]
    """The ticket's relation that holds them."""

    def of(self, ticket: Ticket) -> QuerySet[Any]:
        found: QuerySet[Any] = getattr(ticket, self.rows).all()
        return found

    def row(self, number: int, pk: int) -> Any:
        """The row with its ticket at hand; raises Http404."""
        ticket = access.ticket(self.request.user, number)
        return get_object_or_404(self.of(ticket).select_related("ticket"), pk=pk)

    def made(self, ticket: Ticket, row: Model) -> Response:
        return self.shown(self.one(self.of(ticket), pk=row.pk), status=201)


class Steps(OfTicket):
    """The checklist of a ticket."""

    noun = "steps"
    sheet, rows = StepSheet, "steps"

    @describe("List the steps of a ticket", gives=StepSheet)
    def list(self, request: Request, number: int) -> Response:
        return self.listed(self.of(access.ticket(request.user, number)))

    @describe("Add a step", takes=NewStep, gives=StepSheet, status=201)
    def create(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(NewStep)
        with _room():
            made = checklists.add(ticket, given["text"], actor=request.user)
        return self.made(ticket, made)

    @describe(
        "Put a checklist on the ticket: the steps it has not yet", takes=Chosen, gives=NOTHING, status=204
    )
    def use(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        template = checklists.templates(ticket).filter(pk=self.taken(Chosen)["checklist"]).first()
        if template is None:
            raise problems.conflict("There is no such checklist for this ticket.", "#/checklist")
        with _room():
            checklists.use(template, ticket, actor=request.user)
        return Response(status=204)

    @describe("Tick a step, or take the tick away", takes=Ticked, gives=StepSheet)
    def partial_update(self, request: Request, number: int, pk: int) -> Response:
        step = self.row(number, pk)
        checklists.tick(step, done=self.taken(Ticked)["done"], actor=request.user)
        return self.shown(self.one(self.of(step.ticket), pk=pk))

    @describe("Take a step away", gives=NOTHING, status=204)
    def destroy(self, request: Request, number: int, pk: int) -> Response:
        checklists.remove(self.row(number, pk), actor=request.user)
        return Response(status=204)


class Times(OfTicket):
    """The time spent on a ticket."""

    noun = "time"
    sheet, rows = TimeSheet, "time_spent"

    @describe("List the time spent on a ticket", gives=TimeSheet)
    def list(self, request: Request, number: int) -> Response:
        return self.listed(self.of(access.ticket(request.user, number)))

    @describe("Write down time of your own", takes=Spent, gives=TimeSheet, status=201)
    def create(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(Spent)
        made = timing.spend(
            ticket, given["minutes"], user=request.user, key=keys.unique(request), note=given["note"]
        )
        return self.made(ticket, made)

    @describe("Take time away: your own, as a supervisor anybody's", gives=NOTHING, status=204)
    def destroy(self, request: Request, number: int, pk: int) -> Response:
        spent = self.row(number, pk)
        try:
            timing.remove(spent, actor=request.user)
        except timing.NotYours as refusal:
            raise PermissionDenied from refusal
        return Response(status=204)


class Shortcuts(Desk):
    """The buttons of a ticket that lead into other systems."""

    noun = "shortcuts"
    reads = Scope.TICKETS_READ

    @describe("List the buttons of a ticket", gives=ShortcutSheet(many=True))
    def buttons(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        known = list(ticket.customer.identities.all())
        found = shortcuts.of(ticket, known, user=request.user)
        return Response([{"label": label, "url": url} for label, url in found])


class TicketFiles(Desk):
    """A whole ticket as a file. Who took it stands in its history and in the audit log."""

    noun = "tickets"
    reads = Scope.TICKETS_READ
    renderer_classes = [Bytes]
    content_negotiation_class = WhateverIsThere
    parameters: ClassVar[tuple[str, ...]] = ("notes",)

    @describe("A ticket as a PDF", gives={(200, "application/pdf"): OpenApiTypes.BINARY}, parameters=(NOTES,))
    def pdf(self, request: Request, number: int) -> FileResponse:
        return self._file(number, "pdf", "pdf")

    @describe(
        "A ticket's mails as an archive of .eml files",
        gives={(200, "application/zip"): OpenApiTypes.BINARY},
        parameters=(NOTES,),
    )
    def eml(self, request: Request, number: int) -> FileResponse:
        return self._file(number, "eml", "zip")

    def _file(self, number: int, form: str, ending: str) -> FileResponse:
        ticket = access.ticket(self.request.user, number)
        notes = self.request.query_params.get("notes", "false")
        if notes not in ("true", "false"):
            raise problems.bad_parameter(("notes", "Either true or false."))
        try:
            made = exporting.take(ticket, form, notes=notes == "true", actor=self.request.user)
        except exporting.TooOften as refusal:
            raise problems.conflict("These were many tickets at once. Try again in ten minutes.") from refusal
        except exporting.TooBig as refusal:
            raise problems.conflict("Its files are too large for one archive.") from refusal
        kind = exporting.FORMS[form][0]
        return FileResponse(made, as_attachment=True, filename=f"ticket-{number}.{ending}", content_type=kind)
