"""A pool of connections, and a database that was restarted."""

import time

import pytest
from django.conf import settings
from django.db import connection

from helpdesk.postgresql.base import DatabaseWrapper

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
