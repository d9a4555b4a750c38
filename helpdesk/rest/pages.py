"""Long lists, page by page: by cursors that point at a place in a stable order, so that nothing shifts."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from helpdesk.rest import problems

USUAL, MOST = 50, 200


class Keyset(Protocol):
    """An order with a way of its own to go on from a row."""

    def sort(self, found: Any) -> Any: ...

    def after(self, found: Any, values: Any) -> Any: ...

    def cursor(self, row: Any) -> str: ...

    def place(self, cursor: str) -> Any: ...


Orders = Mapping[str, tuple[str, ...] | Keyset]
"""What `order` may be, the first by default; each a keyset, or its columns, the last of them unique."""


def limit(request: Request) -> int:
    """How many rows the caller wants on a page."""
    given = request.query_params.get("limit", "")
    if not given:
        return USUAL
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= MOST):
        raise problems.bad_parameter(("limit", f"A whole number from 1 to {MOST}."))
    return int(given)


def page(
    request: Request,
    searched: Iterable[QuerySet[Any]],
    orders: Orders,
    show: Callable[[list[Any]], list[Any]],
    *,
    usual: str = "",
) -> Response:
    """One page of rows. `searched` are ever larger sets: the next is asked when one does not fill it.

    `usual` is the order of who asks for none.
    """
    order = request.query_params.get("order", "") or usual or next(iter(orders))
    if order not in orders:
        raise problems.bad_parameter(("order", f"One of: {', '.join(orders)}."))
    columns, most = orders[order], limit(request)
    rows: list[Any] = []
    for found in searched:
        rows = list(_sorted(request, found, columns, order)[: most + 1])
        if len(rows) > most:
            break
    cursor = _cursor(order, columns, rows[most - 1]) if len(rows) > most else ""
    return _answer(request, show(rows[:most]), cursor)


def _answer(request: Request, results: list[Any], cursor: str) -> Response:
    here = request.build_absolute_uri()
    following = replace_query_param(here, "cursor", cursor) if cursor else None
    response = Response({"results": results, "next": following})
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _sorted(
    request: Request, found: QuerySet[Any], columns: tuple[str, ...] | Keyset, order: str
) -> QuerySet[Any]:
    if isinstance(columns, tuple):
        return _after(request, found, columns, order).order_by(*columns)
    given = request.query_params.get("cursor", "")
    place = None
    if given:
        place = columns.place("_".join(_parts(given, order)))
        if place is None:
            raise _no_cursor()
    return columns.sort(columns.after(found, place))


def _after(request: Request, found: QuerySet[Any], columns: tuple[str, ...], order: str) -> QuerySet[Any]:
    """The rows behind the cursor: (a, b) after (x, y) as `a ≤ x and not (a = x and b ≥ y)`, for the index."""
    given = request.query_params.get("cursor", "")
    if not given:
        return found
    values = _read(given, found.model, columns, order)
    if len(columns) == 1:
        return found.filter(**{_beyond(columns[0]): values[0]})
    first, last = columns
    same = {first.lstrip("-"): values[0], f"{_beyond(last, reverse=True)}e": values[1]}
    return found.filter(**{f"{_beyond(first)}e": values[0]}).exclude(**same)


def _beyond(column: str, *, reverse: bool = False) -> str:
    """The lookup for what comes later in this column's direction."""
    name = column.removeprefix("-")
    return f"{name}__lt" if column.startswith("-") != reverse else f"{name}__gt"


def _cursor(order: str, columns: tuple[str, ...] | Keyset, row: Model) -> str:
    if isinstance(columns, tuple):
        values = [_field(type(row), column).value_to_string(row) for column in columns]
    else:
        values = columns.cursor(row).split("_")
    return base64.urlsafe_b64encode(json.dumps([order, *values]).encode()).decode().rstrip("=")


def _read(cursor: str, model: type[Model], columns: tuple[str, ...], order: str) -> list[Any]:
    values = _parts(cursor, order)
    try:
        return [_value(model, column, value) for column, value in zip(columns, values, strict=True)]
    except (ValueError, OverflowError, TypeError, ValidationError) as error:
        raise _no_cursor() from error


def _parts(cursor: str, order: str) -> list[str]:
    """What a cursor of this order holds."""
    try:
        parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
        if not isinstance(parts, list) or parts[:1] != [order]:
            raise ValueError("it belongs to another list")
        if not all(isinstance(part, str) for part in parts):
            raise ValueError("no text")
        return parts[1:]
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise _no_cursor() from error


def _no_cursor() -> problems.Problem:
    detail = "This is no cursor of this list: take it from `next`, and keep the other parameters."
    return problems.bad_parameter(("cursor", detail))


def _value(model: type[Model], column: str, given: str) -> Any:
    value = _field(model, column).to_python(given)
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _field(model: type[Model], column: str) -> Any:
    return model._meta.pk if column.lstrip("-") == "pk" else model._meta.get_field(column.lstrip("-"))
