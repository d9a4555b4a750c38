"""`manage.py run` as a person meets it: it starts, survives kill -9 of anything, and leaves nothing."""

import os
import signal
import urllib.request
from pathlib import Path

import pytest

from helpdesk.embedded.processes import wait_for
from tests.product import Product

pytestmark = pytest.mark.slow


class Run(Product):
    """One `manage.py run`, and what became of it."""

    def family(self) -> dict[int, str]:
        """Every process below it, by what it is."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, rest = stat.read_text().split("(", 1)[1].rsplit(")", 1)
            except OSError:
                continue
            parents[int(stat.parent.name)] = (int(rest.split()[1]), name, rest.split()[0])
        found: dict[int, str] = {}
        for _ in range(3):
            known = {self.process.pid, *found}
            found = {pid: name for pid, (parent, name, _) in parents.items() if parent in known}
        return found


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("desk") / "data"


@pytest.fixture(scope="module")
def run(home):
    """Starts the desk; what is still running after the last test is ended."""
    runs = []

    def start() -> Run:
        runs.append(Run(home))
        return runs[-1]

    yield start
    for one in runs:
        one.stop()


@pytest.fixture(scope="module")
def first(run) -> Run:
    """The first start on an empty folder."""
    return run()


def status(address: str) -> int:
    with urllib.request.urlopen(f"{address}/sign-in/", timeout=10) as answer:
        return answer.status


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}/cwd").exists() for pid in pids)


def test_starts_on_an_empty_folder(first, home):
    address = first.open()
    assert status(address) == 200
    assert f"{address}/welcome/?token=" in first.until(r"(Set it up here: .*)")
    assert (home.stat().st_mode & 0o777) == 0o700


def test_refuses_a_second_one(first, run):
    second = run()
    assert second.until(r"This desk runs already: (.*)") == f"{first.address}."
    assert second.process.wait(20) == 1


def test_whatever_dies_is_started_again(first):
    for pid in first.family():
        os.kill(pid, signal.SIGKILL)
    ended = {first.until(r"^(\S+) ended") for _ in range(8)}
    assert ended == {"PostgreSQL", "Valkey", "web-1", "web-2", "worker-1", "worker-2", "beat", "mail"}
    assert status(first.address) == 200


def test_the_supervisors_death_ends_everything(first):
    family = list(first.family())
    assert len(family) > 10
    first.process.kill()
    first.process.wait()
    assert wait_for(lambda: gone(family), 10)


def test_after_kill_9_of_everything_it_starts_as_if_nothing_had_been(run):
    desk = run()
    assert status(desk.open()) == 200
    for pid in [desk.process.pid, *desk.family()]:
        os.kill(pid, signal.SIGKILL)


def test_ctrl_c_leaves_no_process_and_no_lock(run, home):
    desk = run()
    assert status(desk.open()) == 200
    family = list(desk.family())
    desk.process.send_signal(signal.SIGINT)
    assert desk.process.wait(40) == 0
    assert gone(family)
    assert not list(home.glob("run/*")) + list(home.glob("pg/postmaster.pid"))
