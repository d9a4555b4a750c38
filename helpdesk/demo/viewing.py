"""The views of the shop: one's own, a team's and everybody's, each with tickets in it."""

from django.db.models import F, OuterRef, Subquery

from helpdesk.demo.shop import Staff
from tickets import access, views
from tickets.models import Notification, Seen, Ticket, View
from tickets.telling import ways

Column = View.Column
NEWS = 6  # tickets that nobody has looked at yet


def save(staff: Staff) -> None:
    """What colleagues have made for themselves and for one another."""
    alice, sam, ada = (staff.colleagues[name] for name in ("alice", "sam", "ada"))
    wide = [Column.PREVIEW, Column.ASSIGNEE, Column.TAGS]
    views.make(
        "Complaints",
        actor=ada,
        filters={"view": "open", "kind": "complaint"},
        order="urgent",
        columns=[*wide, Column.TEAM],
    )
    views.make(
        "Not answered for a day",
        actor=ada,
        filters={"view": "open", "waiting_for": "1d"},
        order="waiting",
        columns=[*wide, Column.NUMBER],
    )
    views.make(
        "Hungarian",
        actor=ada,
        filters={"view": "open", "language": "hu"},
        columns=[*wide, Column.LANGUAGE],
    )
    team = alice.teams.first()
    views.make(
        "Nobody's, high or urgent",
        actor=sam if team in sam.teams.all() else ada,
        team=team,
        filters={"view": "unassigned", "priority": "high,urgent,normal"},
        order="urgent",
        columns=wide,
    )
    views.make(
        "Mine, gone quiet",
        actor=alice,
        owner=alice,
        filters={"view": "mine", "quiet_for": "1d"},
        order="last_message",
        columns=[*wide, Column.CREATED],
    )


def look_around(staff: Staff) -> None:
    """Everybody has seen what there is, and what the bell told of it, but for what came last."""
    last = Ticket.objects.filter(pk=OuterRef("ticket")).values("last_message_at")
    Notification.objects.update(created_at=Subquery(last))
    for user in staff.colleagues.values():
        found = dict(access.tickets(user).newest_first().values_list("pk", "last_message_at")[NEWS:])
        Seen.objects.bulk_create(Seen(user=user, ticket_id=pk, at=at) for pk, at in found.items())
        news = Notification.objects.unread().filter(user=user, kind__in=ways.NEWS, ticket__in=found)
        news.update(read_at=F("created_at"))
