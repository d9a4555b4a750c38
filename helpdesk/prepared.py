"""Queries that run for every message or on every page, compiled once.

Django's ORM spends more time writing the SQL of a small query than PostgreSQL spends answering it: 0.6 to
1.0 ms against 0.1. Here the ORM writes it once, and later calls only fill in the values. Those of the way in
PostgreSQL, too, parses and plans once for each connection.
"""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from typing import Any, Generic, NamedTuple, Self, TypeVar, cast

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, IntegerField, Model, QuerySet, Value
from django.db.models import Lookup as FieldLookup
from django.db.models.fields import NOT_PROVIDED
from django.db.models.fields.related import ForeignObject
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
_MOST_KINDS = 1000


def cursor() -> CursorWrapper:
    """Like `connection.cursor()`, for statements whose text is always the same: they are prepared.

    Values go apart from the text, so that a list wants `= ANY(%s)`, and a bare `SELECT %s` a cast.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrapped(cast("CursorWrapper", _Preparing(connection.connection)))


class _Preparing(psycopg.Cursor[Any]):
    """Django's own cursors put the values into the text, which is planned anew each time."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(query, params, prepare=True, **options)


class Lookup(Generic[Row]):
    """`Lookup(build, str)` finds what `build(value)` would: rows of one model, joined and annotated as asked.

    `kinds` are the types (str, int, or list for `any_of` some ints) of the values that differ from call to
    call. What `build` prefetches is left to the caller. `planned` has PostgreSQL plan it once, too: for
    queries whose best plan depends on none of the values. `once` is for what does not change within a short
    transaction, see `once`.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Row]],
        *kinds: type[str | int | list[int]],
        planned: bool = False,
        once: bool = False,
    ) -> None:
        self._build = build
        self._planned = planned
        self._once = once
        self._stand_ins = [_stand_in(kind, place) for place, kind in enumerate(kinds)]

    def __call__(self, *values: str | int | list[int]) -> list[Row]:
        known = _answers.known if self._once else None
        if known is None:
            return self._find(values)
        asked = (id(self), *values)
        if asked not in known:
            known[asked] = self._find(values)
        return known[asked]

    def _find(self, values: Sequence[str | int | list[int]]) -> list[Row]:
        plan = self._plan
        with cursor() if self._planned else connection.cursor() as found:
            found.execute(plan.sql, [param if at is None else values[at] for at, param in plan.params])
            return [plan.row(row) for row in plan.convert(found.fetchall())]

    def first(self, *values: str | int | list[int]) -> Row | None:
        """The first of them, None where there is none."""
        return next(iter(self(*values)), None)

    @cached_property
    def _plan(self) -> "_Plan[Row]":
        found = self._build(*self._stand_ins)
        compiler = found.query.get_compiler(connection=connection, elide_empty=False)
        sql, params = compiler.as_sql()
        return _Plan(sql, [(self._place(param), param) for param in params], *_reading(compiler))

    def _place(self, param: Any) -> int | None:
        """Which of the values stands for this parameter, None for one that is always the same."""
        return next((at for at, each in enumerate(self._stand_ins) if each == param), None)


class _Answers(threading.local):
    known: dict[Hashable, list[Any]] | None = None


_answers = _Answers()


@contextmanager
def once() -> Iterator[None]:
    """Meanwhile this thread asks lookups that are made so once for each value: for a short transaction."""
    _answers.known = {}
    try:
        yield
    finally:
        _answers.known = None


class Lookups(Generic[Row]):
    """A `Lookup` for each key (such as what a colleague may see), made when it is first asked for."""

    def __init__(self, make: Callable[..., Lookup[Row]]) -> None:
        self._make = lru_cache(maxsize=_MOST_KINDS)(make)

    def __getitem__(self, key: Hashable) -> Lookup[Row]:
        return self._make(key)


_kept: dict[Hashable, Lookup[Any]] = {}


def kept(key: Hashable, build: Callable[[], QuerySet[Row]]) -> list[Row]:
    """The rows of `build()`, which is called once for a key: so that has to hold all that they depend on."""
    if key not in _kept:
        if len(_kept) >= _MOST_KINDS:
            _kept.clear()
        _kept[key] = Lookup(build)
    return _kept[key]()


class _Plan(NamedTuple, Generic[Row]):
    sql: str
    params: Sequence[tuple[int | None, Any]]
    convert: Callable[[Sequence[Any]], Iterable[Any]]
    row: Callable[[Any], Row]


def _stand_in(kind: type, place: int) -> str | int | list[int]:
    number = 2**60 + place
    if kind is str:
        return f"value {place}"
    return [number] if kind is list else number


def _reading(compiler: SQLCompiler) -> tuple[Callable[[Sequence[Any]], Iterable[Any]], Callable[[Any], Any]]:
    """How values become those of Python, and a row an object: as Django's ModelIterable does it."""
    alias = connection.alias
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    known: Any = compiler.klass_info
    chosen = known["select_fields"]
    start, end = chosen[0], chosen[-1] + 1
    names = [column.target.attname for column in columns[start:end]]
    related = get_related_populators(known, compiler.select, alias)  # type: ignore[call-arg]  # new in Django 6
    annotated = list((compiler.annotation_col_map or {}).items())

    def convert(rows: Sequence[Any]) -> Iterable[Any]:
        return compiler.apply_converters(rows, converters) if converters else rows

    def row(values: Any) -> Any:
        made = known["model"].from_db(alias, names, values[start:end])
        for each in related:
            each.populate(values, made)
        for name, place in annotated:
            setattr(made, name, values[place])
        return made

    return convert, row


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(FieldLookup):
    """`field__any_of=[…]`: like `__in`, but one statement for lists of every length."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, self.rhs)


def insert(row: Row) -> Row:
    """Insert a new row and give it back with its key and what the database chose; raises IntegrityError."""
    sql, fields, chosen = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with cursor() as made:
        made.execute(sql, values)
        for field, value in zip(chosen, made.fetchone(), strict=True):
            setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias
    return row


def update(row: Model, *names: str) -> None:
    """Write these fields of a row that is there: like `row.save(update_fields=…)`, without signals."""
    sql, fields = _update(type(row), names)
    values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with cursor() as changed:
        changed.execute(sql, [*values, row.pk])


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field]]:
    """The statement, and the fields it fills."""
    fields = [cast("Field", model._meta.get_field(name)) for name in names]
    quote = connection.ops.quote_name
    places = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = quote(str(model._meta.pk.column))
    return f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE {key} = %s", fields  # noqa: S608


def insert_with(row: Row, second: Model, *, by: str) -> Row:
    """Insert two new rows by one statement: `second` belongs to `row` by its foreign key `by`."""
    sql, (first, others) = _insertion_of_two(type(row), type(second), by)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in first]
    values += [field.get_db_prep_save(field.pre_save(second, add=True), connection) for field in others]
    with cursor() as made:
        made.execute(sql, values)
        row.pk, second.pk = made.fetchone()
    setattr(second, by, row)
    for each in (row, second):
        each._state.adding, each._state.db = False, connection.alias
    return row


@cache
def _insertion_of_two(
    model: type[Model], other: type[Model], by: str
) -> tuple[str, tuple[list[Field], list[Field]]]:
    """The statement, and the fields of both that it fills."""
    sql, fields, chosen = _insertion(model)
    _sql, others, theirs = _insertion(other)
    if len(chosen) > 1 or len(theirs) > 1:
        raise TypeError("of these two only the keys may be chosen by the database")
    quote = connection.ops.quote_name
    link = next(quote(str(field.column)) for field in others if field.name == by)
    others = [field for field in others if field.name != by]
    key, its_key = (quote(str(each[0].column)) for each in (chosen, theirs))
    columns = ", ".join([link, *(quote(str(field.column)) for field in others)])
    places = ", ".join([f"(SELECT {key} FROM one)", *["%s"] * len(others)])  # noqa: S608
    into = f"INSERT INTO {quote(other._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    return f"WITH one AS ({sql}) {into} RETURNING {link}, {its_key}", (fields, others)


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
