"""Why a mail came back, by its status code (RFC 3463): pure."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")

# By class, subject and detail; "*" stands for any. The first that fits decides.
_REASONS: dict[tuple[str, str, str], Promise] = {
    ("*", "1", "1"): _("The address does not exist."),
    ("*", "1", "2"): _("The domain does not exist."),
    ("*", "1", "3"): _("The address is not written as it should be."),
    ("*", "1", "6"): _("The address has moved and leaves no new one."),
    ("*", "1", "8"): _("The other server refuses our address."),
    ("*", "1", "10"): _("The address takes no mail."),
    ("*", "1", "*"): _("The address is not known there."),
    ("*", "2", "1"): _("The mailbox is switched off."),
    ("*", "2", "2"): _("The mailbox is full."),
    ("*", "2", "3"): _("The message is larger than the mailbox takes."),
    ("*", "2", "*"): _("The mailbox does not take the message."),
    ("*", "3", "4"): _("The message is larger than the other server takes."),
    ("*", "3", "*"): _("The other mail server has trouble."),
    ("*", "4", "1"): _("The other mail server does not answer."),
    ("*", "4", "4"): _("There is no way to the other mail server."),
    ("*", "4", "6"): _("The message went in circles."),
    ("*", "4", "7"): _("The time for delivering it ran out."),
    ("*", "4", "*"): _("The other mail server could not be reached."),
    ("*", "5", "*"): _("The two mail servers did not understand each other."),
    ("*", "6", "*"): _("The other mail server does not take such contents."),
    ("4", "7", "*"): _("The other mail server wants it to be tried again later."),
    ("*", "7", "*"): _("The other mail server refuses it by its rules."),
    ("4", "*", "*"): _("The other mail server could not take it for now."),
}


def reason(status: str) -> str:
    """Why, in the reader's language; "" when the code says nothing of use."""
    kind, _dot, rest = status.partition(".")
    subject, _dot, detail = rest.partition(".")
    for pattern, words in _REASONS.items():
        pairs = zip(pattern, (kind, subject, detail), strict=True)
        if all(wanted in ("*", given) for wanted, given in pairs):
            return str(words)
    return ""


def status_in(words: str) -> str:
    """The status a server's answer holds, "" when it holds none."""
    found = _STATUS.search(words)
    return found[0] if found else ""


def is_the_address(status: str) -> bool:
    """Whether it is the address that takes no mail, and not this message, the way there, or the moment."""
    kind, _dot, rest = status.partition(".")
    subject, _dot, detail = rest.partition(".")
    if kind == "4" or (subject, detail) == ("2", "3") or (subject, detail) == ("1", "8"):
        return False
    return subject in ("", "0", "1", "2")
