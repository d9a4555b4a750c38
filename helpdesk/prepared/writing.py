"""New rows and changed fields, by statements that were written once."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TypeVar, cast

from django.db import connection
from django.db.models import BinaryField, Field, Model
from django.db.models.fields import NOT_PROVIDED

from helpdesk.prepared.cursors import cursor

Row = TypeVar("Row", bound=Model)


def insert(row: Row) -> Row:
    """Insert a new row and give it back with its key and what the database chose; raises IntegrityError."""
    sql, fields, chosen = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with cursor() as made:
        made.execute(sql, values)
        for field, value in zip(chosen, made.fetchone(), strict=True):
            setattr(row, field.attname, value)
    _are_saved(row)
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
    _are_saved(row, second)
    return row


def insert_all(rows: Sequence[Model]) -> None:
    """Insert new rows of one model by one statement, in their order; they have their keys then.

    Values travel as JSON: for models without binary columns. Raises IntegrityError.
    """
    if not rows:
        return
    sql, fields = _insertion_of_many(type(rows[0]))
    told = [
        {str(field.column): field.get_prep_value(field.pre_save(row, add=True)) for field in fields}
        for row in rows
    ]
    with cursor() as made:
        made.execute(sql, [json.dumps(told, default=_as_json)])
        keys = sorted(key for (key,) in made.fetchall())
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
    _are_saved(*rows)


def _are_saved(*rows: Model) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _as_json(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def _insertion_of_many(model: type[Model]) -> tuple[str, list[Field]]:
    """The statement, and the fields it fills. Keys are drawn in the order of the rows."""
    _sql, fields, chosen = _insertion(model)
    if len(chosen) > 1 or any(isinstance(field, BinaryField) for field in fields):
        raise TypeError(f"rows of {model.__name__} go one by one")
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(chosen[0].column))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    sql = f"""
WITH said AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('{table}', '{chosen[0].column}')) AS drawn, row.*
    FROM json_populate_recordset(NULL::{table}, %s::json) AS row
), made AS (INSERT INTO {table} ({key}, {columns}) SELECT drawn, {columns} FROM said)
SELECT drawn FROM said
"""  # noqa: S608  (names of tables and columns)
    return sql, fields


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
