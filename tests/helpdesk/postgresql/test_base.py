"""A pool of connections, and a database that was restarted."""

import time
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import DataError, connection

from helpdesk.postgresql.base import DatabaseWrapper, TimestampLoader

MANY = 8
GONE = "SELECT pg_terminate_backend(%s, 5000)"  # and wait for it, at most so many ms


@pytest.fixture
def wrappers(db):
    """The connections of as many threads."""
    facts = connection.settings_dict
    pooled = {**facts, "OPTIONS": {**facts["OPTIONS"], "pool": settings.THREAD_POOL}}
    pooled |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    made = [DatabaseWrapper(pooled, alias="default") for _thread in range(MANY)]
    yield made
    for each in made:
        each.close()
    made[0].close_pool()


def backends(wrappers: list[DatabaseWrapper]) -> list[int]:
    found = []
    for each in wrappers:
        with each.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            found.append(cursor.fetchone()[0])
    return found


def test_connections_are_used_again(wrappers):
    first = backends(wrappers)
    for each in wrappers:
        each.close()
    assert set(backends(wrappers)) == set(first)


def test_after_a_restart_nobody_waits_for_connections_that_are_gone(wrappers):
    before = backends(wrappers)
    for each in wrappers:
        each.close()
    with connection.cursor() as cursor:
        for backend in before:
            cursor.execute(GONE, [backend])
    began = time.monotonic()
    after = backends(wrappers)
    assert not set(after) & set(before)
    assert time.monotonic() - began < 2.5  # one look at each in turn takes 1 + 2 + 4 seconds and more


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-26 09:09:19.1+00", datetime(2026, 11, 26, 9, 9, 19, 100_000, tzinfo=UTC)),
        ("2026-03-29 03:30:00+02", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("0001-01-01 00:00+00", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_moments_are_read_as_they_were_written(written, meant):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written])
        (found,) = cursor.fetchone()
    assert (found, found.tzinfo) == (meant, UTC)
    assert issubclass(connection.connection.adapters.get_loader(1184, 0), TimestampLoader)


@pytest.mark.django_db
def test_a_moment_that_python_has_no_date_for_is_refused_as_ever():
    with connection.cursor() as cursor, pytest.raises(DataError):
        cursor.execute("SELECT '0044-03-15 BC'::timestamptz")
        cursor.fetchone()
