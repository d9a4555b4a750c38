"""What the whole desk holds in memory: each process at rest, and again after a load.

    python -m bench.memory

PSS: a page that several processes share is split among them, so that the parts add up to the whole.
"""

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from bench import desks, processes, room
from bench.browsing import HOST, Browser, hammer
from helpdesk.accounts.models import User
from helpdesk.supervisor import ports, prepare

REST_SECONDS = 12.0
LOAD_SECONDS = 10.0
CLIENTS = 8


def main() -> None:
    options = _options()
    with room.opened() as where:
        prepare.collect_static()
        desk = desks.prepared(where, options.tickets)
        settings.SMTP_LISTENER_PORT = ports.free(HOST, 18100)
        admin = _admin()
        with desks.served(18000) as (port, web), desk.staffed(desk.workers):
            desk.crew.mail()
            time.sleep(REST_SECONDS)
            crews = [web, desk.crew]
            at_rest = _megabytes(where, crews)
            _work(desk, port, admin, options.mails)
            after = _megabytes(where, crews)
        result = {"bench": "memory", "tickets": desk.ticket_count(), "unit": "MiB of PSS"}
    print(json.dumps({**result, "at_rest": at_rest, "after_a_load": after}))


def _work(desk: desks.Desk, port: int, user: User, mails: int) -> None:
    desk.pass_through(desk.mails(mails, seed=time.time_ns()))
    hammer([Browser(port, user) for _ in range(CLIENTS)], "/tickets/?view=open", LOAD_SECONDS)


def _megabytes(where: room.Room, crews: list[Any]) -> dict[str, float]:
    """By process, with its children; the first is the sum. We stand for the supervisor, which forks them."""
    pids = dict(where.pids())
    for crew in crews:
        pids |= {child.name: child.pid for group in crew.children.values() for child in group if child.pid}
    parts = {
        name: sum(map(processes.pss_kilobytes, processes.family(pid))) / 1024 for name, pid in pids.items()
    }
    parts["supervisor"] = processes.pss_kilobytes(os.getpid()) / 1024
    parts = {name: round(value, 1) for name, value in parts.items()}
    room.tell(f"{parts}")
    return {"all": round(sum(parts.values()), 1), **parts}


def _admin() -> User:
    found = User.objects.filter(role=User.Role.ADMIN).first()
    return found or User.objects.create_superuser("bench@desk.example", name="Bench")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mails", type=int, default=300, help="the load: so many mails, then 10 s of lists")
    parser.add_argument("--tickets", type=int, default=0, help="size of a desk that is new")
    parser.add_argument("--data", type=Path, help="keep the desk here for the next measurement")
    return parser.parse_args()


if __name__ == "__main__":
    main()
