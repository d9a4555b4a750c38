"""Canned responses as something that a step points to: put into the reply beside a ticket by one click."""

from django.urls import reverse

from helpdesk.accounts.models import User
from knowledge.canned import access
from knowledge.canned.models import CannedResponse
from sop import references
from sop.references import Reference

KIND = "response"


def offered(user: User) -> list[tuple[str, str]]:
    """What a step may link to: those that everybody, or a team of this colleague, may use."""
    rows = access.responses(user).active().filter(owner=None).order_by("title", "pk")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")]


def _responses(keys: list[str], user: User) -> dict[str, Reference]:
    """Responses by their id, as far as this colleague may use them."""
    ids = [int(key) for key in keys if key.isdecimal() and len(key) < 10]
    rows: list[CannedResponse] = list(access.responses(user).active().filter(pk__in=ids))
    places = {row.pk: reverse("canned:response", args=[row.pk]) for row in rows}
    return {str(row.pk): Reference(row.title, places[row.pk], "copy", row.pk) for row in rows}


references.register(KIND, _responses)
