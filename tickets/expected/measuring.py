"""How often what customers were told held."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from helpdesk.accounts.models import User
from tickets.expected import access
from tickets.expected.models import ExpectedTime

LATELY = timedelta(days=30)
Outcome = ExpectedTime.Outcome


@dataclass(frozen=True, kw_only=True)
class Share:
    team: str
    told: int
    kept: int
    late: int
    open: int

    @property
    def percent(self) -> int | None:
        """Of those settled; None while none is. What is over its time and still open counts as late."""
        settled = self.kept + self.late
        return round(100 * self.kept / settled) if settled else None


def shares(user: User, now: datetime) -> list[Share]:
    """By team, of what was told in the last thirty days on tickets that this colleague may see."""
    told = access.told(user).filter(told_at__gte=now - LATELY).exclude(outcome=Outcome.VOID)
    rows = (
        told.order_by()
        .values("ticket__team__name")
        .annotate(
            told=Count("pk"),
            kept=Count("pk", filter=Q(outcome=Outcome.KEPT)),
            late=Count("pk", filter=Q(outcome=Outcome.LATE) | Q(outcome=Outcome.OPEN, until__lt=now)),
            waits=Count("pk", filter=Q(outcome=Outcome.OPEN, until__gte=now)),
        )
        .order_by("ticket__team__name")
    )
    return [
        Share(
            team=row["ticket__team__name"] or "",
            told=row["told"],
            kept=row["kept"],
            late=row["late"],
            open=row["waits"],
        )
        for row in rows
    ]
