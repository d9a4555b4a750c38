"""Whether articles helped those who read them."""

import hashlib
from typing import Any

from django.db.models import Count, Q, QuerySet

from knowledge.models import Opinion, Translation

LONGEST = 2000


def give(translation: Translation, *, reader: str, helpful: bool, comment: str = "") -> Opinion:
    """Keep what a reader says; said again by the same reader, it replaces what they said before."""
    digest = hashlib.sha256(reader.encode()).hexdigest()
    row, made = Opinion.objects.get_or_create(
        translation=translation,
        reader=digest,
        defaults={"helpful": helpful, "comment": comment.strip()[:LONGEST]},
    )
    if not made:
        row.helpful = helpful
        row.comment = comment.strip()[:LONGEST] or row.comment
        row.save(update_fields=["helpful", "comment"])
    return row


def counted(rows: QuerySet[Translation]) -> QuerySet[Translation]:
    """The same articles with how many they helped (`yes`) and did not help (`no`)."""
    return rows.annotate(
        yes=Count("opinions", filter=Q(opinions__helpful=True)),
        no=Count("opinions", filter=Q(opinions__helpful=False)),
    )


def unhelpful(rows: QuerySet[Translation], limit: int = 20) -> Any:
    """The published ones that helped least often."""
    rated: Any = counted(rows.exclude(published=None))
    return rated.filter(no__gt=0).order_by("-no")[:limit]


def comments(rows: QuerySet[Translation] | None = None, limit: int = 30) -> QuerySet[Opinion]:
    """What readers wrote, the newest first: of some articles, or of all."""
    found = Opinion.objects.exclude(comment="").select_related("translation").order_by("-at")
    return (found if rows is None else found.filter(translation__in=rows))[:limit]
