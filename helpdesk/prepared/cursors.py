"""Cursors whose statements PostgreSQL parses and plans once for each connection."""

from typing import Any, Self, cast

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


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
