"""The database of the settings: its pool forgets at once what a restart of PostgreSQL has ended."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but for the pool, whose own checks are to be switched off (CONN_HEALTH_CHECKS).

    They look at one connection of the pool after the other, and wait for 1, 2, 4, 8 seconds between two
    that are gone: after a restart of the database, the page that came next waited in vain.
    """

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


def _answers(connection: psycopg.Connection[Any]) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        return False
    return True
