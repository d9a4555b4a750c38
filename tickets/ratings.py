"""Customers rate how their request was handled: once each time it is finished, changeable for some days."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.accounts.models import User
from tickets import access, events, lifecycle, notifications, reminders
from tickets.models import Customer, Event, Notification, Rating, Ticket
from tickets.models.rating import LONGEST_COMMENT

CHANGEABLE = timedelta(days=7)


class NotNow(Exception):
    """The request is not finished, or its rating stands for good; the text is for the customer."""


@transaction.atomic
def rate(ticket: Ticket, score: str, comment: str = "", *, customer: Customer) -> Rating:
    """The customer's word on this finished ticket, in place of what they said of the same resolution.

    Saying the same again does nothing. A bad one is told to the supervisors of the team. Raises NotNow, and
    ValueError for a score that is none.
    """
    score = Ticket.Score(score).value
    ticket = lifecycle.lock(ticket)
    standing = of(ticket)
    if not is_open(ticket, standing, timezone.now()):
        raise NotNow(_("This request cannot be rated now."))
    comment = comment.replace("\r\n", "\n").strip()[:LONGEST_COMMENT]
    if standing and (standing.score, standing.comment) == (score, comment):
        return standing
    before = standing.score if standing else ""
    rating = _write(standing, ticket, score, comment, customer)
    ticket.rating = score
    ticket.save(update_fields=["rating"])
    events.record(ticket, Event.Kind.RATED, actor=customer, rating=rating.pk, score=score, before=before)
    if score == Ticket.Score.BAD != before:
        notifications.notify(reminders.overseers(ticket), Notification.Kind.RATED_BAD, ticket=ticket)
    return rating


def visible(user: User) -> QuerySet[Rating]:
    """What customers said of tickets that this colleague may see."""
    return Rating.objects.filter(ticket__in=access.tickets(user))


def of(ticket: Ticket) -> Rating | None:
    """What was said of the resolution that stands."""
    if not ticket.is_finished or ticket.resolved_at is None:
        return None
    return Rating.objects.filter(ticket=ticket, resolved_at=ticket.resolved_at).first()


def is_open(ticket: Ticket, standing: Rating | None, now: datetime) -> bool:
    """Whether the customer may rate it, or change what they said. Pure."""
    if not ticket.is_finished or ticket.resolved_at is None or ticket.is_internal:
        return False
    return standing is None or now < standing.at + CHANGEABLE


def _write(standing: Rating | None, ticket: Ticket, score: str, comment: str, customer: Customer) -> Rating:
    if standing is None:
        assert ticket.resolved_at is not None  # who calls has seen that it is finished
        return Rating.objects.create(
            ticket=ticket,
            customer=customer,
            agent_id=ticket.assignee_id,
            score=score,
            comment=comment,
            resolved_at=ticket.resolved_at,
        )
    standing.score, standing.comment, standing.changed_at = score, comment, timezone.now()
    standing.save(update_fields=["score", "comment", "changed_at"])
    return standing
