"""What a mail was found to be, and what it tells of the mail it reports on."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Who speaks. List mail and circulars that a person wrote are a person's."""

    PERSON = ""
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    REPORT = "report"
    SPAM = "spam"


class Action(StrEnum):
    """What became of a mail (RFC 3464 2.3.3; relayed and expanded count as delivered; read: RFC 8098)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    READ = "read"


BAD_NEWS = (Action.FAILED, Action.DELAYED)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a notice tells of one recipient; `status` as in RFC 3463 ("5.1.1"), "" when it gives none."""

    address: str
    action: Action
    status: str = ""
    reason: str = ""

    @property
    def permanent(self) -> bool:
        """Whether trying again is of no use."""
        return self.action == Action.FAILED and not self.status.startswith("4")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    kind: Kind = Kind.PERSON
    outcomes: tuple[Outcome, ...] = ()
    bulk: bool = False
    """Sent to many: a person may have written it, yet nobody waits for an acknowledgement."""
    circular: bool = False
    """Sent to many by a mass mailer: nobody there reads answers."""

    @property
    def bounced_recipients(self) -> list[str]:
        """Whom the mail did not reach, each once, as the notice spells them."""
        told = {one.address.lower(): one.address for one in self.outcomes if one.action in BAD_NEWS}
        return [address for address in told.values() if address]

    @property
    def bounce_permanent(self) -> bool | None:
        """Whether a bounce is for good; None for what is no bounce."""
        return any(one.permanent for one in self.outcomes) if self.kind == Kind.BOUNCE else None
