"""Queries that run for every message, compiled once.

Django's ORM spends more time writing the SQL of a small query than PostgreSQL spends answering it: 0.6 to
1.0 ms against 0.1. Here the ORM writes it once, and later calls only fill in the values.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Field, IntegerField, Model, QuerySet, Value
from django.db.models.fields import NOT_PROVIDED

Row = TypeVar("Row", bound=Model)


class Lookup(Generic[Row]):
    """`Lookup(build, str)` finds what `build(value)` would: whole rows of one model, nothing joined in.

    `kinds` are the types (str, int) of the values that differ from call to call.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], *kinds: type[str] | type[int]) -> None:
        self._build = build
        self._stand_ins = [f"value {n}" if kind is str else 2**60 + n for n, kind in enumerate(kinds)]

    def __call__(self, *values: str | int) -> list[Row]:
        model, sql, params, names, convert = self._plan
        given: dict[Any, Any] = dict(zip(self._stand_ins, values, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(param, param) for param in params])
            return [model.from_db(connection.alias, names, row) for row in convert(cursor.fetchall())]

    @cached_property
    def _plan(self) -> "_Plan[Row]":
        found = self._build(*self._stand_ins)
        compiler = found.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        chosen = [column for column, _sql, _alias in compiler.select]
        converters = compiler.get_converters(chosen)

        def convert(rows: Sequence[Any]) -> Sequence[Any]:
            return list(compiler.apply_converters(rows, converters)) if converters else rows

        names = [column.target.attname for column in chosen]
        return _Plan(found.model, sql, params, names, convert)


class _Plan(NamedTuple, Generic[Row]):
    model: type[Row]
    sql: str
    params: Sequence[Any]
    names: list[str]
    convert: Callable[[Sequence[Any]], Sequence[Any]]


def insert(row: Row) -> Row:
    """Insert a new row and give it back with its key and what the database chose; raises IntegrityError."""
    sql, fields, chosen = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for field, value in zip(chosen, cursor.fetchone(), strict=True):
            setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias
    return row


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field], list[Field]]:
    """The statement, the fields it fills, and those the database fills."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    chosen = [field for field in fields if field.primary_key or _is_chosen_by_database(field)]
    filled = [field for field in fields if field not in chosen]
    quote = connection.ops.quote_name
    into, columns, back = (
        quote(model._meta.db_table),
        ", ".join(quote(str(field.column)) for field in filled),
        ", ".join(quote(str(field.column)) for field in chosen),
    )
    places = ", ".join(["%s"] * len(filled))
    return f"INSERT INTO {into} ({columns}) VALUES ({places}) RETURNING {back}", filled, chosen  # noqa: S608


def _is_chosen_by_database(field: Field) -> bool:
    """A column with a default in both places, for the sake of yesterday's code, is filled by us."""
    return field.db_default is not NOT_PROVIDED and not field.has_default()


_MOST_COUNTINGS = 1000
_countings: dict[Hashable, tuple[str, Sequence[Any]]] = {}


def capped_counts(
    key: Hashable, build: Callable[[], Mapping[str, QuerySet[Any]]], *, cap: int
) -> dict[str, int]:
    """How many rows each of the named querysets holds, up to `cap`; one query.

    `build` is called once for a `key`, which so has to hold all that its querysets depend on.
    """
    if key not in _countings:
        if len(_countings) >= _MOST_COUNTINGS:
            _countings.clear()
        _countings[key] = _counting(build(), cap)
    with connection.cursor() as cursor:
        cursor.execute(*_countings[key])
        return dict(cursor.fetchall())


def _counting(wanted: Mapping[str, QuerySet[Any]], cap: int) -> tuple[str, Sequence[Any]]:
    parts, params = [], []
    for name, found in wanted.items():
        ones = found.order_by().values_list(Value(1, output_field=IntegerField()))[:cap]
        sql, args = ones.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        parts.append(f"SELECT %s, count(*) FROM ({sql}) AS capped")  # noqa: S608  (sql is Django's own)
        params += [name, *args]
    return " UNION ALL ".join(parts), params
