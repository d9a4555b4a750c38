import pytest
from playwright.sync_api import expect

from tickets import intake, lifecycle, search
from tickets.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def many(written):
    return [intake.receive(written(subject=f"Question {number}")).ticket for number in range(70)]


def test_a_ticket_opens_beside_the_list_and_keys_walk_through_it(open_, alice, many):
    page = open_(alice)
    title = page.locator("#ticket-head .title")
    expect(title).to_have_text("Question 69")
    page.keyboard.press("j")
    expect(title).to_have_text("Question 68")
    page.keyboard.press("k")
    expect(title).to_have_text("Question 69")
    assert f"ticket={many[69].number}" in page.url
    page.keyboard.press("o")
    page.wait_for_url(f"**/tickets/{many[69].number}/**")
    page.keyboard.press("Escape")
    page.wait_for_url("**/tickets/?view=open")


def test_keys_work_on_a_cyrillic_keyboard(open_, alice, many):
    page = open_(alice)
    expect(page.locator("#ticket-head .title")).to_have_text("Question 69")
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'о', code: 'KeyJ', bubbles: true }))"
    )
    expect(page.locator("#ticket-head .title")).to_have_text("Question 68")


def test_the_rest_comes_by_scrolling(open_, alice, many):
    page = open_(alice)
    rows = page.locator(".row-link")
    expect(rows).to_have_count(50)
    page.locator("ticket-list").evaluate("(list) => list.scrollTo(0, list.scrollHeight)")
    expect(rows).to_have_count(70)


def test_a_new_ticket_appears_by_itself(open_, alice, ticket, written):
    page = open_(alice)
    expect(page.locator("#nav-open .count")).to_have_text("1")
    page.wait_for_timeout(500)
    intake.receive(written(subject="Fresh from the wire"))
    expect(page.get_by_role("link", name="Fresh from the wire")).to_be_visible()
    expect(page.locator("#nav-open .count")).to_have_text("2")


def test_far_down_the_list_news_wait_behind_a_chip(open_, alice, many, written):
    page = open_(alice)
    page.wait_for_timeout(500)
    page.locator("ticket-list").evaluate("(list) => list.scrollTo(0, 900)")
    intake.receive(written(subject="Fresh from the wire"))
    chip = page.get_by_role("button", name="1 new")
    expect(chip).to_be_visible()
    expect(page.get_by_role("link", name="Fresh from the wire")).to_have_count(0)
    chip.click()
    expect(page.get_by_role("link", name="Fresh from the wire")).to_be_visible()
    expect(chip).to_have_count(0)


def test_a_resolved_ticket_leaves_the_list_of_a_colleague(open_, alice, bob, many):
    page = open_(alice)
    page.wait_for_timeout(500)
    lifecycle.resolve(many[60], actor=bob)
    expect(page.locator(f"#row-{many[60].number}")).to_have_count(0)


def test_on_a_phone_a_row_leads_to_the_ticket_and_back(open_, alice, many):
    page = open_(alice, width=375, height=812, has_touch=True)
    page.get_by_role("link", name="Question 69").tap()
    page.wait_for_url(f"**/tickets/{many[69].number}/**")
    page.get_by_role("button", name="Details").tap()
    expect(page.get_by_role("heading", name="Carol Reyes")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Back to the list").tap()
    page.wait_for_url("**/tickets/?view=open")
    page.get_by_role("button", name="More").tap()
    expect(page.get_by_role("link", name="Quarantine")).to_be_visible()


def test_search_is_one_key_away(open_, alice, ticket):
    page = open_(alice)
    page.keyboard.press("/")
    page.keyboard.type(str(ticket.number))
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=*")
    expect(page.locator(".row-link")).to_have_count(1)
    search.index(Message.objects.values_list("pk", flat=True))
    field = page.locator("#search-field")
    field.fill("")
    field.press_sequentially("parcels is:ne")
    page.get_by_role("option", name="is:new").wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("parcels is:new ")
    expect(page.get_by_role("link", name="Take away: is:new")).to_be_visible()
    expect(page.locator(".row-link")).to_have_count(1)
    page.wait_for_function("CSS.highlights.get('hit-rows')?.size > 0")
    assert "q=parcels+is%3Anew" in page.url


def test_everything_is_called_by_name(open_, alice, ticket):
    page = open_(alice)
    expect(page.locator("#ticket-head .title")).to_be_visible()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="A ticket, a customer, a place or a command")
    field.fill("срочн")
    chosen = page.locator("#palette [aria-selected=true]")
    expect(chosen).to_have_attribute("data-name", "Priority: Urgent")
    field.press("Enter")
    expect(page.locator("#ticket-head")).to_contain_text("Urgent")
    page.keyboard.press("Control+k")
    field.fill("cstmrs")
    expect(chosen).to_have_attribute("data-name", "Customers")
    field.press("Enter")
    page.wait_for_url("**/customers/")
