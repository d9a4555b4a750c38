"""Plays one story through the desk's own doors, in one transaction, as far as it has come by now."""

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from channels_app import inbound
from channels_app.models import Channel
from helpdesk.accounts.models import User
from helpdesk.demo import chatter, crowd, letters, rota, shop, wording
from helpdesk.demo.casting import Casting
from helpdesk.demo.clock import Clock
from helpdesk.demo.crowd import Person
from helpdesk.demo.script import Step
from helpdesk.demo.shop import Staff
from tickets import assignment, bin, drafts, fates, lifecycle, properties, replies
from tickets.models import Delivery, Draft, Message, Ticket
from tickets.recipients import Recipients

OFFICE = ZoneInfo("Europe/Budapest")
OPENS, CLOSES = 8, 20
CLOSED_AFTER = timedelta(days=7)
ROUTED = 3  # but for each third, tickets were given by the desk
NO_ROOM = "552 5.2.2 This mailbox is full"
CARRIER = ("Parcelway Claims", "claims@parcelway.example")
NEAR_FULL = "452 4.2.2 The mailbox is full; tried for two days"


@transaction.atomic
def play(casting: Casting, staff: Staff, now: datetime) -> None:
    """Play the story of this casting up to `now`."""
    Performance(casting, staff, now).play()


