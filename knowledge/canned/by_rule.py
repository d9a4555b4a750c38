"""Rules may answer the customer by a canned response, in the customer's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.accounts.models import Company
from knowledge.canned import filling
from knowledge.canned.models import CannedResponse
from tickets.rules import replying
from tickets.rules.actions import Action, Doing, Left, register
from tickets.rules.conditions import Nonsense


def _sound(value: Any) -> int:
    """Everybody's alone: whose own it is may change it under the rule's feet."""
    if str(value).isdecimal() and _shared().filter(pk=int(value)).exists():
        return int(value)
    raise Nonsense(_("Choose a canned response of everybody."))


def _do(doing: Doing, value: int) -> tuple[Any, Any]:
    response = _shared().whole().filter(pk=value).first()
    if response is None:
        raise Left("gone")
    company = Company.load()
    filled = filling.fill(response, doing.ticket, agent=replying.desk(company, doing.ticket), company=company)
    said = replying.without_gaps(filled.text)
    try:
        sent = replying.send(doing.ticket, said, language=filled.language, key=doing.own_key)
    except replying.Guarded as guarded:
        raise Left(guarded.code) from guarded
    return None, sent.pk


def _choices() -> list[tuple[str, str]]:
    return [(str(row.pk), row.title) for row in _shared()]


def _shared() -> Any:
    return CannedResponse.objects.active().filter(owner=None, team=None)


register(
    Action(
        name="canned",
        label=gettext_lazy("Write a canned response to the customer"),
        icon="copy",
        sound=_sound,
        do=_do,
        choices=_choices,
        reaches_out=True,
    )
)
