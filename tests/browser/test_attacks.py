"""Every attack of the table in a real browser: nothing runs, and nothing leaves."""

import json
from html import escape

import pytest
from playwright.sync_api import Browser, Route, expect

from channels_app.adapters.email import html
from tests.attacks import ATTACKS
from tickets import intake
from tickets.web import rich
from tickets.web.files import FRAME

pytestmark = pytest.mark.browser

DESK = "http://desk.example"
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"


def shown(browser: Browser, documents: list[str], *, policy: str = "", sandbox: str = "") -> dict[str, list]:
    """What documents in frames of one page do: which scripts ran, and what was asked for."""
    asked: list[str] = []
    attribute = f' sandbox="{sandbox}"' if sandbox else ""
    frames = "".join(f'<iframe src="/{number}"{attribute}></iframe>' for number in range(len(documents)))
    page_html = f"<!doctype html><script>ran = []</script>{frames}"

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(f"{DESK}/")
        if path == "":
            route.fulfill(content_type="text/html", body=page_html)
        elif path.isdecimal():
            headers = {"Content-Security-Policy": policy} if policy else {}
            route.fulfill(content_type="text/html; charset=utf-8", body=documents[int(path)], headers=headers)
        else:
            asked.append(route.request.url)
            route.abort()

    context = browser.new_context()
    try:
        context.route("**/*", answer)
        page = context.new_page()
        page.on("dialog", lambda dialog: (asked.append("dialog"), dialog.dismiss()))
        page.goto(f"{DESK}/", wait_until="load")
        page.wait_for_timeout(300)
        return {"ran": page.evaluate("ran"), "asked": asked, "pages": [each.url for each in context.pages]}
    finally:
        context.close()


def test_the_attacks_are_real(browser: Browser):
    """Uncleaned they do run and do load: a table of duds would prove nothing."""
    seen = shown(
        browser, [f"<!doctype html><title>{number}</title>{each}" for number, each in enumerate(ATTACKS)]
    )
    assert len(set(seen["ran"])) > 25
    assert len([url for url in seen["asked"] if "leak.example" in url]) > 30


@pytest.mark.parametrize(
    "protection", [{}, {"policy": FRAME, "sandbox": SANDBOX}], ids=["cleaned", "cleaned and framed"]
)
def test_nothing_runs_and_nothing_leaves(browser: Browser, protection):
    """Cleaning alone is enough, even without the frame's policy and sandbox around it."""
    seen = shown(browser, [rich.document(html.clean(each), {}) for each in ATTACKS], **protection)
    assert seen == {"ran": [], "asked": [], "pages": [f"{DESK}/"]}


def test_no_link_mark_can_be_covered_or_hidden(browser: Browser):
    """The sender's styles around a dubious link do not take its mark out of sight."""
    link = '<a href="https://evil.example/">bank.com</a>'
    covers = [
        f'{link}<div style="margin-top:-40px;background:#fff;width:400px;height:60px">x</div>',
        f'<div style="font-size:0;color:#fff;line-height:0;letter-spacing:-50px">{link}</div>',
        f'<div style="width:1px;height:1px;white-space:nowrap">{link}</div>',
        f'<div style="direction:rtl;text-transform:lowercase;word-spacing:-99px">{link}</div>',
    ]
    context = browser.new_context(viewport={"width": 600, "height": 400})
    page = context.new_page()
    for cover in covers:
        page.set_content(rich.document(html.clean(cover), {}))
        mark = page.locator(".link-mark")
        box = mark.bounding_box()
        assert box and box["width"] > 100 and box["height"] > 12, (cover, box)
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        top = page.evaluate(f"document.elementFromPoint(...{json.dumps(middle)})?.className")
        assert top == "link-mark", (escape(cover), top)
    context.close()


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_claims_to_be_a_mile_high_scrolls_in_its_frame(open_, alice, written):
    tall = html.clean('<h1>x</h1><div style="height:999999px">x</div>')
    ticket = intake.receive(written(html=tall)).ticket
    page = open_(alice, f"/tickets/{ticket.number}/")
    frame = page.locator("mail-frame iframe")
    expect(frame).to_have_attribute("height", "20000")
