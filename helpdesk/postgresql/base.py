"""The database of the settings: what a restart of PostgreSQL has ended is noticed before it is used."""

import select
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.abc import Buffer
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool


class TimestampLoader(BaseTzLoader):
    """Django's, which takes a twentieth of a worker's time; Python itself reads what PostgreSQL writes."""

    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        try:
            return datetime.fromisoformat(str(data, "ascii"))
        except ValueError:  # before Christ, or beyond any calendar
            return super().load(data)


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """As it was sent; of a statement that is prepared, where the values go apart, its text."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but for the pool, whose own checks are to be switched off (CONN_HEALTH_CHECKS).

    They look at one connection of the pool after the other, and wait for 1, 2, 4, 8 seconds between two
    that are gone: after a restart of the database, the page that came next waited in vain.
    A connection at rest on which the server says nothing is alive: it costs no question.
    """

    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        if self.timezone is UTC:
            params["context"].adapters.register_loader("timestamptz", TimestampLoader)
        return params

    def is_usable(self) -> bool:
        """Whether the connection of this thread still leads to a server."""
        has_failed = self.connection.info.transaction_status == TransactionStatus.INERROR
        return (_is_silent(self.connection) and not has_failed) or super().is_usable()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One that answers; when the pool's does not, all that were made before are made anew.

        Raises OperationalError when there is no database for as long as the pool waits.
        """
        connection = super().get_new_connection(conn_params)
        pool = self.pool
        if pool is None or _answers(connection):
            return connection
        pool.putconn(connection)
        pool.drain()
        return super().get_new_connection(conn_params)


def _is_silent(connection: psycopg.Connection[Any]) -> bool:
    """Whether nothing has come that nobody asked for: a farewell, the end of the line, or a mere notice."""
    if connection.closed:
        return False
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    return not line.poll(0)


def _answers(connection: psycopg.Connection[Any]) -> bool:
    if _is_silent(connection):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        return False
    return True
