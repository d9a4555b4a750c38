"""Rows that were asked for in the same way before."""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, QuerySet
from django.db.models import Lookup as FieldLookup
from django.db.models.base import ModelState
from django.db.models.fields.related import ForeignObject
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from helpdesk.prepared.cursors import cursor

Row = TypeVar("Row", bound=Model)
_MOST_KINDS = 1000


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
    for each in related:
        _quicken(each)
    make = _maker(known["model"])
    annotated = list((compiler.annotation_col_map or {}).items())

    def convert(rows: Sequence[Any]) -> Iterable[Any]:
        return compiler.apply_converters(rows, converters) if converters else rows

    def row(values: Any) -> Any:
        made = make(alias, names, values[start:end])
        for each in related:
            each.populate(values, made)
        for name, place in annotated:
            setattr(made, name, values[place])
        return made

    return convert, row


def _maker(model: type[Row]) -> Callable[[str, Iterable[str], Iterable[Any]], Row]:
    """Like `model.from_db`, but a few times faster: fields are given or deferred, and no signal is sent."""

    def make(alias: str, names: Iterable[str], values: Iterable[Any]) -> Row:
        made = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, alias
        made.__dict__.update(zip(names, values, strict=True), _state=state)
        return made

    return make


def _quicken(related: Any) -> None:
    """What makes a row that was joined, and those that were joined to that."""
    related.model_cls = SimpleNamespace(from_db=_maker(related.model_cls))
    for each in related.related_populators:
        _quicken(each)


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(FieldLookup):
    """`field__any_of=[…]`: like `__in`, but one statement for lists of every length."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, self.rhs)
