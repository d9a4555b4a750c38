"""The database is empty again after a test that commits: at the price of its rows, not of every table.

Django truncates all tables and makes every permission anew, 0.2 s a test, and needs each table for itself
alone: with the web process of the browser tests still reading, that can end in a deadlock.
"""

import time

from django.db import DatabaseError, connection
from django.test import TransactionTestCase

KEPT = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "tickets_topic",
)  # migrations fill them
TRIES = 5

# The keys between the tables are checked at commit, so that they may be emptied in any order.
_EMPTY = """
DO $$
DECLARE
    name text;
    filled boolean;
BEGIN
    FOREACH name IN ARRAY string_to_array('{names}', ' ') LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('DELETE FROM %I', name);
        END IF;
    END LOOP;
END $$
"""


def install() -> None:
    """From now on in this process."""
    TransactionTestCase._fixture_teardown = _teardown  # type: ignore[method-assign]


def _teardown(test: TransactionTestCase) -> None:
    empty()


def empty() -> None:
    """As it was when its tables were made: what migrations planted stays."""
    names = sorted(set(connection.introspection.django_table_names(only_existing=True)) - set(KEPT))
    for attempt in range(1, TRIES + 1):
        try:
            with connection.cursor() as cursor:
                cursor.execute(_EMPTY.format(names=" ".join(names)))
            return
        except DatabaseError:  # a request of the test's browser is under way still
            if attempt == TRIES:
                raise
            time.sleep(0.1 * attempt)
