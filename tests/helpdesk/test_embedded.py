"""PostgreSQL and Valkey under our own hand: they start from anything a crash can leave."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from helpdesk import places
from helpdesk.embedded import Postgres, Trouble, Valkey
from helpdesk.embedded.account import Account
from helpdesk.embedded.postgres import THROW_AWAY
from helpdesk.embedded.processes import living_in, wait_for

QUICK = {"fsync": "off"}  # these tests kill processes, not the power


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("pg")


@pytest.fixture
def postgres(room):
    server = Postgres(room / "pg", places.run_dir(room), room / "postgres.log", QUICK)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def valkey(tmp_path):
    server = Valkey(tmp_path / "valkey", places.run_dir(tmp_path), tmp_path / "valkey.log")
    server.start()
    yield server
    server.stop()


def rows(server: Postgres, query: str) -> list:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        done = connection.execute(query)
        return done.fetchall() if done.description else []


def test_sorts_and_folds_every_language_without_the_machines_locales(postgres):
    assert rows(postgres, "SELECT lower('ÁRVÍZ ЖУК'), upper('ő')") == [("árvíz жук", "Ő")]
    assert rows(postgres, "SHOW server_encoding") == [("UTF8",)]


def test_a_desk_never_gives_up_durability(tmp_path):
    command = Postgres(tmp_path / "pg", tmp_path, tmp_path / "log").command(tmp_path, tmp_path)
    assert not {part.split("=")[0] for part in command} & set(THROW_AWAY)


def test_what_was_committed_survives_kill_9(postgres):
    rows(postgres, "CREATE TABLE IF NOT EXISTS kept (word text)")
    rows(postgres, "INSERT INTO kept VALUES ('here')")
    os.kill(postgres.process.pid, signal.SIGKILL)  # not waited for: it stays a zombie, pid file and all
    postgres.start()
    assert rows(postgres, "SELECT DISTINCT word FROM kept") == [("here",)]


def test_starts_beside_the_files_of_a_dead_one(postgres):
    postgres.stop()
    # The pid of a living process that is no PostgreSQL, as after a restart of the machine.
    (postgres.home / "postmaster.pid").write_text(f"{os.getpid()}\n{postgres.home}\n0\n5432\n\n\n\nready\n")
    (postgres.run / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    postgres.start()
    assert rows(postgres, "SELECT 1") == [(1,)]


def test_ends_one_that_outlived_its_desk(room, postgres):
    left = postgres.process
    second = Postgres(postgres.home, postgres.run, postgres.log, QUICK)
    second.start()
    assert left.wait(10) == 0
    second.stop()
    assert living_in(postgres.home) == []


def test_refuses_the_data_of_another_major_version(postgres):
    postgres.stop()
    version = postgres.home / "PG_VERSION"
    ours = version.read_text()
    version.write_text("15\n")
    with pytest.raises(Trouble, match=r"made by PostgreSQL 15; this desk brings \d+"):
        postgres.start()
    version.write_text(ours)


def test_an_interrupted_creation_is_begun_anew(room):
    home = room / "second"
    home.with_name("second.new").mkdir()
    (home.with_name("second.new") / "half").write_text("half")
    server = Postgres(home, places.run_dir(room / "other"), room / "second.log", QUICK)
    server.start()
    assert rows(server, "SELECT 1") == [(1,)]
    server.stop()


def test_says_why_it_does_not_start(room):
    server = Postgres(room / "pg", places.run_dir(room), room / "wrong.log", {"shared_buffers": "nonsense"})
    with pytest.raises(Trouble, match="nonsense"):
        server.start()
    assert not server.alive


def test_a_long_path_gets_a_short_socket(tmp_path):
    data = tmp_path / ("long" * 30)
    run = places.run_dir(data)
    assert len(str(run)) <= places.LONGEST_SOCKET_FOLDER
    assert run == places.run_dir(data) != places.run_dir(data.with_name("other" * 25))
    server = Valkey(data / "valkey", run, tmp_path / "log")
    server.start()
    assert redis.Redis.from_url(server.url).ping()
    server.stop()
    run.rmdir()


def test_refuses_a_socket_folder_that_a_stranger_has_laid(tmp_path):
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "run").symlink_to(real)
    with pytest.raises(Trouble, match="somebody else"):
        Account().own(tmp_path / "run")


def test_valkey_keeps_nothing_and_comes_back(valkey):
    client = redis.Redis.from_url(valkey.url)
    client.set("word", "gone")
    os.kill(valkey.process.pid, signal.SIGKILL)
    valkey.start()
    assert client.get("word") is None


def test_servers_end_with_the_process_that_started_them(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from helpdesk.embedded import Valkey;"
        "room = Path(sys.argv[1]); server = Valkey(room / 'valkey', room / 'run', room / 'log');"
        "server.start(); print(server.process.pid, flush=True); time.sleep(60)"
    )
    desk = subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True)
    assert desk.stdout.readline().strip().isdigit()
    assert living_in(tmp_path / "valkey")
    desk.kill()
    desk.wait()
    assert wait_for(lambda: not living_in(tmp_path / "valkey"), 5)
