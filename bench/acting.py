"""What an agent does in Chromium: how long from the key or click until its effect is painted.

    python -m bench.acting --tickets 100000 --data /var/tmp/desk [--times 20]

The desk serves as it does in production, and the tickets are changed: give a copy. Figures are milliseconds
from the event to the first frame that shows the effect (a frame is 16 ms), the list beside the ticket.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from playwright.sync_api import Page, sync_playwright

from bench import desks, figures, room
from bench.browsing import HOST, signed_in
from helpdesk.accounts.models import User
from helpdesk.supervisor import prepare
from tests import chromium

AIM_MS = 100.0

# Armed before the last key or click; looks at each frame whether the effect is there.
ARMED = """() => {
  const before = (%(what)s)();
  let began = 0;
  const start = (event) => (began ||= event.timeStamp);
  for (const kind of ["keydown", "click"]) addEventListener(kind, start, { capture: true, once: true });
  window.measured = new Promise((done, failed) => {
    const look = () => {
      const now = performance.now();
      if (began && (%(what)s)() !== before) return done(now - began);
      if (began && now - began > 5000) return failed(new Error("nothing happened within 5 s"));
      requestAnimationFrame(look);
    };
    look();
  });
}"""


class Act(NamedTuple):
    """`ready` comes before, `do` is measured until what `seen` says of the page changes."""

    seen: str
    do: Callable[[Page], None]
    ready: Callable[[Page], None] = lambda page: None


def _text(selector: str) -> str:
    return f"() => document.querySelector({json.dumps(selector)})?.textContent.trim() ?? ''"


def _count(selector: str) -> str:
    return f"() => document.querySelectorAll({json.dumps(selector)}).length"


def _key(name: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.press(name)


def _other_choice(menu: str) -> Callable[[Page], None]:
    """One of the menu that is not what the ticket has now."""
    return lambda page: (
        page.locator(f"#{menu} button:not([aria-pressed=true], [aria-checked=true])").nth(1).click()
    )


def _write(key: str, words: str) -> Callable[[Page], None]:
    def write(page: Page) -> None:
        page.keyboard.press(key)
        page.keyboard.type(words)
        page.wait_for_timeout(700)  # the draft is kept, the guide has looked

    return write


def _done_first(key: str) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        page.keyboard.press(key)
        page.locator(".toast").first.wait_for()
        page.wait_for_timeout(700)  # nobody is so quick

    return do


ACTS: dict[str, Act] = {
    "next_ticket": Act(_text("#ticket-head .title"), _key("j")),
    "select_row": Act(_count(".row-check :checked"), _key("x")),
    "palette": Act(
        "() => document.querySelector('#palette')?.matches(':popover-open, [open]') ?? false",
        _key("Control+k"),
    ),
    "status_by_menu": Act(_text("[popovertarget=status-menu]"), _other_choice("status-menu"), _key("s")),
    "resolve": Act(_text("[popovertarget=status-menu]"), _key("e")),
    "undo": Act(_text("[popovertarget=status-menu]"), _key("z"), _done_first("e")),
    "tag": Act(_text("[popovertarget=tags-menu]"), _key("Enter"), _write("t", "late, oak")),
    "note": Act(_count("#stream .message"), _key("Control+Enter"), _write("n", "Asked the shop.")),
    "reply": Act(_count("#stream .message"), _key("Control+Enter"), _write("r", "It comes tomorrow.")),
}


def main() -> None:
    options = _options()
    with room.opened() as where:
        prepare.collect_static()
        desk = desks.prepared(where, options.tickets)
        user = User.objects.filter(role=User.Role.AGENT, memberships__isnull=False).order_by("id")[0]
        session = signed_in(user)
        with desks.served(18700, "worker") as (port, _crew):
            taken = _acted(port, session, options.times)
        told: dict[str, Any] = {"bench": "acting", "tickets": desk.ticket_count(), "times": options.times}
        told |= {name: figures.spread(values, 0) for name, values in taken.items()}
        told["holds"] = all(told[name]["p50"] <= AIM_MS for name in taken)
        told["durability"] = where.durability()
    print(json.dumps(told))


def _acted(port: int, session: str, times: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in ACTS}
    address = f"http://{HOST}:{port}"
    with sync_playwright() as playwright, chromium.launched(playwright) as browser:
        context = browser.new_context(
            base_url=address, viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        for _turn in range(times):
            for name, act in ACTS.items():
                room.tell(f"{name}: {(took := _measured(page, act)):.0f} ms")
                taken[name].append(took)
    return taken


def _measured(page: Page, act: Act) -> float:
    page.goto("/tickets/?view=open")
    page.wait_for_load_state("networkidle")
    act.ready(page)
    page.evaluate(ARMED % {"what": act.seen})
    act.do(page)
    return float(page.evaluate("window.measured"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20, help="how often each is done")
    parser.add_argument("--tickets", type=int, default=100_000, help="size of a desk that is new")
    parser.add_argument(
        "--data", type=Path, help="keep the desk here for the next measurement; it is changed"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
