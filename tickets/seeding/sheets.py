"""The rows of a stretch of tickets, table by table, as lines for COPY."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from django.db.models import Model

from channels_app.messages import outbound_id
from channels_app.models import InboundRecord
from tickets.lifecycle import preview
from tickets.models import Attachment, Delivery, Event, Message, Ticket
from tickets.seeding import copying, people
from tickets.seeding.histories import Happened, History, Plan, Said, history

TABLES = {
    InboundRecord: (
        "id channel_id source_key state sender_key envelope body body_sha256 "
        "size received_at arrived_at message_id attempts error done_at"
    ),
    Ticket: (
        "id number subject status folder folder_since kind priority customer_id channel_id team_id "
        "assignee_id tags language preview created_at last_message_at waiting_since first_replied_at "
        "resolved_at closed_at"
    ),
    Message: (
        "id ticket_id direction author_id customer_id channel_id record_id external_id digest id_reused "
        "is_automatic subject sender_name sender_address recipients text html language sent_at created_at"
    ),
    Attachment: (
        "id message_id sha256 name content_type content_id inline size state sniffed_type dangers entries"
    ),
    Event: "id kind ticket_id message_id user_id customer_id data at",
    Delivery: (
        "id kind state urgency message_id channel_id recipients payload external_id outcomes attempts "
        "due_at sent_at error created_at"
    ),
}
FIRST_NUMBER = 1000
Direction = Message.Direction
Row = tuple[Any, ...]


class Sheets:
    """Turns stretches of tickets into rows; ids go on from one stretch to the next."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.next_id = dict.fromkeys(TABLES, 1)

    def stretch(self, numbers: Iterable[int]) -> dict[type[Model], bytes]:
        """The lines of these tickets for each table, in the order in which foreign keys want them."""
        past = [history(self.plan, number) for number in numbers]
        spoken = sorted(((said, one) for one in past for said in one.said), key=lambda pair: pair[0].at)
        happened = sorted(
            ((event, one) for one in past for event in one.happened), key=lambda pair: pair[0].at
        )
        sheets: dict[type[Model], list[Row]] = {table: [] for table in TABLES}
        for said, one in spoken:
            self._speak(sheets, said, one)
        sheets[Ticket] = [_ticket(one) for one in past]
        sheets[Event] = [self._event(event, one) for event, one in happened]
        return {table: copying.rows(rows) for table, rows in sheets.items()}

    def _id(self, table: type[Model]) -> int:
        self.next_id[table] += 1
        return self.next_id[table] - 1

    def _speak(self, sheets: dict[type[Model], list[Row]], said: Said, one: History) -> None:
        said.pk = self._id(Message)
        if said.direction == Direction.IN:
            sheets[InboundRecord].append(self._record(said, one))
        elif said.direction == Direction.OUT:
            said.external_id = outbound_id(one.pk, "desk.example")
            sheets[Delivery].append(self._delivery(said, one))
        sheets[Message].append(_message(said, one))
        for index in said.files:
            digest, name, content_type, size = self.plan.files[index]
            attachment = self._id(Attachment)
            row = (attachment, said.pk, digest, name, content_type, "", False, size)
            sheets[Attachment].append((*row, "clean", content_type, [], []))

    def _record(self, said: Said, one: History) -> Row:
        said.record = self._id(InboundRecord)
        said.external_id = f"m{said.pk}@{one.customer.address.partition('@')[2]}"
        body = _raw(said, one)
        said.digest = hashlib.sha256(body).hexdigest()
        source, address = f"INBOX:1:{said.record}", one.customer.address
        head: Row = (said.record, one.channel[0], source, "done", address, {"from": address})
        done = said.at + timedelta(seconds=0.4)
        times: Row = (said.at, said.at, said.external_id)
        return (*head, copying.Raw(body), "", len(body), *times, 1, "", done)

    def _delivery(self, said: Said, one: History) -> Row:
        pk = self._id(Delivery)
        state, error = ("failed", "550 5.1.1 no such mailbox") if pk % 331 == 0 else ("sent", "")
        to = {"to": [one.customer.address], "cc": []}
        head: Row = (pk, "message", state, 0, said.pk, one.channel[0], to, {}, said.external_id, {}, 1)
        return (*head, said.at, said.at if state == "sent" else None, error, said.at)

    def _event(self, event: Happened, one: History) -> Row:
        message = event.said.pk if event.said else None
        customer = one.customer.number if event.by_customer else None
        return (self._id(Event), event.kind, one.pk, message, event.user, customer, event.data, event.at)


def _ticket(one: History) -> Row:
    last = one.said[-1]
    public = [said for said in one.said if said.direction != Direction.NOTE]
    replied = next((said.at for said in one.said if said.direction == Direction.OUT), None)
    waiting = public[-1].at if public[-1].direction == Direction.IN and one.resolved_at is None else None
    put_away = last.at if one.folder != Ticket.Folder.DESK else None
    return (
        *(
            one.pk,
            FIRST_NUMBER + one.pk,
            one.subject,
            one.status,
            one.folder,
            put_away,
            one.kind,
            one.priority,
        ),
        *(one.customer.number, one.channel[0], one.channel[2], one.assignee, one.tags, one.customer.language),
        *(preview(public[-1].text), one.said[0].at, public[-1].at, waiting, replied),
        *(one.resolved_at, one.closed_at),
    )


def _message(said: Said, one: History) -> Row:
    who = one.customer
    incoming, note = said.direction == Direction.IN, said.direction == Direction.NOTE
    to = [one.channel[1]] if incoming else [who.address]
    return (
        *(said.pk, one.pk, said.direction, said.author, who.number if incoming else None),
        *(None if note else one.channel[0], said.record, said.external_id, said.digest, False, False),
        *("" if note else one.subject, who.name if incoming else "", who.address if incoming else ""),
        *(
            {} if note else {"to": to, "cc": []},
            said.text,
            "",
            who.language,
            None if note else said.at,
            said.at,
        ),
    )


def _raw(said: Said, one: History) -> bytes:
    """The mail as it came: small, plain and in UTF-8."""
    return "\r\n".join(_lines(said, one)).encode()


def _lines(said: Said, one: History) -> Iterator[str]:
    yield f"From: {one.customer.sender}"
    yield f"To: {one.channel[1]}"
    yield f"Subject: {people.in_header(one.subject)}"
    yield f"Message-ID: <{said.external_id}>"
    yield f"Date: {format_datetime(said.at)}"
    yield "MIME-Version: 1.0"
    yield "Content-Type: text/plain; charset=utf-8"
    yield "Content-Transfer-Encoding: 8bit"
    yield ""
    yield said.text
