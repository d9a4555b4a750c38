"""What customers wish for and what they are asked: a row in each of those tables."""

import uuid

from django.utils import timezone

from helpdesk.accounts.models import User
from knowledge.models import Video
from knowledge.suggestions import deciding, from_tickets, posting
from tickets.models import RatingInvitation, RatingRefusal, Ticket


def suggested(editor: User) -> None:
    """A suggestion from a ticket, decided and commented."""
    ticket = Ticket.objects.order_by("pk").first()
    assert ticket is not None
    wish = from_tickets.make(ticket, actor=editor)
    deciding.change(wish, shown="public", actor=editor)
    deciding.change(wish, status="planned", actor=editor)
    posting.reply(wish, "We like it.", actor=editor, key=uuid.uuid4())


def asked(ticket: Ticket) -> None:
    """One who was to be asked how it went, and does not want to be."""
    at = timezone.now()
    RatingInvitation.objects.create(ticket=ticket, resolved_at=at, due_at=at)
    RatingRefusal.objects.create(customer=ticket.customer)


def shown() -> None:
    """A video of an article."""
    Video.objects.create(token="v" * 16, sha256="0" * 64, size=9, content_type="video/mp4", title="Feet")
