"""Recipients by keyboard alone, forwards, and both without breaking a rule of accessibility."""

import pytest
from playwright.sync_api import expect

from channels_app import files
from channels_app.messages import InboundFile
from tests.browser.test_screens import AXE
from tickets import intake
from tickets.models import Delivery, Draft, Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def question(written) -> Message:
    bill = InboundFile(sha256=files.store(b"bill"), size=4, name="bill.pdf")
    return intake.receive(written(cc=("dan@mail.example",), files=(bill,)))


@pytest.fixture
def page(open_, alice, question):
    return open_(alice, f"/tickets/{question.ticket.number}/")


def sent_to_strangers(page, troubles) -> None:
    """Nobody has written to them: it is asked once, and goes when it is sent again."""
    expect(page.locator(".concerns")).to_contain_text("Nobody has ever written to")
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator(".concerns")).to_have_count(0)
    troubles[:] = [each for each in troubles if "409 (Conflict)" not in each]


def test_a_reply_to_all_with_one_more_and_one_less_by_keyboard_alone(page, troubles):
    page.keyboard.press("Shift+R")
    expect(page.locator("#words-reply")).to_be_focused()
    page.keyboard.type("Dear all.")
    page.locator("#reply-cc").focus()
    expect(page.locator("[id=reply-cc]").locator("xpath=..")).to_contain_text("dan@mail.example")
    page.keyboard.press("Backspace")
    expect(page.locator("#reply-cc")).to_have_value("dan@mail.example")
    page.keyboard.press("Control+A")
    page.keyboard.type("Eve <eve@mail.example>, fay@mail.example")
    page.keyboard.press("Control+Enter")
    sent_to_strangers(page, troubles)
    expect(page.locator(".message[data-from=agent]")).to_contain_text("eve@mail.example")
    recipients = Delivery.objects.get().recipients
    assert (recipients["to"], recipients["cc"]) == (
        ["carol@mail.example"],
        ["eve@mail.example", "fay@mail.example"],
    )
    assert recipients["names"]["eve@mail.example"] == "Eve"


def test_a_forward_by_keyboard_alone(page, troubles):
    page.keyboard.press("f")
    expect(page.locator("#forward-to")).to_be_focused()
    expect(page.locator("form[data-mode=forward]")).to_contain_text("bill.pdf")
    page.keyboard.type("depot@carrier.example,")
    expect(page.locator("form[data-mode=forward] .chip")).to_have_text(["depot@carrier.example×"])
    page.locator("#words-forward").focus()
    page.keyboard.type("Lost?")
    page.keyboard.press("Control+Enter")
    sent_to_strangers(page, troubles)
    expect(page.locator(".message[data-from=agent]")).to_contain_text("forwarded")
    assert Message.objects.latest("id").attachments.get().name == "bill.pdf"


def test_a_chip_is_removed_and_the_draft_knows(page):
    page.keyboard.press("Shift+R")
    page.get_by_role("button", name="Remove: dan@mail.example").press("Enter")
    expect(page.locator("form[data-mode=reply] .draft-state")).to_contain_text("Draft kept")
    assert Draft.objects.get().cc == []


def test_what_is_wrong_is_shown_at_its_field(page, troubles):
    page.keyboard.press("r")
    page.keyboard.type("Hello")
    page.locator("#reply-to").focus()
    page.keyboard.type("nonsense")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reply-to-error")).to_contain_text("nonsense")
    expect(page.locator("#body-reply")).to_have_value("Hello")
    assert not Delivery.objects.exists()
    troubles.clear()  # the browser tells of every 422


@pytest.mark.parametrize("width", [1440, 375])
@pytest.mark.parametrize("dark", [False, True])
def test_the_composer_is_accessible(open_, alice, question, width, dark):
    page = open_(
        alice,
        f"/tickets/{question.ticket.number}/",
        width=width,
        color_scheme="dark" if dark else "light",
    )
    page.keyboard.press("Shift+R")
    expect(page.locator("#words-reply")).to_be_focused()
    page.evaluate(AXE)
    found = page.evaluate("axe.run('#composer').then((said) => said.violations)")
    assert not [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
