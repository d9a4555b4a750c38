"""Canned responses by keyboard, and the phrase guide beside what one writes."""

import pytest
from playwright.sync_api import expect

from knowledge.canned import keeping
from knowledge.phrases import keeping as phrases
from tickets.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_response_and_better_words_by_keyboard_alone(open_, alice, ada, ticket, company):
    body = "{customer.greeting}\n\nYou must wait for a day.\n\nKind regards\n{agent.name}"
    response = keeping.make("Parcel is late", actor=ada, shortcut="late", wordings={"en": {"body": body}})
    keeping.make("Return label", actor=ada, shortcut="label", wordings={"en": {"body": "x"}})
    keeping.attach(response, actor=ada, name="label.txt", content=b"L", content_type="text/plain")
    phrases.make(actor=None, language="en", avoid="you must", prefer="please", why="An order")
    page = open_(alice, f"/tickets/{ticket.number}/")
    page.keyboard.press("r")
    page.keyboard.type("/la")
    options = page.locator("#canned-options-reply [role=option]")
    expect(options).to_have_count(2)
    page.keyboard.type("te")
    expect(options).to_have_count(1)
    chosen = page.locator("#words-reply").get_attribute("aria-activedescendant")
    assert options.first.get_attribute("id") == chosen
    expect(page.locator("#canned-reply .canned-preview")).to_contain_text("Hello Carol,")
    page.keyboard.press("Enter")
    expect(page.locator("#words-reply")).to_have_text(
        "Hello Carol,You must wait for a day.Kind regardsAlice Hartmann"
    )
    expect(page.locator(".writing[data-mode=reply] .draft-files")).to_contain_text("label.txt")
    expect(page.locator("phrase-guide:visible .hint")).to_have_text(["You must"])
    page.keyboard.press("Control+.")
    expect(page.get_by_text("An order")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#words-reply")).to_contain_text("Please wait for a day.")
    expect(page.locator("phrase-guide:visible")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message[data-from=agent]")).to_contain_text("Please wait for a day.")
    sent = Message.objects.get(direction="out")
    assert sent.text == "Hello Carol,\n\nPlease wait for a day.\n\nKind regards\nAlice Hartmann"
    assert sent.attachments.get().name == "label.txt"
