import uuid

import pytest
from playwright.sync_api import expect

from tests.tickets.web.test_files import stored
from tickets import intake, replies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSTILE = (
    '<p>Hello</p><table style="background:#eee"><tr><td>cell</td></tr></table><p><img src="cid:logo"></p>'
    '<img data-src="https://far.example/p.png"><a href="https://far.example/">link</a>'
    "<script>parent.document.title = 'owned'</script>"
    "<p onclick=\"parent.document.title='owned'\">click me</p>"
)


def test_the_status_changes_by_key_and_comes_back_by_key(open_, alice, ticket):
    page = open_(alice, f"/tickets/{ticket.number}/")
    status = page.locator("[popovertarget=status-menu]")
    page.keyboard.press("s")
    page.locator("#status-menu").get_by_role("button", name="On hold").click()
    expect(status).to_have_text("On hold")
    expect(page.locator(".toast")).to_contain_text("On hold")
    page.keyboard.press("z")
    expect(status).to_have_text("New")


def test_resolving_is_one_key(open_, alice, ticket):
    page = open_(alice, f"/tickets/{ticket.number}/")
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    ticket.refresh_from_db()
    assert ticket.status == "resolved"


def test_it_is_taken_and_tagged_in_place(open_, alice, ticket):
    page = open_(alice, f"/tickets/{ticket.number}/")
    page.keyboard.press("a")
    page.locator("#assignee-menu").get_by_role("button", name="Me").click()
    expect(page.locator("[popovertarget=assignee-menu]")).to_contain_text("Alice Hartmann")
    page.keyboard.press("t")
    page.keyboard.type("oak, chair")
    page.keyboard.press("Enter")
    expect(page.locator("[popovertarget=tags-menu] .chip")).to_have_text(["chair", "oak"])


def test_a_change_by_a_colleague_appears(open_, alice, bob, ticket):
    page, other = (open_(user, f"/tickets/{ticket.number}/") for user in (alice, bob))
    page.wait_for_timeout(500)
    other.keyboard.press("e")
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    expect(page.locator("#stream")).to_contain_text("Status changed to “Resolved” by Bob Marchetti")


def test_history_unfolds_beside_the_ticket(open_, alice, ticket):
    page = open_(alice, f"/tickets/{ticket.number}/")
    page.locator("#history-part summary").click()
    expect(page.locator("#history")).to_contain_text("Ticket opened by Carol Reyes")


def test_a_hostile_mail_is_shown_whole_and_does_nothing(open_, alice, written, troubles):
    logo = stored("logo.svg", "image/png", content_id="logo", inline=True)
    ticket = intake.receive(written(html=HOSTILE, files=(logo,))).ticket
    page = open_(alice, f"/tickets/{ticket.number}/")
    frame = page.frame_locator("mail-frame iframe")
    expect(frame.get_by_text("click me")).to_be_visible()
    frame.get_by_text("click me").click()
    page.wait_for_timeout(300)
    assert "owned" not in page.title()
    height = page.locator("mail-frame iframe").evaluate("(frame) => frame.clientHeight")
    inside = page.frames[1].evaluate("document.body.scrollHeight")
    assert height >= inside
    elsewhere = [each.url for each in page.frames if "far.example" in each.url]
    assert not elsewhere
    assert all("Blocked script execution" in line for line in troubles), troubles
    troubles.clear()


def test_the_middle_of_a_long_ticket_opens_in_place(open_, alice, ticket):
    for number in range(25):
        replies.send(ticket, author=alice, body=f"Answer {number}.", key=uuid.uuid4())
    page = open_(alice, f"/tickets/{ticket.number}/")
    expect(page.locator(".message")).to_have_count(20)
    page.locator("#fold").get_by_text("Show").click()
    expect(page.locator(".message")).to_have_count(26)


def test_earlier_messages_unfold_in_the_frame_and_the_frame_grows(open_, alice, written):
    old = '<div data-fold="quote">' + "<p>Old words</p>" * 9 + "</div>"
    ticket = intake.receive(written(html=f'<p style="background:#eee">New words</p>{old}')).ticket
    page = open_(alice, f"/tickets/{ticket.number}/")
    frame, inside = page.locator("mail-frame iframe"), page.frame_locator("mail-frame iframe")
    expect(inside.get_by_text("Old words").first).to_be_hidden()
    before = frame.bounding_box()["height"]
    inside.get_by_text("Show the earlier messages").click()
    expect(inside.get_by_text("Old words").first).to_be_visible()
    page.wait_for_timeout(300)
    assert frame.bounding_box()["height"] > before + 100
