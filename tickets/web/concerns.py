"""What is asked before something goes out: looked for, as sentences, and anew after a change."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tickets import naming, placeholders, recipients
from tickets.guarding import looking
from tickets.guarding.looking import Concern
from tickets.models import Draft, Message, Ticket

FOR_OTHERS = (Draft.Mode.FORWARD, Draft.Mode.ASIDE)
"""What goes to somebody else than the customer, and greets them."""


def look(
    ticket: Ticket,
    *,
    mode: str,
    body: str,
    whom: Sequence[Sequence[str]],
    files: int,
    answers: Message | None = None,
) -> list[Concern]:
    """What there is to ask about `body` to `whom` (to, cc, bcc); nothing about what the door refuses anyway.

    Notes stay in the house. A forward takes its message along, which is as good as a file.
    """
    if mode == Draft.Mode.NOTE:
        return []
    try:
        meant = recipients.read(*whom)
    except (recipients.TooMany, recipients.NotAddresses):
        return []
    along = files or int(mode == Draft.Mode.FORWARD and answers is not None)
    found = looking.look(ticket, body=body, meant=meant, files=along)
    return [each for each in found if each.code != "name"] if mode in FOR_OTHERS else found


def asked(ticket: Ticket, concerns: Sequence[Concern], sure: str = "") -> dict[str, Any]:
    """The questions for a form; sent once more, they count as answered, like those in `sure`."""
    known = ",".join(filter(None, [sure, *map(str, concerns)]))
    words = sentences(concerns, customer=naming.of(ticket.customer))
    return {"concerns": words, "sure": known, "held": bool(words)}


def anew(ticket: Ticket, sure: str, **written: Any) -> dict[str, Any] | None:
    """The questions that still stand after a change (`look` says what of); None when all in `sure` do."""
    before = set(filter(None, sure.split(",")))
    left = [each for each in look(ticket, **written) if str(each) in before] if before else []
    return None if len(left) == len(before) else asked(ticket, left)


def sentences(concerns: Iterable[Concern], *, customer: str) -> list[str]:
    return [sentence(each, customer=customer) for each in concerns]


def sentence(concern: Concern, *, customer: str) -> str:
    """One question, about the words or the address it is about."""
    facts = {"about": concern.about, "customer": customer}
    if concern.code == "placeholder":
        facts["about"] = str(placeholders.NAMES.get(concern.about, concern.about))
    words = {
        "attachment": _("You write that something is attached, but there is no file."),
        "card": _("There is the number of a payment card in it (%(about)s)."),
        "placeholder": _("A placeholder is still empty: %(about)s."),
        "name": _("You greet “%(about)s”, but this customer is %(customer)s."),
        "number": _("Ticket %(about)s belongs to another customer."),
        "address": _("%(about)s is another customer's address."),
        "recipient": _("Nobody has ever written to %(about)s from here."),
        "other_customer": _("%(about)s is another customer, who has nothing to do with this ticket."),
    }
    return words[concern.code] % facts
