"""Two colleagues on one ticket, each in their own browser."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tickets import reactions, replies
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
    offered, field = mine.get_by_role("option", name="Bob Marchetti"), mine.locator("#words-note")
    expect(offered).to_be_visible()
    assert field.bounding_box()["y"] - 100 < offered.bounding_box()["y"] < field.bounding_box()["y"]
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


def test_a_reply_from_ones_other_tab_is_told_of_and_holds_a_second(open_, alice, ticket, troubles):
    here = open_(alice, f"/tickets/{ticket.number}/")
    there = here.context.new_page()
    there.goto(f"/tickets/{ticket.number}/")
    for tab, words in ((here, "Tomorrow."), (there, "Today.")):
        tab.keyboard.press("r")
        tab.keyboard.type(words)
    there.get_by_role("button", name="Send", exact=True).click()
    expect(here.get_by_text("You already replied from another tab or device")).to_be_visible()
    expect(here.locator("form[data-mode=reply] [data-found]")).to_be_hidden()  # it went out
    there.keyboard.press("r")
    there.keyboard.type("And one thing more.")
    replies.add_note(ticket, author=alice, body="Mine", key=uuid4())
    expect(there.get_by_text("Mine", exact=True)).to_be_visible()
    expect(there.locator("[data-came]")).to_be_hidden()
    here.keyboard.press("Control+Enter")
    expect(here.locator(".news")).to_contain_text("Today.")
    expect(here.locator("#body-reply")).to_have_value("Tomorrow.")
    here.get_by_role("button", name="Send anyway").click()
    expect(here.locator(".message[data-from=agent]")).to_have_count(2)
    troubles[:] = [each for each in troubles if "409 (Conflict)" not in each]
