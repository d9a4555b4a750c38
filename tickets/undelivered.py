"""Why a mail came back, by its status code (RFC 3463): pure."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_REPLY = re.compile(r"5\d\d(?!\d)")
_UNKNOWN = ("550", "551", "553", "556")
_NOT_THE_RECIPIENT = {("2", "3"), ("1", "7"), ("1", "8")}  # the size, and our own address
_BY_RULES = re.compile(
    r"spam|block|black|deny|denied|\b(?:dns|r)bl\b|reputation|polic|relay|authenticat|permi|not allowed|dmarc"
    r"|\bspf\b|dkim|\brate\b|too many|gr[ae]y-?list|sender|\bhelo\b|\bptr\b|reverse|virus|content|suspicious",
    re.IGNORECASE,
)
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


def is_the_address(status: str, words: str = "") -> bool:
    """Whether it is the address that takes no mail, and not this message, the way there, or the moment.

    Where the status leaves that open, the server's words may tell that it goes by rules.
    """
    kind, _dot, rest = status.partition(".")
    subject, _dot, detail = rest.partition(".")
    if kind == "4" or (subject, detail) in _NOT_THE_RECIPIENT:
        return False
    is_open = subject in ("", "0") or detail in ("", "0")
    return subject in ("", "0", "1", "2") and not (is_open and _BY_RULES.search(words))


def refuses_the_address(answer: str) -> bool:
    """Whether a server's answer to RCPT TO, such as "550 5.1.1 no such user", says that of the address.

    Never for now (4xx), nor by rules (RFC 5321 4.2.3, RFC 3463, RFC 7504).
    """
    reply = _REPLY.match(answer)
    if reply is None:
        return False
    if status := status_in(answer):
        return status.startswith("5") and is_the_address(status, answer)
    return reply[0] in _UNKNOWN and is_the_address("", answer)
