"""Everybody who works here reads the notes on countries; admins write them."""

from django.http import Http404

from helpdesk.accounts.models import User
from tickets.manners import notes
from tickets.manners.places import Place


def place(code: str) -> Place:
    """One note; raises Http404."""
    if (found := notes.every().get(code)) is None:
        raise Http404
    return found


def may_write(user: User) -> bool:
    return user.is_active and user.is_admin
