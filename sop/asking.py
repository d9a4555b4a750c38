"""What wants to be read by whom: the queries behind training, reminders and the supervisor's overview."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from helpdesk.accounts.models import Membership, User
from sop.models import Edition, Procedure, Reading, Wording


class Asked(NamedTuple):
    """A wording that wants to be confirmed, its procedure, and from which version on a reading counts."""

    wording: int
    procedure: int
    since: int


def asked(procedures: Any = None) -> list[Asked]:
    """What is published and wants to be confirmed; of these procedures, or of all.

    It counts from the last version that was put before everybody; from 0, any of them, where the procedure
    is needed for a topic only. A small correction published later asks nobody anew, and takes nothing back.
    """
    last = Edition.objects.filter(wording=OuterRef("pk"), is_to_be_read=True).order_by("-number")
    needed = Procedure.needed_for.through.objects.filter(procedure=OuterRef("procedure"))
    rows: Any = Wording.objects.exclude(published=None)
    rows = rows if procedures is None else rows.filter(procedure__in=procedures)
    rows = rows.annotate(since=Coalesce(Subquery(last.values("number")[:1]), 0))
    found = rows.filter(Q(since__gt=0) | Exists(needed)).values_list("pk", "procedure", "since")
    return [Asked(*each) for each in found]


def concerns(user: User) -> Q:
    """Procedures for all, or for a team of theirs; supervisors read more, but are asked as everybody."""
    return Q(teams=None) | Q(pk__in=Procedure.objects.filter(teams__memberships__user=user))


def read(since: dict[int, int], users: Iterable[Any]) -> dict[tuple[int, int], Reading]:
    """(user, wording) → the reading that counts; one query. `since` is from which version on each counts."""
    rows = Reading.objects.filter(user__in=users, edition__wording__in=since).select_related("edition")
    counted = (row for row in rows.order_by("at") if row.edition.number >= since[row.edition.wording_id])
    return {(row.user_id, row.edition.wording_id): row for row in counted}


def teams(users: Iterable[Any]) -> dict[int, set[int]]:
    """User → their teams; one query."""
    found: dict[int, set[int]] = {}
    for user, team in Membership.objects.filter(user__in=users).values_list("user", "team"):
        found.setdefault(user, set()).add(team)
    return found
