"""Nothing lost and nothing doubled while everything is killed: a small dose of `bench.durability`."""

import json
import os
import subprocess
import sys

import pytest

GIVEN = ("DATABASE_URL", "REDIS_URL", "HELPDESK_DATA", "HELPDESK_RUN")


@pytest.mark.slow
@pytest.mark.dovecot
def test_mails_and_replies_survive_kills_and_restarts():
    """It restarts its database and Valkey, so it brings its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.durability", "--mails", "60", "--short"],
        env={name: value for name, value in os.environ.items() if name not in GIVEN},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.stdout, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["passed"], told
    assert (told["in"]["messages"], told["in"]["doubled"], told["in"]["in_the_wrong_ticket"]) == (60, 0, 0)
    assert told["in"]["by_imap"] == 30
    assert (told["out"]["replies"], told["out"]["lost"]) == (60, 0)
    for mishap in ("Valkey flushed", "PostgreSQL restarted", "PostgreSQL killed"):
        assert told["in"]["mishaps"][mishap] == told["out"]["mishaps"][mishap] == 1
    assert told["durability"]["fsync"] == "on"
