"""The main job, as the people do it: an empty desk is set up in a browser, a customer writes with a real mail
program through Postfix and Dovecot, an agent answers in the browser, the customer answers back.

The whole product runs as `make run` starts it. With PICTURES=<folder> the screens are kept for the docs.
"""

import email
import email.policy
import os
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.chromium import launched
from tests.journeys.mutt import Mutt
from tests.mailservers import PASSWORD, Dovecot, Postfix
from tests.product import Product

pytestmark = [
    pytest.mark.browser,
    pytest.mark.dovecot,
    pytest.mark.postfix,
    pytest.mark.mutt,
    pytest.mark.slow,
]

SUPPORT, CAROL = "support@desk.example", "carol@mail.example"
QUESTION = "My lamp TP-417 has a crack in its shade. Can you send a new one?\n\nCarol\n"
ANSWER = "Dear Carol, I am sorry about the shade. A new one leaves today — nothing to send back."


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    run = Product(tmp_path / "desk")
    yield run
    run.stop()


@pytest.fixture
def carol(tmp_path: Path, dovecot: Dovecot, postfix: Postfix) -> Mutt:
    for address in (SUPPORT, CAROL):
        dovecot.empty(address)
    return Mutt(
        home=tmp_path / "carol",
        address=CAROL,
        name="Carol Reyes",
        user=CAROL,
        password=PASSWORD,
        imap_port=dovecot.port,
        smtp_port=postfix.port,
    )


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright, launched(playwright) as browser:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        refused: list[str] = []
        page.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: refused.append(str(error)))
        yield page
        assert not refused, "the console is clean, and the policy refused nothing"


def test_from_an_empty_desk_to_an_answered_customer(product, carol, page, dovecot, postfix):
    _set_up(page, product.until(r"Set it up here: (\S+)"), dovecot, postfix)

    page.goto(page.url.partition("/tickets/")[0] + "/tickets/")
    _wait_for_the_first_fetch(page)
    begun = time.monotonic()
    carol.write(SUPPORT, "Crack in the lampshade", QUESTION)
    row = page.get_by_role("link", name="Crack in the lampshade").first
    expect(row).to_be_visible(timeout=6000)
    took = time.monotonic() - begun
    _picture(page, "list")

    row.click()
    page.get_by_role("link", name="Open", exact=True).last.click()
    expect(page.get_by_role("heading", name="Crack in the lampshade")).to_be_visible()
    number = page.url.rstrip("/").rpartition("/")[2]
    page.get_by_role("button", name="Reply", exact=True).click()
    page.get_by_label("Your reply").fill(ANSWER)
    _picture(page, "answering")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#stream").get_by_text("A new one leaves today")).to_be_visible()

    receipt, answer = _mails(dovecot, CAROL, 2)
    assert (receipt["Auto-Submitted"], f"#{number}" in receipt["Subject"]) == ("auto-replied", True)
    assert ANSWER in answer.get_body(["plain"]).get_content().replace("\n", " ")
    assert f"[#{number}]" in answer["Subject"]
    (question,) = _mails(dovecot, SUPPORT, 1)
    assert (answer["In-Reply-To"], answer["From"].addresses[0].addr_spec) == (question["Message-ID"], SUPPORT)

    carol.answer("Thank you, that was quick!")
    expect(page.locator("#stream").get_by_text("Thank you, that was quick!")).to_be_visible(timeout=8000)
    assert page.url.rstrip("/").endswith(f"/{number}"), "the answer came to the same ticket, on its own"
    _picture(page, "answered")
    assert took < 4, f"two seconds to the ticket, and at most two more to the list: {took:.1f} s"


def _set_up(page: Page, address: str, dovecot: Dovecot, postfix: Postfix) -> None:
    """Administrator, company, mailbox: the three things a new desk asks for."""
    page.goto(address)
    page.get_by_label("Your name").fill("Ada Lindqvist")
    page.get_by_label("E-mail", exact=True).fill("ada@desk.example")
    page.get_by_label("Password", exact=True).fill("a lamp in the window")
    page.locator("[name=company-name]").fill("Tallow & Pine")
    _picture(page, "welcome")
    page.get_by_role("button", name="Go on to the mailbox").click()

    page.locator("[name=address]").fill(SUPPORT)
    page.get_by_role("button", name="Go on").click()
    given = {
        "name": "Support",
        "from_name": "Tallow & Pine",
        "imap_host": "127.0.0.1",
        "imap_port": str(dovecot.port),
        "imap_user": SUPPORT,
        "imap_password": PASSWORD,
        "smtp_host": "127.0.0.1",
        "smtp_port": str(postfix.port),
    }
    for name, value in given.items():
        page.locator(f"[name={name}]").fill(value)
    for name in ("imap_security", "smtp_security"):
        page.locator(f"[name={name}]").select_option("none")
    page.locator("[name=same_sign_in]").uncheck()
    page.locator("button[name=test][value=all]").click()
    expect(page.locator("#outcome-all .notice[data-tone=ok]")).to_have_count(2, timeout=10000)
    _picture(page, "mailbox")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/tickets/**")


def _wait_for_the_first_fetch(page: Page) -> None:
    """The mailbox says that it works: from now on the server tells the desk of new mail by itself."""
    settings = page.context.new_page()
    address = page.url.partition("/tickets/")[0] + "/settings/mailboxes/"

    def works() -> bool:
        settings.goto(address)
        return settings.get_by_text("Works", exact=True).is_visible()

    _until(works)
    settings.close()


def _mails(dovecot: Dovecot, address: str, count: int) -> list[EmailMessage]:
    """The mails in an inbox, in the order they came, as soon as there are so many."""
    found = _until(lambda: len(raws := dovecot.inbox(address)) == count and raws)
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in found]  # type: ignore


def _until(find: Callable[[], object], seconds: float = 15) -> object:
    end = time.monotonic() + seconds
    while not (found := find()):
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.1)
    return found


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"journey-{name}.png")
