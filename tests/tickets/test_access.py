"""Who may see what: each cell of the tables in docs/admin/access.md is a test."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import Http404
from django.test import Client
from django.utils import timezone

from channels_app import access as channel_access
from channels_app import inbound
from channels_app.messages import InboundMessage, Sender
from channels_app.models import Channel
from channels_app.webhooks import access as webhook_access
from channels_app.webhooks.models import Call, Webhook
from helpdesk.accounts.models import Company, Team, User
from tests.people import hire
from tickets import (
    access,
    assignment,
    bin,
    deliveries,
    drafts,
    events,
    filters,
    horizon,
    intake,
    replies,
    scheduling,
    search,
    uploads,
)
from tickets.horizon import Viewer
from tickets.models import Attachment, Customer, Delivery, Draft, Message, Organisation, Ticket, View

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[2] / "docs" / "admin" / "access.md"
ROLES = {"Agent": User.Role.AGENT, "Supervisor": User.Role.SUPERVISOR}


class Cell(NamedTuple):
    thing: str
    person: str
    allowed: bool

    def __str__(self) -> str:
        return f"{self.thing} / {self.person}"


def cells() -> Iterator[Cell]:
    """The tables of the page: what a row is about, who a column is, what the cell says."""
    people: list[str] = []
    for line in PAGE.read_text().splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")] if line.startswith("|") else []
        if not parts or set(parts[0]) == {"-"}:
            continue
        if parts[0] in ("A ticket", "Something"):
            prefix, people = ("a ticket " if parts[0] == "A ticket" else ""), parts[1:]
            continue
        for person, said in zip(people, parts[1:], strict=True):
            yield Cell(prefix + parts[0], person, {"yes": True, "no": False}[said])


class Desk:
    """Two teams with a mailbox each, and one viewer, who belongs to the first."""

    def __init__(self, person: str) -> None:
        self.own, self.other = Team.objects.create(name="Orders"), Team.objects.create(name="Returns")
        self.mailboxes = {
            team: Channel.objects.create(kind="email", name="M", address=f"m{number}@desk.example", team=team)
            for number, team in enumerate((self.own, self.other, None))
        }
        self.colleague = hire("kim@desk.example", "Kim", User.Role.ADMIN, self.own)
        self.viewer = self._viewer(person)

    def _viewer(self, person: str) -> Viewer:
        role, _comma, kind = person.partition(", ")
        Company.objects.create(pk=1, open_desk=kind == "open desk")
        if person == "Not signed in":
            return AnonymousUser()
        if person == "Deactivated admin":
            return hire("ada@desk.example", "Ada", User.Role.ADMIN, self.own, is_active=False)
        if person == "Admin":
            return hire("ada@desk.example", "Ada", User.Role.ADMIN)
        return hire("alice@desk.example", "Alice", ROLES[role], self.own)

    def ticket(self, team: Team | None, *, escalated: bool = False) -> Ticket:
        """A ticket of a customer of its own."""
        unique = uuid4().hex
        sender = Sender(identity_kind="email", identity=f"{unique}@mail.example", name="Carol")
        message = intake.receive(
            InboundMessage(
                channel_id=self.mailboxes[team].pk,
                sender=sender,
                external_id=unique,
                digest=unique,
                subject="Parcel",
                text="Where?",
            )
        )
        Ticket.objects.filter(pk=message.ticket_id).update(escalated_at=timezone.now() if escalated else None)
        return Ticket.objects.get(pk=message.ticket_id)

    def assigned(self, team: Team | None, user: Viewer) -> Ticket:
        """As it stands after its assignee has left the team."""
        ticket = self.ticket(team)
        Ticket.objects.filter(pk=ticket.pk).update(assignee=user if isinstance(user, User) else None)
        return Ticket.objects.get(pk=ticket.pk)

    def note(self, ticket: Ticket) -> Message:
        return replies.add_note(ticket, author=self.colleague, body="Careful", key=uuid4())

    def reply(self, ticket: Ticket) -> Message:
        return replies.send(ticket, author=self.colleague, body="Tomorrow", key=uuid4())

    def draft_file(self, ticket: Ticket, author: Viewer) -> Attachment:
        author = author if isinstance(author, User) else self.colleague
        draft = drafts.save(ticket, author=author, mode="reply", body="One moment")
        return drafts.attach(draft, name="a.txt", content=b"a", content_type="text/plain")

    def file(self, ticket: Ticket) -> Attachment:
        draft = drafts.save(ticket, author=self.colleague, mode="reply", body="See there")
        drafts.attach(draft, name="a.txt", content=b"a", content_type="text/plain")
        sent = replies.send(ticket, author=self.colleague, body="See there", key=uuid4(), draft=draft)
        return sent.attachments.get()

    def delivery(self, ticket: Ticket) -> Delivery:
        return self.reply(ticket).deliveries.get()


def sees_ticket(desk: Desk, ticket: Ticket) -> bool:
    """By list, by search and by its own page; each must say the same."""
    ways = {
        access.tickets(desk.viewer).filter(pk=ticket.pk).exists(),
        opens(lambda: access.ticket(desk.viewer, ticket.number), ticket),
        horizon.sees(desk.viewer, Ticket.objects.get(pk=ticket.pk)),
        access.message(desk.viewer, ticket.messages.first().pk) is not None
        if access.messages(desk.viewer).filter(ticket=ticket).exists()
        else False,
    }
    if isinstance(desk.viewer, User) and desk.viewer.is_active:
        ways.add(access.colleagues(ticket).filter(pk=desk.viewer.pk).exists())
        again = User.objects.get(pk=desk.viewer.pk)
        horizon.ask_together([again])
        ways.add(horizon.sees(again, ticket))
        ways.add(ticket in filters.listed(desk.viewer, "", query=f"#{ticket.number}").tickets)
    assert len(ways) == 1, "the ways to a ticket disagree"
    return ways.pop()


def opens(fetch: Callable[[], Model], expected: Model) -> bool:
    try:
        return fetch() == expected
    except Http404:
        return False


def sees_message(desk: Desk, message: Message) -> bool:
    listed = access.messages(desk.viewer).filter(pk=message.pk).exists()
    assert opens(lambda: access.message(desk.viewer, message.pk), message) is listed
    return listed


def sees_file(desk: Desk, file: Attachment) -> bool:
    return opens(lambda: access.attachment(desk.viewer, file.pk), file)


def sees_delivery(desk: Desk, delivery: Delivery) -> bool:
    listed = access.deliveries(desk.viewer).filter(pk=delivery.pk).exists()
    assert opens(lambda: access.outgoing(desk.viewer, delivery.pk), delivery) is listed
    assert opens(lambda: access.delivery(desk.viewer, delivery.pk), delivery) is listed
    return listed


def sees_customer(desk: Desk, ticket: Ticket) -> bool:
    return access.customers(desk.viewer).filter(pk=ticket.customer_id).exists()


def sees_organisation(desk: Desk, ticket: Ticket) -> bool:
    lakeside = Organisation.objects.create(name="Lakeside")
    Customer.objects.filter(pk=ticket.customer_id).update(organisation=lakeside)
    return access.organisations(desk.viewer).filter(pk=lakeside.pk).exists()


def sees_stranger(desk: Desk) -> bool:
    stranger = Customer.objects.create(name="Nobody has heard of")
    listed = access.customers(desk.viewer).filter(pk=stranger.pk).exists()
    assert opens(lambda: access.customer(desk.viewer, stranger.pk), stranger) is listed
    return listed


def sees_upload(desk: Desk, uploader: Viewer) -> bool:
    uploader = uploader if isinstance(uploader, User) else desk.colleague
    file = uploads.keep(uploader, name="a.txt", content=b"a", content_type="text/plain")
    assert access.uploads(desk.viewer).filter(pk=file.pk).exists() is sees_file(desk, file)
    return sees_file(desk, file)


def sees_view(desk: Desk, *, owner: Viewer | None = None, team: Team | None = None) -> bool:
    view = View.objects.create(title="V", owner=owner if isinstance(owner, User) else None, team=team)
    if isinstance(owner, AnonymousUser):
        return False
    listed = access.views(desk.viewer).filter(pk=view.pk).exists()
    assert opens(lambda: access.view(desk.viewer, view.pk), view) is listed
    return listed


def shapes_view(desk: Desk, team: Team | None) -> bool:
    return access.may_shape(desk.viewer, owner_id=None, team_id=team.pk if team else None)


def hears(desk: Desk, ticket: Ticket) -> bool:
    listens = {f"ticket-{ticket.pk}", *access.groups(desk.viewer)}
    return bool(listens & set(events.hints(ticket)) - {f"ticket-{ticket.pk}"})


def takes_back(desk: Desk, ticket: Ticket) -> bool:
    due = timezone.now() + timedelta(hours=1)
    row = scheduling.queue(ticket, author=desk.colleague, mode="reply", body="Later", key=uuid4(), due_at=due)
    assert isinstance(row, Draft)
    return opens(lambda: access.queued(desk.viewer, row.pk), row)


def sees_record(desk: Desk, team: Team | None) -> bool:
    record = inbound.journal(desk.mailboxes[team], "x", b"x")
    listed = channel_access.records(desk.viewer).filter(pk=record.pk).exists()
    assert opens(lambda: channel_access.record(desk.viewer, record.pk), record) is listed
    return listed


def sees_channel(desk: Desk) -> bool:
    mailbox = desk.mailboxes[desk.own]
    listed = channel_access.channels(desk.viewer).filter(pk=mailbox.pk).exists()
    assert opens(lambda: channel_access.channel(desk.viewer, mailbox.pk), mailbox) is listed
    return listed


def sees_notice(desk: Desk) -> bool:
    notice = deliveries.queue(Delivery.Kind.NOTICE, recipients={"to": ["bob@desk.example"]})
    listed = access.notices(desk.viewer).filter(pk=notice.pk).exists()
    assert opens(lambda: access.outgoing(desk.viewer, notice.pk), notice) is listed
    return listed


def sees_webhook(desk: Desk) -> bool:
    webhook = Webhook.objects.create(name="CRM", url="https://crm.example/")
    delivery = deliveries.queue(Delivery.Kind.WEBHOOK, lane=webhook.pk)
    call = Call.objects.create(webhook=webhook, delivery=delivery, type="x")
    seen = opens(lambda: webhook_access.webhook(desk.viewer, webhook.pk), webhook)
    assert opens(lambda: webhook_access.call(desk.viewer, call.pk), call) is seen
    return seen


def enters_admin(desk: Desk) -> bool:
    client = Client()
    if isinstance(desk.viewer, User):
        client.force_login(desk.viewer)
    return client.get("/admin/").status_code == 200


def put(verb: Callable[..., Ticket], desk: Desk, team: Team) -> Ticket:
    return verb(desk.ticket(team), actor=desk.colleague)


THINGS: dict[str, Callable[[Desk], bool]] = {
    "a ticket of one of their teams": lambda d: sees_ticket(d, d.ticket(d.own)),
    "a ticket of no team": lambda d: sees_ticket(d, d.ticket(None)),
    "a ticket of another team": lambda d: sees_ticket(d, d.ticket(d.other)),
    "a ticket of another team, escalated": lambda d: sees_ticket(d, d.ticket(d.other, escalated=True)),
    "a ticket of another team, assigned to them": lambda d: sees_ticket(d, d.assigned(d.other, d.viewer)),
    "a ticket of one of their teams, assigned to somebody else": lambda d: sees_ticket(
        d, d.assigned(d.own, d.colleague)
    ),
    "a ticket of one of their teams, marked as spam": lambda d: sees_ticket(d, put(bin.mark_spam, d, d.own)),
    "a ticket of one of their teams, in the bin": lambda d: sees_ticket(d, put(bin.delete, d, d.own)),
    "a ticket of another team, marked as spam": lambda d: sees_ticket(d, put(bin.mark_spam, d, d.other)),
    "a ticket of another team, in the bin": lambda d: sees_ticket(d, put(bin.delete, d, d.other)),
    "a message on a ticket of their team": lambda d: sees_message(d, d.reply(d.ticket(d.own))),
    "a message on a ticket of another team": lambda d: sees_message(d, d.reply(d.ticket(d.other))),
    "a note on a ticket of their team": lambda d: sees_message(d, d.note(d.ticket(d.own))),
    "a note on a ticket of another team": lambda d: sees_message(d, d.note(d.ticket(d.other))),
    "a note on an escalated ticket of another team": lambda d: sees_message(
        d, d.note(d.ticket(d.other, escalated=True))
    ),
    "a file on a ticket of their team": lambda d: sees_file(d, d.file(d.ticket(d.own))),
    "a file on a ticket of another team": lambda d: sees_file(d, d.file(d.ticket(d.other))),
    "a file in their own draft on a ticket of their team": lambda d: sees_file(
        d, d.draft_file(d.ticket(d.own), d.viewer)
    ),
    "a file in their own draft on a ticket of another team": lambda d: sees_file(
        d, d.draft_file(d.ticket(d.other), d.viewer)
    ),
    "a file in a colleague's draft on a ticket of their team": lambda d: sees_file(
        d, d.draft_file(d.ticket(d.own), d.colleague)
    ),
    "a colleague's reply that waits for its time, to take it back": lambda d: takes_back(d, d.ticket(d.own)),
    "a delivery on a ticket of their team": lambda d: sees_delivery(d, d.delivery(d.ticket(d.own))),
    "a delivery on a ticket of another team": lambda d: sees_delivery(d, d.delivery(d.ticket(d.other))),
    "a delivery on an escalated ticket of another team": lambda d: sees_delivery(
        d, d.delivery(d.ticket(d.other, escalated=True))
    ),
    "a customer with a ticket of their team": lambda d: sees_customer(d, d.ticket(d.own)),
    "a customer with tickets of other teams alone": lambda d: sees_customer(d, d.ticket(d.other)),
    "a customer without any ticket": sees_stranger,
    "an organisation with a customer of their team": lambda d: sees_organisation(d, d.ticket(d.own)),
    "an organisation with customers of other teams alone": lambda d: sees_organisation(d, d.ticket(d.other)),
    "a file that they sent ahead": lambda d: sees_upload(d, d.viewer),
    "a file that a colleague sent ahead": lambda d: sees_upload(d, d.colleague),
    "a saved view of their own": lambda d: sees_view(d, owner=d.viewer),
    "a saved view of a colleague": lambda d: sees_view(d, owner=d.colleague),
    "a saved view of their team": lambda d: sees_view(d, team=d.own),
    "a saved view of another team": lambda d: sees_view(d, team=d.other),
    "a saved view of everybody": lambda d: sees_view(d),
    "changing a saved view of their team": lambda d: shapes_view(d, d.own),
    "changing a saved view of another team": lambda d: shapes_view(d, d.other),
    "changing a saved view of everybody": lambda d: shapes_view(d, None),
    "an event on a ticket of their team": lambda d: (
        access.events(d.viewer).filter(ticket=d.ticket(d.own)).exists()
    ),
    "an event on a ticket of another team": lambda d: (
        access.events(d.viewer).filter(ticket=d.ticket(d.other)).exists()
    ),
    "a live hint that a ticket of their team changed": lambda d: hears(d, d.ticket(d.own)),
    "a live hint that a ticket of another team changed": lambda d: hears(d, d.ticket(d.other)),
    "a live hint that an escalated ticket of another team changed": lambda d: hears(
        d, d.ticket(d.other, escalated=True)
    ),
    "quarantined mail of their team's mailbox": lambda d: sees_record(d, d.own),
    "quarantined mail of a mailbox without a team": lambda d: sees_record(d, None),
    "quarantined mail of another team's mailbox": lambda d: sees_record(d, d.other),
    "the name and address of their team's mailbox": lambda d: (
        access.channels(d.viewer).filter(pk=d.mailboxes[d.own].pk).exists()
    ),
    "the name and address of another team's mailbox": lambda d: (
        access.channels(d.viewer).filter(pk=d.mailboxes[d.other].pk).exists()
    ),
    "the settings of their team's mailbox": sees_channel,
    "the desk's own mail that was not sent": sees_notice,
    "a webhook and its log": sees_webhook,
    "the admin pages": enters_admin,
}


@pytest.mark.parametrize("cell", list(cells()), ids=str)
def test_the_table_tells_the_truth(cell: Cell):
    assert THINGS[cell.thing](Desk(cell.person)) is cell.allowed


def test_every_row_of_the_page_is_tested_for_seven_people():
    found = list(cells())
    assert {cell.thing for cell in found} == set(THINGS)
    assert len({cell.person for cell in found}) == 7
    assert len(found) == 7 * len(THINGS)


def test_search_finds_only_what_one_may_see(ticket, alice, mallory):
    search.index(ticket.messages.values_list("pk", flat=True))
    assert filters.listed(alice, "", query="parcel").tickets == [ticket]
    assert filters.listed(mallory, "", query="parcel").tickets == []


def test_nobody_is_given_a_ticket_they_may_not_see(ticket, mallory, alice):
    with pytest.raises(assignment.CannotTake):
        assignment.assign(ticket, mallory, actor=alice)


def test_what_a_colleague_may_see_is_asked_anew_at_each_request(ticket, mallory, orders):
    assert not access.tickets(mallory).exists()
    mallory.memberships.create(team=orders)
    assert access.tickets(User.objects.get(pk=mallory.pk)).get() == ticket


def test_an_unknown_number_and_a_hidden_one_look_alike(ticket, mallory):
    for number in (ticket.number, 999_999):
        with pytest.raises(Http404):
            access.ticket(mallory, number)
