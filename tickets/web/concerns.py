"""What is asked before something goes out, as sentences."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tickets import placeholders
from tickets.guarding.looking import Concern


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
