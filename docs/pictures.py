"""Takes the pictures of the docs: `make pictures` (or `python -m docs.pictures [FOLDER]`).

Runs the demo desk as `make run` does, in a folder that goes away, and looks at it as its people do.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import launched
from tests.product import Product

FOLDER = Path(__file__).parent / "pictures"
PASSWORD = "tallow and pine"  # noqa: S105  (the demo tells it to everybody)
DESKTOP, PHONE = (1440, 900), (390, 844)


WRITING = ("[data-write=reply]", "[data-mode=reply] [data-canned]")


@dataclass(frozen=True)
class Picture:
    name: str
    who: str
    path: str
    size: tuple[int, int] = DESKTOP
    theme: str = "light"
    clicks: tuple[str, ...] = ()
    """Controls to press, one after the other, before the picture is taken."""


PICTURES = (
    Picture("sign-in", "", "/sign-in/"),
    Picture("list", "alice", "/tickets/"),
    Picture("list-dark", "alice", "/tickets/", theme="dark"),
    Picture("list-phone", "alice", "/tickets/", PHONE),
    Picture("search", "alice", "/tickets/?q=lamp"),
    Picture("ticket", "alice", "longest"),
    Picture("ticket-dark", "alice", "longest", theme="dark"),
    Picture("ticket-phone", "alice", "longest", PHONE),
    Picture("answering", "alice", "longest", clicks=("[data-write=reply]",)),
    Picture("list-ru", "ivan", "/tickets/"),
    Picture("list-hu", "dora", "/tickets/"),
    Picture("not-sent", "sam", "/deliveries/"),
    Picture("quarantine", "sam", "/quarantine/"),
    Picture("mailboxes", "ada", "/settings/mailboxes/"),
    Picture("proof", "ada", "/settings/proof/"),
    Picture("health", "ada", "/settings/health/"),
    Picture("consent", "ada", "/settings/consent/"),
    Picture("profile", "alice", "/profile/"),
    Picture("procedures", "alice", "/procedures/"),
    Picture("responses", "alice", "/canned/"),
    Picture("response-offered", "alice", "longest", clicks=WRITING),
)


def take(folder: Path) -> None:
    """Write every picture into `folder`."""
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        _demo(Path(home)) as desk,
        sync_playwright() as playwright,
        launched(playwright) as browser,
    ):
        for picture in PICTURES:
            _take(browser, desk, picture, folder)


def _take(browser: Browser, desk: str, picture: Picture, folder: Path) -> None:
    width, height = picture.size
    page = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=picture.theme, reduced_motion="reduce"
    ).new_page()
    if picture.who:
        _sign_in(page, desk, picture.who)
    page.goto(desk + (_longest(page, desk) if picture.path == "longest" else picture.path))
    for control in picture.clicks:
        page.locator(control).first.click()
        page.wait_for_timeout(600)
    page.wait_for_timeout(600)
    page.screenshot(path=folder / f"{picture.name}.png")
    page.context.close()


def _sign_in(page: Page, desk: str, who: str) -> None:
    page.goto(f"{desk}/sign-in/")
    page.locator("[name=login]").fill(f"{who}@tallowpine.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/**")


def _longest(page: Page, desk: str) -> str:
    """The address of the demo's ticket with the most messages."""
    page.goto(f"{desk}/tickets/?q=village+hall")
    return page.locator("a[href^='/tickets/']:has-text('village hall')").first.get_attribute("href") or ""


@contextmanager
def _demo(home: Path) -> Iterator[str]:
    product = Product(home / "desk", demo=True)
    try:
        desk = product.open()
        product.until(r"Demo: (\d+) of \1 tickets")
        yield desk
    finally:
        product.stop()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
