"""How far a colleague sees: pure, so that queries can be kept for all who see the same."""

from typing import NamedTuple

from django.db.models import Q


class Horizon(NamedTuple):
    """All that decides which tickets somebody may see."""

    nothing: bool = False
    everything: bool = False
    teams: tuple[int, ...] = ()
    escalated: bool = False

    def rule(self, prefix: str = "") -> Q:
        """The rows whose ticket (behind `prefix`) is within it."""
        if self.nothing:
            return Q(pk__in=[])
        if self.everything:
            return Q()
        rule = Q(**{f"{prefix}team__in": self.teams}) | Q(**{f"{prefix}team__isnull": True})
        return rule | Q(**{f"{prefix}escalated_at__isnull": False}) if self.escalated else rule
