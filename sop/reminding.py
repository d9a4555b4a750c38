"""Procedures that are to be read again: their owners hear of it by mail, once each time."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from helpdesk.accounts.models import User
from sop.models import Procedure


@transaction.atomic
def remind(today: date) -> int:
    """Write to each owner of procedures that have fallen due, to the admins where there is none; how many."""
    fresh = Q(reminded_on=None) | Q(reminded_on__lt=F("review_on"))
    due = Procedure.objects.due(today).filter(fresh).select_for_update(of=("self",))
    rows = list(due.select_related("owner", "chapter").prefetch_related("wordings"))
    by_owner: dict[User, list[Procedure]] = {}
    for procedure in rows:
        for person in _told(procedure.owner):
            by_owner.setdefault(person, []).append(procedure)
    for person, theirs in by_owner.items():
        _write(person, theirs)
    Procedure.objects.filter(pk__in=[each.pk for each in rows]).update(reminded_on=today)
    return len(by_owner)


def _told(owner: Any) -> list[User]:
    if owner is not None and owner.is_active:
        return [owner]
    return list(User.objects.people().at_work().filter(role=User.Role.ADMIN))


def _write(person: User, procedures: list[Procedure]) -> None:
    with override(person.language):
        count = len(procedures)
        subject = ngettext(
            "%(count)d procedure is to be read again", "%(count)d procedures are to be read again", count
        )
        told = _("Do they still hold? Open each one and confirm it, or change it.")
        lines = [
            f"{each}\n{settings.BASE_URL}{reverse('sop:procedure', args=[each.pk])}" for each in procedures
        ]
        body = "\n\n".join([told, *lines])
        EmailMessage(subject % {"count": count}, f"{body}\n", to=[person.email]).send()
