"""How long the pages take that people look at all day, one at a time, and how many the desk serves at once.

python -m bench.pages --tickets 100000 --data /var/tmp/desk
"""

import argparse
import json
import os
import statistics
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import desks, processes, room
from bench.browsing import Answer, Browser, hammer
from helpdesk.accounts.models import Team, User
from helpdesk.supervisor import prepare
from tickets import access
from tickets.models import Message, Ticket
from tickets.seeding import vocabulary

LONG = 20  # messages on the ticket that is opened
CLIENTS = 8
LOAD_SECONDS = 10.0
COMMON = "delivery"
RARE = (3, 1 / 7500)  # a rare word stands in so many messages at least, and in this share of them at most
Ask = Callable[[], Answer]


def main() -> None:
    options = _options()
    with room.opened() as where:
        prepare.collect_static()
        desk = desks.prepared(where, options.tickets)
        people: dict[str, User] = {"agent": _agent(), "agent_of_the_smallest_team": _of_a_small_team()}
        people |= {"admin": _admin()} if options.admin else {}
        result: dict[str, Any] = {"bench": "pages", **_size(desk), "durability": where.durability()}
        with desks.served(18000) as (port, crew):
            pids = [child.pid for child in crew.children["web"] if child.pid] + list(where.pids().values())
            for role, user in people.items():
                result[role] = _pages(port, user, options.times, pids)
            result["list_fragment"] = _under_load(port, people["agent"], pids)
            if options.cold:
                result["cold_ms"] = _cold(where, port, people["agent"])
    print(json.dumps(result))


def _pages(port: int, user: User, times: int, pids: list[int]) -> dict[str, Any]:
    browser = Browser(port, user)
    found = {}
    for name, paths in _walks(user).items():
        for path in paths:
            browser.get(path)
        asks: list[Ask] = [partial(browser.get, paths[turn % len(paths)]) for turn in range(times)]
        found[name] = {**_measured(asks, pids), "queries": _queries(user, paths[0])}
        room.tell(f"{user.email} {name}: {found[name]}")
    found["reply"] = {**_measured(_replies(browser, user, times), pids), "queries": _reply_queries(user)}
    room.tell(f"{user.email} reply: {found['reply']}")
    return found


def _walks(user: User) -> dict[str, list[str]]:
    long = f"/tickets/{_long_ticket(user).number}/"
    return {
        "list": ["/tickets/?view=open"],
        "list_all": ["/tickets/?view=all"],
        "ticket": [long],
        "search_rare": [f"/tickets/?q={word}" for word in _rare_words()],
        "search_common": [f"/tickets/?q={COMMON}"],
        "search_best_first": [f"/tickets/?q={COMMON}&order=best"],
    }


def _replies(browser: Browser, user: User, times: int) -> list[Ask]:
    mine = list(access.tickets(user).on_desk().newest_first()[:50])
    return [
        partial(
            browser.post,
            f"/tickets/{mine[turn % len(mine)].number}/replies/",
            {"body": f"Thank you, number {turn}.", "key": str(uuid.uuid4())},
        )
        for turn in range(times)
    ]


def _measured(asks: list[Ask], pids: list[int]) -> dict[str, Any]:
    """One after the other; the processor time of web and servers is told beside the clock's."""
    before = processes.cpu_seconds(pids)
    answers = [ask() for ask in asks]
    cost = (processes.cpu_seconds(pids) - before) / len(answers)
    if wrong := {answer.status for answer in answers} - {200, 302}:
        raise RuntimeError(f"answers with status {wrong}")
    seconds = sorted(answer.seconds * 1000 for answer in answers)
    return {
        "p50_ms": round(statistics.median(seconds), 1),
        "p95_ms": round(seconds[int(len(seconds) * 0.95)], 1),
        "least_ms": round(seconds[0], 1),
        "cpu_ms": round(cost * 1000, 1),
        "bytes": int(statistics.median(answer.bytes for answer in answers)),
    }


def _queries(user: User, path: str) -> int:
    client = Client()
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _reply_queries(user: User) -> int:
    client = Client()
    client.force_login(user)
    ticket = access.tickets(user).on_desk().newest_first()[0]
    with CaptureQueriesContext(connection) as captured:
        client.post(f"/tickets/{ticket.number}/replies/", {"body": "Thank you.", "key": str(uuid.uuid4())})
    return len(captured)


def _under_load(port: int, user: User, pids: list[int]) -> dict[str, Any]:
    browsers = [Browser(port, user) for _ in range(CLIENTS)]
    hammer(browsers, "/tickets/?view=open", 2)
    before = processes.cpu_seconds(pids)
    load = hammer(browsers, "/tickets/?view=open", LOAD_SECONDS)
    return {
        "clients": CLIENTS,
        "pages_per_second": round(load.a_second, 1),
        "desk_cpu_ms_a_page": round((processes.cpu_seconds(pids) - before) / load.pages * 1000, 2),
        "generator_cpu_ms_a_page": round(load.own_cpu_seconds / load.pages * 1000, 2),
    }


def _cold(where: room.Room, port: int, user: User) -> dict[str, float]:
    """Each page once, when neither PostgreSQL nor the system has anything of the desk in memory."""
    found = {}
    for name, paths in _walks(user).items():
        connections.close_all()
        where.servers["postgresql"].stop()
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
        where.servers["postgresql"].start()
        answer = Browser(port, user).get(paths[0])
        if answer.status != 200:
            raise RuntimeError(f"{paths[0]}: {answer.status}")
        found[name] = round(answer.seconds * 1000, 1)
    return found


def _long_ticket(user: User) -> Ticket:
    """The newest visible ticket with 20 messages, or the nearest there is below."""
    found = access.tickets(user).on_desk().annotate(length=Count("messages")).filter(length__lte=LONG)
    return found.order_by("-length", "-id")[0]


def _rare_words() -> list[str]:
    """Different words, each in a few messages."""
    found, most = [], Message.objects.count() * RARE[1]
    for word in vocabulary.words("en")[vocabulary.SIZE // 2 :: 211]:
        count = Message.objects.extra(where=["search @@ to_tsquery('english', %s)"], params=[word]).count()
        if RARE[0] <= count <= max(most, RARE[0]):
            found.append(word)
    if not found:
        raise RuntimeError("this desk has no rare words: is it seeded?")
    return found[:20]


def _agent() -> User:
    return User.objects.filter(role=User.Role.AGENT, memberships__isnull=False).order_by("id")[0]


def _of_a_small_team() -> User:
    """An agent of one team alone, the one with the fewest tickets."""
    people = User.objects.filter(role=User.Role.AGENT).annotate(number=Count("memberships")).filter(number=1)
    smallest = Team.objects.annotate(size=Count("tickets")).order_by("size", "id")
    return next(person for team in smallest for person in people.filter(memberships__team=team)[:1])


def _admin() -> User:
    return User.objects.filter(role=User.Role.ADMIN).order_by("id")[0]


def _size(desk: desks.Desk) -> dict[str, int]:
    return {"tickets": desk.ticket_count(), "messages": Message.objects.count()}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=100, help="how often each page is asked for")
    parser.add_argument("--admin", action="store_true", help="measure an admin's pages too")
    parser.add_argument("--cold", action="store_true", help="and each page once with cold caches, as root")
    parser.add_argument("--tickets", type=int, default=100_000, help="size of a desk that is new")
    parser.add_argument("--data", type=Path, help="keep the desk here for the next measurement")
    return parser.parse_args()


if __name__ == "__main__":
    main()
