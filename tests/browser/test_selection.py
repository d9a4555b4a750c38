"""Choosing rows, changing them at once, and finding the list as one left it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_screens import findings
from tickets import intake, presence
from tickets.models import Seen, Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def many(written):
    return [intake.receive(written(subject=f"Question {number}")).ticket for number in range(70)]


def chosen(page) -> int:
    return page.locator(".row-check :checked").count()


def test_rows_are_chosen_by_keys_and_mouse_and_all_come_back(open_, alice, many):
    page = open_(alice)
    page.wait_for_selector("open-ticket .message")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert chosen(page) == 2
    expect(page.locator("[data-count]")).to_have_text("2")
    boxes = page.locator(".row-check input")
    boxes.nth(4).click(modifiers=["Shift"], force=True)
    assert chosen(page) == 5
    page.keyboard.press("Escape")
    assert chosen(page) == 0
    page.locator(".row-link").first.focus()
    page.keyboard.press("Control+a")
    assert chosen(page) == 50
    page.locator("#bulk").get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("50 tickets changed.")).to_be_visible(timeout=20_000)
    expect(page.locator(".row-link")).to_have_count(20, timeout=20_000)
    assert Ticket.objects.filter(status="resolved").count() == 50
    page.keyboard.press("z")
    expect(page.get_by_text("50 tickets are as they were.")).to_be_visible(timeout=20_000)
    expect(page.locator(".row-link")).to_have_count(50, timeout=20_000)
    assert not Ticket.objects.filter(status="resolved").exists()


def test_what_else_can_be_done_comes_in_a_menu(open_, alice, bob, many):
    page = open_(alice, bypass_csp=True)
    page.wait_for_selector("open-ticket .message")
    page.keyboard.press("x")
    page.locator("#bulk").get_by_role("button", name="More").click()
    menu = page.locator("#bulk-menu")
    menu.get_by_text("Tags", exact=True).click()
    assert not findings(page)
    menu.get_by_label("Add tags").fill("oak")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ticket changed.")).to_be_visible()
    found = Ticket.objects.get(tags=["oak"])
    assert found.assignee is None, "Enter in a field is no other button"
    assert chosen(page) == 0


def test_the_list_is_where_it_was_when_one_comes_back(open_, alice, many):
    page = open_(alice, width=375, height=812, has_touch=True)
    rows = page.locator(".row-link")
    page.locator("ticket-list").evaluate("(list) => list.scrollTo(0, list.scrollHeight)")
    expect(rows).to_have_count(70)
    page.locator(f"#row-{many[12].number} .row-check input").click(force=True)
    link = page.get_by_role("link", name="Question 10", exact=False).last
    link.scroll_into_view_if_needed()
    before = page.locator("ticket-list").evaluate("(list) => list.scrollTop")
    link.tap()
    page.wait_for_url(f"**/tickets/{many[10].number}/**")
    page.get_by_role("link", name="Back to the list").tap()
    expect(rows).to_have_count(70)
    expect(page.locator(f"#row-{many[12].number} .row-check input")).to_be_checked()
    page.wait_for_timeout(300)
    assert abs(page.locator("ticket-list").evaluate("(list) => list.scrollTop") - before) < 60


def test_who_looks_and_who_writes_stands_in_the_row(open_, alice, bob, ticket):
    presence._redis.delete(presence._PLACE)
    hers, his = open_(alice, width=900), open_(bob, f"/tickets/{ticket.number}/")
    looking = hers.locator(f"#here-{ticket.number} .looking")
    expect(looking).to_have_attribute("title", "Bob Marchetti is looking at it")
    his.keyboard.press("n")
    his.keyboard.type("Let me see")
    expect(looking).to_have_attribute("title", "Bob Marchetti is writing", timeout=8000)
    his.close()
    expect(looking).to_have_count(0, timeout=8000)


def test_what_is_new_is_marked_until_one_has_looked(open_, alice, ticket, written):
    other = intake.receive(written(subject="Later")).ticket
    page = open_(alice)
    page.wait_for_selector("open-ticket .message")
    expect(page.locator(f"#row-{ticket.number}[data-unread]")).to_have_count(1)
    expect(page.locator(f"#row-{other.number}[data-unread]")).to_have_count(0)
    page.wait_for_timeout(700)
    assert set(Seen.objects.values_list("ticket", flat=True)) == {other.pk}
