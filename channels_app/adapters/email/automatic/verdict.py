"""What a mail was found to be, and what it tells of the mail it reports on."""

from dataclasses import dataclass
from enum import StrEnum

from channels_app.messages import Fate


class Kind(StrEnum):
    """Who speaks. List mail and circulars that a person wrote are a person's."""

    PERSON = ""
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    REPORT = "report"
    SPAM = "spam"


BAD_NEWS = (Fate.FAILED, Fate.DELAYED)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a notice tells of one recipient (RFC 3464; relayed and expanded count as delivered).

    `status` is as in RFC 3463 ("5.1.1"), "" when it gives none.
    """

    address: str
    fate: Fate
    status: str = ""
    reason: str = ""

    @property
    def permanent(self) -> bool:
        """Whether trying again is of no use."""
        return self.fate == Fate.FAILED and not self.status.startswith("4")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    kind: Kind = Kind.PERSON
    outcomes: tuple[Outcome, ...] = ()
    bulk: bool = False
    """Sent to many: a person may have written it, yet nobody waits for an acknowledgement."""
    circular: bool = False
    """Sent to many by a mass mailer: nobody there reads answers."""

    @property
    def is_machine(self) -> bool:
        return self.kind in (Kind.AUTO_REPLY, Kind.BOUNCE, Kind.REPORT)

    @property
    def bounced_recipients(self) -> list[str]:
        """Whom the mail did not reach, each once, as the notice spells them."""
        told = [one.address for one in self.outcomes if one.fate in BAD_NEWS and one.address]
        return list({address.lower(): address for address in reversed(told)}.values())[::-1]

    @property
    def bounce_permanent(self) -> bool:
        """Whether it is a bounce for good."""
        return self.kind == Kind.BOUNCE and any(one.permanent for one in self.outcomes)
