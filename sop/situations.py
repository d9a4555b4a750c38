"""Typical cases and what may be offered in them: asked beside a ticket, and where a compensation is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from helpdesk.accounts.models import User
from sop.models import Limit, Remedy, Situation
from tickets.models import Ticket, Topic

# Who may do more than whom: what an agent may, a supervisor may too.
_RANK = {User.Role.AGENT.value: 0, User.Role.SUPERVISOR.value: 1, User.Role.ADMIN.value: 2}


@dataclass(frozen=True)
class Allowance:
    """How much of a remedy a role gives alone; `amount` is None where only the share of the price counts."""

    amount: Decimal | None
    currency: str
    percent: int | None

    def covers(self, amount: Decimal, currency: str, *, price: Decimal | None = None) -> bool:
        """Whether so much money may be given; the share counts where the price is known."""
        if self.amount is not None and (self.currency != currency or amount > self.amount):
            return False
        return self.percent is None or price is None or amount <= price * self.percent / 100


def fitting(ticket: Ticket, procedures: Iterable[int] = ()) -> list[Situation]:
    """The cases of these procedures, and those of the ticket's topic; with remedies and limits at hand."""
    rows = Situation.objects.filter(is_active=True).prefetch_related("remedies__limits")
    topic = ticket.verdict.get("topic", "")
    found = (
        Topic.objects.select_related("parent__parent__parent").filter(key=topic).first() if topic else None
    )
    path = [each.pk for each in found.path()] if found else []
    wanted = rows.filter(procedure__in=list(procedures)) | rows.filter(topics__in=path)
    return list(wanted.distinct())


def allowances(remedy: Remedy, role: str) -> list[Allowance]:
    """What a role may give alone, by currency: its own limits, else those of the next lower role."""
    by_role: dict[str, list[Limit]] = {}
    for limit in remedy.limits.all():
        by_role.setdefault(limit.role, []).append(limit)
    lower = sorted(by_role, key=lambda each: _RANK[each], reverse=True)
    own = next((each for each in lower if _RANK[each] <= _RANK[role]), None)
    return [Allowance(each.amount, each.currency, each.percent) for each in by_role[own]] if own else []


def may_alone(
    remedy: Remedy, user: User, amount: Decimal, currency: str, *, price: Decimal | None = None
) -> bool:
    """Whether this colleague may give so much of the remedy without asking anybody."""
    given = allowances(remedy, user.role)
    return any(each.covers(amount, currency, price=price) for each in given)
