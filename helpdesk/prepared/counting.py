"""How many rows there are, many questions at once."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import IntegerField, QuerySet, Value

_MOST_COUNTINGS = 5000
_countings: dict[Hashable, tuple[str, Sequence[Any]]] = {}


def capped_counts(
    groups: Iterable[tuple[Hashable, Callable[[], Mapping[str, QuerySet[Any]]]]], *, cap: int
) -> dict[str, int]:
    """How many rows each of the named querysets holds, up to `cap`; one query for all groups.

    A group is a key and what builds its querysets, which is called once for a key: so that has to hold all
    that they depend on.
    """
    parts: list[str] = []
    params: list[Any] = []
    for key, build in groups:
        sql, args = _counted(key, build, cap)
        parts.append(sql)
        params += args
    with connection.cursor() as counted:
        counted.execute(" UNION ALL ".join(parts), params)
        return dict(counted.fetchall())


def _counted(
    key: Hashable, build: Callable[[], Mapping[str, QuerySet[Any]]], cap: int
) -> tuple[str, Sequence[Any]]:
    known = (key, cap)
    if known not in _countings:
        if len(_countings) >= _MOST_COUNTINGS:
            _countings.clear()
        _countings[known] = _counting(build(), cap)
    return _countings[known]


def _counting(wanted: Mapping[str, QuerySet[Any]], cap: int) -> tuple[str, Sequence[Any]]:
    parts, params = [], []
    for name, found in wanted.items():
        ones = found.order_by().values_list(Value(1, output_field=IntegerField()))[:cap]
        sql, args = ones.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        parts.append(f"SELECT %s, count(*) FROM ({sql}) AS capped")  # noqa: S608  (sql is Django's own)
        params += [name, *args]
    return " UNION ALL ".join(parts), params
