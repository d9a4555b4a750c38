"""A list open in many browsers while mail comes in: does it stay quick, and what does it cost the server?

    python -m bench.live --tickets 100000 --data /var/tmp/desk

Each browser holds its socket and does what the page does when it hears that something changed: it fetches the
rows anew, at most every three seconds, scattered over the time that the hint names (`static/js/lib/pace.js`).
"""

import argparse
import asyncio
import json
import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import websockets
from django.db import connections

from bench import desks, figures, processes, room
from bench.browsing import HOST, Browser
from channels_app import inbound
from helpdesk.accounts.models import User
from helpdesk.supervisor import prepare
from helpdesk.supervisor.crew import Crew
from tickets.models import Message

PAUSE = 3.0  # seconds between two fetches of one page
LIST = "/tickets/?view=open"
RESPONSIVE_MS = 100.0  # of the 95th percentile of the rows


def main() -> None:
    options = _options()
    with room.opened() as where:
        prepare.collect_static()
        desk = desks.prepared(where, options.tickets)
        with desks.served(18400, "worker", "beat") as (port, crew):
            result = _measured(desk, crew, port, options)
        told = {"bench": "live", "tickets_present": desk.ticket_count(), **result}
        told["durability"] = where.durability()
    print(json.dumps(told))


def _measured(desk: desks.Desk, crew: Crew, port: int, options: argparse.Namespace) -> dict[str, Any]:
    people = _people(options.browsers)
    pages = [Page(port, people[number % len(people)]) for number in range(options.browsers)]
    stream = Stream(desk, options.rate, options.seconds)
    web = [child.pid for child in crew.children["web"] if child.pid]
    everyone = [child.pid for group in crew.children.values() for child in group if child.pid]
    servers = list(desk.room.pids().values())
    before = {"web": processes.cpu_seconds(web), "all": processes.cpu_seconds(everyone + servers)}
    started = time.monotonic()
    asyncio.run(_all_open(pages, stream))
    seconds = time.monotonic() - started
    used = {"web": processes.cpu_seconds(web), "all": processes.cpu_seconds(everyone + servers)}
    taken = [took * 1000 for page in pages for took in page.took]
    rows = figures.spread(taken, 2)
    shown = [delay for page in pages for delay in page.delays(stream.came)]
    return {
        "browsers": len(pages),
        "mails": len(stream.came),
        "mails_per_second": round(len(stream.came) / seconds, 1),
        "hints": sum(page.hints for page in pages),
        "lists_fetched": len(taken),
        "rows_ms": rows,
        "seconds_until_shown": figures.spread(shown, 2),
        "web_cores": round((used["web"] - before["web"]) / seconds, 2),
        "all_cores": round((used["all"] - before["all"]) / seconds, 2),
        "is_responsive": rows["p95"] < RESPONSIVE_MS,
    }


class Page:
    """The list in one browser."""

    def __init__(self, port: int, user: User) -> None:
        self.browser = Browser(port, user)
        self.port = port
        self.took: list[float] = []
        self.seen: list[float] = []  # when the rows that were asked for then had come
        self.asked: list[float] = []
        self.hints = 0
        self.spread = 0.0  # seconds, as the last hint said
        self.is_open = False

    async def live(self, over: asyncio.Event) -> None:
        """Listen, and fetch the rows when something changed, until it is `over`."""
        await asyncio.to_thread(self._rows)  # the page is loaded before anything comes
        headers = {"Cookie": self.browser.headers["Cookie"], "Origin": f"http://{HOST}:{self.port}"}
        async with websockets.connect(f"ws://{HOST}:{self.port}/live/", additional_headers=headers) as line:
            self.is_open, changed = True, asyncio.Event()
            tasks = [
                asyncio.create_task(self._hear(line, changed)),
                asyncio.create_task(self._fetch(changed)),
            ]
            await over.wait()
            for task in tasks:
                task.cancel()

    async def _hear(self, line: websockets.ClientConnection, changed: asyncio.Event) -> None:
        async for hint in line:
            self.hints += 1
            self.spread = json.loads(hint)["spread"] / 1000
            changed.set()

    async def _fetch(self, changed: asyncio.Event) -> None:
        while True:
            rests = changed.is_set()
            await changed.wait()
            await asyncio.sleep(random.random() * (max(0.3 * PAUSE, self.spread) if rests else self.spread))
            changed.clear()
            asked = time.monotonic()
            answer = await asyncio.to_thread(self._rows)
            if answer.status != 200:
                raise RuntimeError(f"{LIST}: {answer.status}")
            self.took.append(answer.seconds)
            self.asked.append(asked)
            self.seen.append(time.monotonic())
            await asyncio.sleep(PAUSE)

    def _rows(self) -> Any:
        self.browser.line.close()  # the server hangs up on whoever is silent for a few seconds
        return self.browser.get(LIST, fragment=True)

    def delays(self, came: Sequence[float]) -> Iterator[float]:
        """For each mail, how long after it came this page had rows that were asked for after that."""
        place = 0
        for moment in came:
            while place < len(self.asked) and self.asked[place] < moment:
                place += 1
            if place < len(self.asked):
                yield self.seen[place] - moment


class Stream(threading.Thread):
    """Mails that come in evenly; `came` is when each was in its ticket, looked at five times a second."""

    def __init__(self, desk: desks.Desk, rate: float, seconds: float) -> None:
        super().__init__()
        self.desk, self.rate = desk, rate
        self.mails = list(desk.mails(int(rate * seconds), seed=time.time_ns()))
        self.came: list[float] = []

    def run(self) -> None:
        began, first = time.monotonic(), Message.objects.order_by("-id").values_list("id", flat=True)[0]
        for number, mail in enumerate(self.mails):
            time.sleep(max(0.0, began + number / self.rate - time.monotonic()))
            inbound.journal(self.desk.channel, mail.message_id, mail.raw, sender_key=mail.sender)
            if number % max(1, int(self.rate / 5)) == 0:
                self._look(first)
        desks.wait_until(self.desk.is_idle)
        self._look(first)
        connections.close_all()

    def _look(self, first: int) -> None:
        inside = Message.objects.filter(id__gt=first, direction=Message.Direction.IN).count()
        self.came += [time.monotonic()] * (inside - len(self.came))


async def _all_open(pages: Sequence[Page], stream: Stream) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(len(pages)))
    over = asyncio.Event()
    tasks = [asyncio.create_task(page.live(over)) for page in pages]
    while not all(page.is_open or task.done() for page, task in zip(pages, tasks, strict=True)):
        await asyncio.sleep(0.2)
    await asyncio.sleep(1)
    stream.start()
    while stream.is_alive():
        await asyncio.sleep(0.2)
        if broken := next((task for task in tasks if task.done()), None):
            broken.result()
    await asyncio.sleep(PAUSE)
    over.set()
    await asyncio.gather(*tasks)


def _people(most: int) -> list[User]:
    found = list(User.objects.people().at_work().order_by("id")[:most])
    return found or [User.objects.create_user("bench@desk.example", name="Bench", role=User.Role.ADMIN)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--browsers", type=int, default=50)
    parser.add_argument("--rate", type=float, default=20.0, help="mails a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--tickets", type=int, default=0, help="tickets on the desk beforehand")
    parser.add_argument("--data", type=Path, help="keep the desk here for the next measurement")
    return parser.parse_args()


if __name__ == "__main__":
    main()
