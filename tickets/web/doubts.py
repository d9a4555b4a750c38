"""What is odd about a sender, in sentences: why, and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from channels_app.messages import Authenticity
from tickets.deception import hosts
from tickets.deception.senders import Doubt
from tickets.models import Message

GRAVE = {Doubt.IMITATES, Doubt.DISGUISED, Doubt.COLLEAGUE}


@dataclass(frozen=True, kw_only=True)
class Line:
    """The line above a message whose sender may be somebody else."""

    tone: str
    reasons: list[str]
    advice: str


def line(message: Message) -> Line | None:
    """What to say about the sender of a message, None when nothing is odd."""
    if message.direction != Message.Direction.IN:
        return None
    reasons = list(_reasons(message))
    if not reasons:
        return None
    codes = {each["code"] for each in message.doubts or ()}
    if message.authenticity == Authenticity.FAIL or codes & GRAVE:
        advice = _("Ask the sender by another way before you act on it. Do not open its links or files.")
        return Line(tone="danger", reasons=reasons, advice=advice)
    if codes == {Doubt.NAMESAKE}:
        return Line(tone="info", reasons=reasons, advice="")
    advice = _("Make sure who it is before you tell anything or change an order.")
    return Line(tone="warn", reasons=reasons, advice=advice)


def _reasons(message: Message) -> Iterator[str]:
    host = hosts.readable(message.sender_address.rpartition("@")[2])
    if message.authenticity == Authenticity.FAIL:
        told = _(
            "It says it is from %(host)s, but the mail server's check failed (DMARC): perhaps it is not."
        )
        yield told % {"host": host}
        for name in message.recipients.get("list", []):
            told = _(
                "It came through the mailing list %(list)s. Lists change mails, and the check fails then "
                "even if nobody forged anything. An admin can name the list's server as a trusted forwarder."
            )
            yield told % {"list": name}
    for each in message.doubts or ():
        if tell := _TELLERS.get(each["code"]):
            yield tell() % {"like": each["like"], "host": host, "address": message.sender_address}


_TELLERS: dict[str, Callable[[], str]] = {
    Doubt.IMITATES: lambda: _("%(host)s looks like %(like)s, but it is another domain."),
    Doubt.DISGUISED: lambda: _("The sender's domain is spelled in letters that look like others: %(like)s."),
    Doubt.NAMES_ADDRESS: lambda: _("The name says %(like)s, but the mail came from %(address)s."),
    Doubt.COLLEAGUE: lambda: _("%(like)s is a colleague, but the mail did not come from their address."),
    Doubt.PARTNER: lambda: _("The name is of somebody at %(like)s, but the mail did not come from there."),
    Doubt.NAMESAKE: lambda: _(
        "Another customer has this name and writes from %(like)s. Is it the same person?"
    ),
    Doubt.ANSWERS_ELSEWHERE: lambda: _("Answers are to go to %(like)s, which is not the sender's domain."),
}
