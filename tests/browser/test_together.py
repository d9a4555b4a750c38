"""Two colleagues on one ticket, each in their own browser."""

import pytest
from playwright.sync_api import expect

from tickets import reactions
from tickets.models import Notification

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_they_see_each_other_look_and_write(open_, alice, bob, ticket):
    mine = open_(alice, f"/tickets/{ticket.number}/")
    theirs = open_(bob, f"/tickets/{ticket.number}/")
    expect(mine.locator("#company")).to_contain_text("Bob Marchetti is looking")
    expect(theirs.locator("#company")).to_contain_text("Alice Hartmann is looking")
    theirs.keyboard.press("r")
    theirs.keyboard.type("Dear Carol, it was me")
    expect(mine.locator("#company")).to_contain_text("Bob Marchetti is writing")
    mine.locator("#company summary").click()
    expect(mine.locator("#company .body")).to_contain_text("it was me")
    theirs.goto("/profile/")
    expect(mine.locator("#company")).not_to_contain_text("Bob Marchetti is")


def test_a_mention_is_chosen_by_keys_and_rings_the_bell(open_, alice, bob, ticket):
    theirs = open_(bob, "/tickets/?view=mine")
    mine = open_(alice, f"/tickets/{ticket.number}/")
    mine.keyboard.press("n")
    mine.keyboard.type("Look here @bo")
    expect(mine.get_by_role("option", name="Bob Marchetti")).to_be_visible()
    mine.keyboard.press("Enter")
    mine.keyboard.type("please")
    expect(mine.locator("#body-note")).to_have_value("Look here @Bob Marchetti please")
    mine.keyboard.press("Control+Enter")
    expect(mine.locator(".message[data-from=note]")).to_be_visible()
    reactions.drain()
    expect(theirs.locator("#bell-count")).to_contain_text("1")
    theirs.locator("#bell-button").click()
    theirs.get_by_role("button", name="Alice Hartmann mentions you").click()
    expect(theirs.locator(".message[data-from=note]")).to_contain_text("please")
    assert Notification.objects.get().read_at
