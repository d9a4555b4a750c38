"""What a ticket's page shows: head, stream, composer, and the customer beside it."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.accounts.guard import StaffRequest
from tickets import access, brands, fields, linking, naming, presence, shortcuts
from tickets.classification import topics
from tickets.manners import beside
from tickets.models import CustomField, HandBack, Ticket
from tickets.web import (
    belonging,
    composer,
    due,
    kin,
    later,
    manners,
    navigation,
    rows,
    spoken,
    standing,
    stream,
    times,
    values,
    verdicts,
    writings,
)

Of = CustomField.Of


def context(request: StaffRequest, ticket: Ticket, *, whole: bool = False) -> dict[str, Any]:
    """Everything that `tickets/_ticket.html` needs; `panel` is what stands beside it on a page of its own."""
    return {
        **head(request, ticket),
        **letters(request, ticket, whole=whole),
        **composer.composer(request, ticket),
        **company(request, ticket),
    }


def company(request: StaffRequest, ticket: Ticket, *, live: bool = False) -> dict[str, Any]:
    """Colleagues on the ticket: with `live` those who look and write now; what they have begun in any case.

    The page itself asks nothing: the socket says when somebody is there, and then this is fetched.
    """
    here = presence.of([ticket.pk], but=request.user.pk).get(ticket.pk, []) if live else []
    begun = [
        each for each in writings.of(ticket) if each.due_at is None and each.author_id != request.user.pk
    ]
    drafts = [each for each in begun if each.body.strip()]
    return {"here": here, "begun_by_others": drafts}


def head(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """The subject line and the menus that change the ticket."""
    now, links = timezone.now(), kin.lines(ticket, request.user)
    return {
        "ticket": ticket,
        "brand": brands.shown(ticket.channel_id, request.user.company),
        "links": links,
        "open_parts": _open_parts(ticket, links),
        "original": next((each.other for each in links if each.relation == linking.DUPLICATE), None),
        "steps": _steps(ticket),
        "spent": times.minutes(spent) if (spent := getattr(ticket, "minutes", None)) else "",
        "watched": request.user.pk in getattr(ticket, "watchers", ()),
        "who": naming.of(ticket.customer),
        "grave": belonging.grave(ticket, request.user),
        "statuses": Ticket.Status.choices,
        "kinds": Ticket.Kind.choices,
        "verdict": verdicts.shown(ticket),
        "topic": topics.title(ticket.topic) if ticket.topic else "",
        "priorities": Ticket.Priority.choices,
        "promise": standing.of(ticket.promised_until, now, request.user.company),
        "due": due.of(ticket, now),
        "laters": later.CHOICES.items(),
        "colleagues": access.names_of_colleagues(ticket),
        "teams": navigation.teams(request),
        "back_reasons": HandBack.Reason.choices,
        "snoozed_until": _back(ticket, now),
        "waiting": times.span(ticket.waiting_since, now)
        if ticket.waiting_since and not ticket.is_finished
        else "",
    }


def letters(request: StaffRequest, ticket: Ticket, *, whole: bool = False) -> dict[str, Any]:
    shown = stream.stream(ticket, request.user, whole=whole)
    return {
        "ticket": ticket,
        "stream": shown,
        "laters": later.CHOICES.items(),
        "newest": spoken.newest(shown, request.user),
        "own_replies": spoken.own_replies(shown, request.user),
    }


def panel(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """The customer: who they are, where they write from, what they asked before; and the ticket's own fields.

    The identities are at hand since the composer asked for them; the fields' definitions are a fast query.
    """
    customer, now = ticket.customer, timezone.now()
    own, known = fields.every(), naming.identities(customer)
    place = beside.of(customer, known, now, reader=manners.reader(), written=ticket.language)
    return {
        "customer": customer,
        "shortcuts": shortcuts.of(ticket, known, user=request.user),
        "customer_initials": rows.initials(naming.of(customer)),
        "identities": known,
        "their_time": place.today if place and place.has_time else times.there(customer.time_zone, now),
        "manners": manners.shown(place),
        "expected": _told(ticket, now),
        "customer_values": [each for each in values.of_customer(customer) if each.text],
        "customer_own": values.customers_own(customer, [each for each in own if each.of == Of.CUSTOMER]),
        "notes": values.notes_of(customer),
        "ticket_values": values.of_ticket(ticket, [each for each in own if each.of == Of.TICKET]),
        "earlier": [
            (each, times.day(each.last_message_at, now))
            for each in access.earlier_tickets(request.user, ticket)
        ],
    }


def _told(ticket: Ticket, now: datetime) -> dict[str, Any]:
    """Until when the customer was told to wait, while they do, and whether that will hold."""
    until = getattr(ticket, "told_until", None)
    if until is None or ticket.told_outcome:  # type: ignore[attr-defined]
        return {}
    slips = ticket.told_slips is not None  # type: ignore[attr-defined]
    return {"when": times.day_to_come(until, now), "slips": slips and not ticket.first_replied_at}


def _steps(ticket: Ticket) -> str:
    """How much of its checklist is done, "" without one."""
    steps = getattr(ticket, "steps_done", None)
    told = {"done": sum(steps), "all": len(steps)} if steps else None
    return _("%(done)d of %(all)d done") % told if told else ""


def _open_parts(ticket: Ticket, links: list[kin.Line]) -> int:
    """How many parts of a finished ticket are not finished: they are offered to be resolved too."""
    parts = [each.other for each in links if each.relation == linking.WHOLE and each.other]
    if not ticket.is_finished:
        return 0
    return sum(each.is_on_desk and not each.is_finished for each in parts)


def _back(ticket: Ticket, now: datetime) -> str:
    """When a snoozed ticket is back; "" when only an answer brings it back."""
    if ticket.snoozed_until is None or ticket.sleeps_until_answered:
        return ""
    return times.day_to_come(ticket.snoozed_until, now)
