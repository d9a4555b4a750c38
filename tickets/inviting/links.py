"""The links of the question: proof that somebody read the mail about one resolution, for that one alone."""

from collections.abc import Callable, Collection
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tickets.inviting import wording
from tickets.models import RatingInvitation, RatingRefusal

DAYS = 60
MARKS = {name: f"‹{place}›" for place, name in enumerate((*wording.LINKS, "leave"), 1)}
"""What stands on the ticket in their place: whoever reads it there must not answer for the customer."""
_SALT = "tickets.rating"


Home = Callable[[int | None], tuple[str, Collection[str]]]
"""Where the pages of a channel's customers stand, "" for nowhere, and the languages they speak."""
_home: list[Home] = []


def stand_at(home: Home) -> None:
    """The app that shows the page tells where it is."""
    _home[:] = [home]


def home(channel_id: int | None) -> tuple[str, Collection[str]]:
    """The origin of the pages that customers of this channel see, and the languages spoken there."""
    return _home[0](channel_id) if _home else (settings.BASE_URL, dict(settings.LANGUAGES))


def of(invitation: RatingInvitation, language: str) -> dict[str, str]:
    """Address by mark."""
    token = signing.dumps(invitation.pk, salt=_SALT)
    origin, _languages = home(invitation.ticket.channel_id)
    page = f"{origin}{reverse('knowledge:help-rate-invited', args=[language, token])}"
    return {MARKS[name]: f"{page}?score={name}" for name in wording.LINKS} | {
        MARKS["leave"]: f"{origin}{reverse('knowledge:help-rate-leave', args=[language, token])}"
    }


def read(token: str) -> RatingInvitation | None:
    """The question that this link was in; None when it is not ours, or too old."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=timedelta(days=DAYS))
    except signing.BadSignature:
        return None
    return RatingInvitation.objects.select_related("ticket__customer").filter(pk=pk).first()


def refuse(invitation: RatingInvitation) -> None:
    """Its customer is asked no more."""
    RatingRefusal.objects.get_or_create(customer=invitation.ticket.customer)
