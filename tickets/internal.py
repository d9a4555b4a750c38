"""Internal tickets: work among colleagues that belongs to a customer's ticket, whom no word of it reaches.

It is a ticket like any other, with a team, an assignee and a status, and made of notes alone: the door out
refuses it, and no mail of anybody is taken for a part of it.
"""

from uuid import UUID

from django.db import transaction

from helpdesk.accounts.models import Team, User
from tickets import assignment, events, lifecycle, linking, replies, watching
from tickets.models import Event, Message, Ticket


@transaction.atomic
def open_for(
    ticket: Ticket,
    *,
    author: User,
    subject: str,
    body: str,
    key: UUID,
    team: Team | None = None,
    assignee: User | None = None,
) -> Ticket:
    """A ticket for colleagues, a part of this one, which its author watches; the same `key` gives the first.

    Without `team` it is with the team of the customer's ticket. Raises replies.Empty and CannotTake.
    """
    if noted := Message.objects.select_related("ticket").filter(key=key).first():
        return noted.ticket
    ticket = lifecycle.lock(ticket, follow=True)
    made = Ticket.objects.create(
        subject=" ".join(subject.split())[:1000],
        status=Ticket.Status.OPEN,
        customer_id=ticket.customer_id,
        team=team or ticket.team,
        language=ticket.language,
        is_internal=True,
    )
    made.refresh_from_db(fields=["number"])
    events.record(made, Event.Kind.TICKET_OPENED, actor=author)
    replies.add_note(made, author=author, body=body, key=key)
    linking.link(made, ticket, linking.PART, actor=author)
    watching.watch(made, author)
    if assignee:
        assignment.assign(made, assignee, actor=author)
    made.refresh_from_db()
    return made
