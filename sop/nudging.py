"""Colleagues are reminded once of a version that they have not read for some days."""

from datetime import datetime, timedelta

from django.db import transaction

from helpdesk.accounts.models import Company, User
from sop import overview
from sop.models import Reminder
from tickets import notifications
from tickets.models import Notification


@transaction.atomic
def nudge(now: datetime) -> int:
    """A line of the bell, in the next digest if it stays unread; how many colleagues were told.

    One line for all that has come due since the last time; each version is told of once. The days are a
    setting of the company, 0 for never.
    """
    days = Company.load().reading_days
    if not days:
        return 0
    due = [
        place
        for standing in overview.standings()
        for place in standing.places
        if place.reading is None and place.since <= now - timedelta(days=days)
    ]
    told: dict[int, User] = {}
    for place in due:
        _row, is_new = Reminder.objects.get_or_create(edition=place.edition, user=place.user)
        if is_new:
            told[place.user.pk] = place.user
    notifications.notify(told.values(), Notification.Kind.READING, ticket=None)
    return len(told)
