"""The description of the API and what it does are tried against each other, by a machine without mercy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tickets.api.test_access import Room

ROOT = Path(__file__).resolve().parents[3]
SMALL = ["--phases", "fuzzing", "--max-examples", "3"]
MORE = os.environ.get("API_EXAMPLES")  # a number: every phase, so many examples of each operation


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_is_found_that_the_description_does_not_say(
    live_server, program, ada, answered, alice, written, settings
):
    settings.API_RATE = settings.API_RATE_ANONYMOUS = 1_000_000
    Room(answered, alice, written)
    machine = Path(sys.executable).with_name("schemathesis")
    token = program(ada).headers["Authorization"]
    dose = ["--max-examples", MORE] if MORE else SMALL
    tried = subprocess.run(
        [
            machine,
            "run",
            f"{live_server.url}/api/schema/",
            "-H",
            f"Authorization: {token}",
            "--no-color",
            *dose,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert tried.returncode == 0, tried.stdout[-20_000:]