class Performance:
    def __init__(self, casting: Casting, staff: Staff, now: datetime) -> None:
        self.casting, self.staff, self.now = casting, staff, now
        self.rng = random.Random(casting.number)
        self.clock = Clock()
        self.mailbox: Channel = staff.mailboxes[casting.story.facts["team"]]
        self.person = self._named(casting.person)
        products = casting.story.list_of("product")
        self.blanks = wording.slots(self.person, shop.given_name(casting.agent), products, self.rng)
        self.subject = self._words(casting.story.facts["subject"], casting.opened)
        self.ticket: Ticket | None = None
        self.forwarded: Message | None = None
        self.records: list[int] = []
        self.said: list[str] = []
        self.in_hand = False
        self.at = casting.opened
        self.acts: dict[str, Callable[[Step], None]] = {
            "customer": lambda step: self._write(step, self.person),
            "partner": lambda step: self._write(step, casting.partner),
            "automatic": lambda step: self._write(step, self.person, {"Auto-Submitted": "auto-replied"}),
            "agent": self._answer,
            "forward": self._forward,
            "carrier": self._carrier_answers,
            "note": lambda step: self._note(step, casting.agent),
            "supervisor-note": lambda step: self._note(step, staff.colleagues["sam"]),
        }

    def play(self) -> None:
        crowd.settle(self.person, self.at, self.rng)
        for step in chatter.spelled_out(self.casting.story.steps):
            self.at = self._moment(step)
            if self.at > self.now:
                break
            self.clock.strike(self.at)
            self.acts[step.who](step)
        self._end()
        if self.ticket:
            self.clock.set_back(self.ticket, self.records)
            Ticket.objects.filter(pk=self.ticket.pk).update(number=self.casting.number)

    def _moment(self, step: Step) -> datetime:
        """When the step happens: the team works from eight to eight, customers whenever they like."""
        at = self.at + step.after * self.rng.uniform(0.7, 1.3) + timedelta(seconds=self.rng.randint(1, 50))
        return at if step.who in ("customer", "partner", "automatic") else office_hours(at)

    def _write(self, step: Step, person: Person, headers: dict[str, str] | None = None) -> None:
        """A mail comes in, raw, and is journaled and understood like any other."""
        number = self.casting.number
        cid = f"picture{number}@{person.address.partition('@')[2]}"
        self.blanks["cid"] = cid
        text = self._words(step.text, self.at)
        html = text if "html" in step.options else ""
        names = [name for name in step.options.get("files", "").split(",") if name]
        files = [letters.file(name, number) for name in names if name != "inline"]
        message_id = f"{uuid.UUID(int=self.rng.getrandbits(128)).hex}@{person.address.partition('@')[2]}"
        raw = letters.mail(
            sender=(person.full, person.address),
            to=self.mailbox.address,
            subject=f"Re: {self.subject}" if self.said else self.subject,
            message_id=message_id,
            at=self.at,
            text=wording.plain(html) if html else text,
            html=html,
            cc=[self.casting.partner.address] if "cc" in step.options else [],
            answers=self.said,
            files=files,
            inline=(cid, letters.file("inline", number)) if "inline" in names else None,
            headers=headers,
        )
        record = self._journal(raw, message_id, person.address)
        message = Message.objects.select_related("ticket").get(record_id=record)
        self.ticket = message.ticket
        self.said.append(message.external_id)

    def _answer(self, step: Step) -> None:
        ticket = self._take()
        text = self._words(step.text, self.at)
        files = [
            letters.file(name, self.casting.number)
            for name in step.options.get("files", "").split(",")
            if name
        ]
        message = replies.send(
            ticket,
            author=self.casting.agent,
            body=text,
            key=self._key(),
            draft=self._draft(ticket, text, files) if files else None,
            cc=[self.casting.partner.address] if "cc" in step.options else [],
            status=step.options.get("then", ""),
        )
        self.said.append(message.external_id)
        self._deliver(message, step.options.get("delivery", "sent"))

    def _forward(self, step: Step) -> None:
        """The customer's last message goes to the carrier, with its files."""
        ticket = self._take()
        asked = ticket.messages.filter(direction=Message.Direction.IN).latest("id")
        draft = drafts.begin(
            ticket,
            author=self.casting.agent,
            mode=Draft.Mode.FORWARD,
            answers=asked,
            meant=Recipients(to=[CARRIER[1]], names={CARRIER[1]: CARRIER[0]}),
        )
        self.forwarded = replies.forward(
            ticket,
            author=self.casting.agent,
            body=self._words(step.text, self.at),
            key=self._key(),
            answers=asked,
            to=draft.to,
            draft=draft,
        )
        self._deliver(self.forwarded, "sent")

    def _carrier_answers(self, step: Step) -> None:
        assert self.forwarded is not None, "a carrier answers what was forwarded"
        raw = letters.mail(
            sender=CARRIER,
            to=self.mailbox.address,
            subject=f"Re: Fwd: {self.subject}",
            message_id=f"claim{self.casting.number}@{CARRIER[1].partition('@')[2]}",
            at=self.at,
            text=self._words(step.text, self.at),
            answers=[self.forwarded.external_id],
        )
        self._journal(raw, f"claim.{self.casting.number}", CARRIER[1])

    def _note(self, step: Step, author: User) -> None:
        replies.add_note(self._take(), author=author, body=self._words(step.text, self.at), key=self._key())

    def _take(self) -> Ticket:
        """The agent takes the ticket in hand before the first answer."""
        assert self.ticket is not None, "a story begins with its customer"
        if not self.in_hand:
            self.in_hand = True
            facts, agent = self.casting.story.facts, self.casting.agent
            self.clock.strike(self.at - timedelta(minutes=self.rng.randint(2, 6)))
            taken_by = self.rng.choice([agent, self.staff.colleagues["sam"]])
            if self.casting.number % ROUTED:
                assignment.assign(self.ticket, agent, actor=None, why=rota.why(agent, self.casting.number))
            else:
                assignment.assign(self.ticket, agent, actor=taken_by)
            properties.set_kind(self.ticket, facts.get("kind", ""), actor=agent)
            urgency = Ticket.Priority[facts.get("priority", "normal").upper()]
            properties.set_priority(self.ticket, urgency, actor=agent)
            properties.set_tags(self.ticket, self.casting.story.list_of("tags"), actor=agent)
            self.clock.strike(self.at)
        return self.ticket

    def _deliver(self, message: Message, outcome: str) -> None:
        """What became of it: the demo's old mails never went through a wire."""
        delivery = Delivery.objects.get(message=message)
        if outcome == "full":
            return fates.delivery_failed(delivery, NEAR_FULL)
        if outcome == "partly":
            return self._deliver_partly(message, delivery)
        known = outcome != "unknown"
        delivery.state = Delivery.State.SENT if known else Delivery.State.UNKNOWN
        delivery.sent_at = timezone.now() if known else None
        delivery.attempts = 1
        delivery.save()
        if outcome == "failed":
            self.clock.strike(self.at + timedelta(minutes=1))
            raw = letters.bounce(
                recipient=message.to[0],
                to=self.mailbox.address,
                message_id=message.external_id,
                at=self.at,
                reason="550 5.1.1 No such mailbox here",
            )
            self._journal(raw, f"bounce.{message.external_id}", "")
        return None

    def _deliver_partly(self, message: Message, delivery: Delivery) -> None:
        """The customer has it; the mailbox of who is in copy is full."""
        reached = {"ok": True, "at": self.at.isoformat()}
        refused = {"ok": False, "permanent": True, "reason": NO_ROOM}
        delivery.outcomes = {message.to[0]: reached, message.cc[0]: refused}
        delivery.attempts, delivery.sent_at = 4, timezone.now()
        delivery.save()
        fates.delivery_failed(delivery, f"{message.cc[0]}: {NO_ROOM}")

    def _end(self) -> None:
        """What happens without words: put away, taken in hand, resolved after thanks, closed a week later."""
        ticket = self.ticket
        if ticket is None:
            return
        put_away = {"spam": bin.mark_spam, "bin": bin.delete}.get(self.casting.story.facts.get("folder", ""))
        if put_away:
            self.clock.strike(min(self.at + timedelta(minutes=25), self.now))
            put_away(ticket, actor=self.casting.agent)
        elif not self.in_hand and self.now - self.at > timedelta(hours=1) and self.rng.random() < 0.5:
            self.at = min(self.at + timedelta(minutes=30), self.now)
            self._take()
        ticket.refresh_from_db()
        if ticket.status == Ticket.Status.OPEN and self.at < self.now - timedelta(days=1):
            self.at += timedelta(hours=1)
            self.clock.strike(self.at)
            ticket = lifecycle.resolve(ticket, actor=self.casting.agent)
        if ticket.status == Ticket.Status.RESOLVED and self.at + CLOSED_AFTER < self.now:
            self.clock.strike(self.at + CLOSED_AFTER)
            lifecycle.set_status(ticket, Ticket.Status.CLOSED, actor=None)

    def _journal(self, raw: bytes, source: str, sender: str) -> int:
        record = inbound.journal(self.mailbox, f"demo:{source}"[:200], raw, sender_key=sender)
        assert record is not None, "every mail of the demo is a new one"
        inbound.process(record)
        self.records.append(record.pk)
        return record.pk

    def _draft(self, ticket: Ticket, text: str, files: list[letters.File]) -> Draft:
        draft = drafts.save(ticket, author=self.casting.agent, mode=Draft.Mode.REPLY, body=text)
        for one in files:
            drafts.attach(draft, name=one.name, content=one.content, content_type=one.content_type)
        return draft

    def _words(self, text: str, at: datetime) -> str:
        return wording.filled(text, self.blanks, at, self.casting.language, self.rng)

    def _key(self) -> uuid.UUID:
        return uuid.UUID(int=self.rng.getrandbits(128))

    def _named(self, person: Person) -> Person:
        return crowd.renamed(person, self.casting.story.facts.get("customer", ""))


def office_hours(at: datetime) -> datetime:
    """This moment, or the next morning when nobody works then."""
    local = at.astimezone(OFFICE)
    if OPENS <= local.hour < CLOSES:
        return at
    day = local if local.hour < OPENS else local + timedelta(days=1)
    return day.replace(hour=OPENS, minute=5 + local.minute // 2).astimezone(at.tzinfo)
