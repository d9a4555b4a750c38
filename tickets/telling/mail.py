"""A line of the bell as a mail, at once; beyond a few in an hour they wait for the next digest."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tickets.models import Notification
from tickets.telling.wording import titled

MOST_AN_HOUR = 20


def write(line: Notification) -> bool:
    """In the colleague's own language, queued in this transaction; False when there were many of late."""
    hour = timezone.now() - timedelta(hours=1)
    if Notification.objects.filter(user=line.user, mailed_at__gt=hour).count() >= MOST_AN_HOUR:
        return False
    with override(line.user.language):
        subject = titled(line)[:250]
    said = line.message.text if line.message and line.kind == Notification.Kind.MENTIONED else ""
    body = f"{said}\n\n{address(line)}\n" if said else f"{subject}\n\n{address(line)}\n"
    EmailMessage(subject, body, to=[line.user.email]).send()
    return True


def address(line: Notification) -> str:
    """Where the line leads, whole."""
    return f"{settings.BASE_URL}{path(line)}"


def path(line: Notification) -> str:
    """Where the line leads: to its message, or, where it is about no ticket, to what is to be read."""
    if line.ticket is None:
        return reverse("sop:reading")
    place = f"#message-{line.message_id}" if line.message_id else ""
    return f"{reverse('tickets:ticket', args=[line.ticket.number])}{place}"
