"""Who sees a ticket: the rule of `horizon` from the other side."""

from django.db.models import Exists, Q, QuerySet

from helpdesk.accounts.models import Company, Membership, User
from helpdesk.prepared import Lookup, Lookups


def named(team: int | None, *, escalated: bool) -> list[User]:
    """`who_see` by name and address alone; a query that is planned once."""
    known = _named[team is not None, escalated]
    return known() if team is None else known(team)


def who_see(team: int | None, *, escalated: bool) -> QuerySet[User]:
    """The colleagues who see the tickets of a team, or those of none; some see what is escalated."""
    everyone = User.objects.people().at_work()
    if team is None:
        return everyone
    rule = Exists(Company.objects.filter(open_desk=True)) | Q(role=User.Role.ADMIN)
    rule |= Q(pk__in=Membership.objects.filter(team=team).values("user"))
    if escalated:
        rule |= Q(role=User.Role.SUPERVISOR)
    return everyone.filter(rule)


def _colleagues_by_name(key: tuple[bool, bool]) -> Lookup[User]:
    in_team, escalated = key
    if not in_team:
        return Lookup(lambda: who_see(None, escalated=escalated).only("name", "email"), planned=True)
    return Lookup(lambda team: who_see(team, escalated=escalated).only("name", "email"), int, planned=True)


_named = Lookups(_colleagues_by_name)
