"""What nobody has read yet, gathered in one mail: every hour, or once a day at the colleague's own hour."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from helpdesk.accounts.models import User
from tickets import access
from tickets.models import Notification, Telling
from tickets.telling import ways
from tickets.telling.mail import address
from tickets.telling.wording import titled

MOST_LINES = 50
OLDEST = timedelta(days=7)  # what was not read for so long is not news


def send_due(now: datetime) -> int:
    """Send the digests that are due, each in a transaction of its own; how many."""
    waiting = Notification.objects.unread().filter(mailed_at=None, created_at__gt=now - OLDEST)
    users = User.objects.people().at_work().filter(pk__in=waiting.values("user"))
    return sum(_send(user, now) for user in users.select_related("telling"))


def is_due(telling: Telling, now: datetime, zone: str) -> bool:
    """Whether an hour has passed, or the hour of the day has come, since the last one. Pure."""
    if telling.digest == Telling.Digest.HOURLY:
        return now - telling.digested_at >= timedelta(hours=1)
    local = now.astimezone(ZoneInfo(zone))
    today = local.replace(hour=telling.hour, minute=0, second=0, microsecond=0)
    last = today if today <= local else today - timedelta(days=1)
    return telling.digested_at < last


@transaction.atomic
def _send(user: User, now: datetime) -> bool:
    Telling.objects.get_or_create(user=user)
    telling = Telling.objects.select_for_update().get(user=user)  # two workers, one digest
    if not is_due(telling, now, user.time_zone):
        return False
    lines = _lines(user, telling, now)
    telling.digested_at = now
    telling.save(update_fields=["digested_at"])
    if lines:
        _write(user, lines)
        Notification.objects.filter(pk__in=[line.pk for line in lines]).update(mailed_at=now)
    return bool(lines)


def _lines(user: User, telling: Telling, now: datetime) -> list[Notification]:
    """The newest first: those to be gathered, and those that were too many to be mailed at once."""
    kinds = [kind for kind in Notification.Kind.values if ways.chosen(telling, kind).mail != ways.NO_MAIL]
    fresh = Q(read_at=None, mailed_at=None, created_at__gt=now - OLDEST, kind__in=kinds)
    found = access.notifications(user).filter(fresh).select_related("ticket", "by", "user")
    return list(found.order_by("-id"))


def _write(user: User, lines: list[Notification]) -> None:
    with override(user.language), timezone.override(user.time_zone):
        count = len(lines)
        subject = ngettext("%(count)d thing you have not read", "%(count)d things you have not read", count)
        shown = "\n\n".join(f"{titled(line)}\n{address(line)}" for line in lines[:MOST_LINES])
        more = count - MOST_LINES
        rest = (
            ngettext("And %(count)d more.", "And %(count)d more.", more) % {"count": more} if more > 0 else ""
        )
        choose = _("Choose what you are told of: %(address)s")
        place = f"{settings.BASE_URL}{reverse('tickets:notification-settings')}"
        parts = [shown, rest if more > 0 else "", choose % {"address": place}]
        body = "\n\n".join(filter(None, parts))
        EmailMessage(subject % {"count": count}, f"{body}\n", to=[user.email]).send()
