"""What hangs on a ticket besides what is said on it: asked for with the ticket itself."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Subquery, Sum
from django.db.models.lookups import IsNull

from tickets.models import Link, Shortcut, Step, TimeSpent, Watch


def asked() -> dict[str, Any]:
    """Annotations of a ticket, so that its page needs no query more.

    `told_until`, `told_slips` and `told_outcome` are of the time that its customer was told,
    `is_linked` tells whether it is linked with another ticket, `watchers` are the ids of those who watch it,
    `steps_done` says of each step of its checklist whether it is done, `minutes` how long was worked on it,
    `has_shortcuts` whether there are buttons to other systems at all.
    """
    this = OuterRef("pk")
    linked = Exists(Link.objects.filter(source=this)) | Exists(Link.objects.filter(target=this))
    watchers = Watch.objects.filter(ticket=this).values("user")
    steps = Step.objects.filter(ticket=this).values(is_done=IsNull(F("done_at"), False))
    spent = TimeSpent.objects.filter(ticket=this).order_by().values("ticket").values(sum=Sum("minutes"))
    return {
        "told_until": F("expected__until"),
        "told_slips": F("expected__slips_at"),
        "told_outcome": F("expected__outcome"),
        "is_linked": linked,
        "watchers": ArraySubquery(watchers),
        "steps_done": ArraySubquery(steps),
        "minutes": Subquery(spent),
        "has_shortcuts": Exists(Shortcut.objects.filter(is_active=True)),
    }
