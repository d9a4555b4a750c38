"""What the ticket's page says of mail that came back, was late, or was read."""

import uuid

import pytest

from channels_app.messages import DeliveryReport, Fate
from tickets import fates, intake, reactions, replies
from tickets.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(ticket, alice) -> Message:
    return replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid.uuid4())


def told(message: Message, fate: Fate, status: str = "", reason: str = "") -> None:
    fates.note_report(
        DeliveryReport(
            message_id=message.external_id,
            recipient="carol@mail.example",
            fate=fate,
            status=status,
            reason=reason,
        )
    )


def page(browser, message: Message) -> str:
    return browser.get(f"/tickets/{message.ticket.number}/").content.decode()


def test_a_bounce_says_why_in_the_readers_language_and_in_the_servers(desk, alice, message):
    told(message, Fate.FAILED, "5.1.1", "550 5.1.1 <carol@mail.example> unknown here")
    seen = page(desk, message)
    for words in (
        "<b>carol@mail.example</b> did not get it.",
        "The address does not exist.",
        "550 5.1.1 &lt;carol@mail.example&gt; unknown here",
        "mail comes back",
        "Mail to carol@mail.example came back",
    ):
        assert words in seen
    alice.language = "hu"
    alice.save()
    assert "A cím nem létezik." in page(desk, message)


def test_a_reason_no_code_explains_is_told_in_the_servers_words(desk, message):
    told(message, Fate.FAILED, "", "we do not like you")
    assert "we do not like you" in page(desk, message)


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        (Fate.DELAYED, "Still on its way to carol@mail.example"),
        (Fate.DELIVERED, "The server of carol@mail.example has confirmed delivery."),
        (Fate.READ, "carol@mail.example has confirmed reading it."),
    ],
)
def test_what_is_no_failure_is_a_quiet_line(desk, message, fate, words):
    told(message, fate)
    seen = page(desk, message)
    assert words in seen
    assert "did not get it" not in seen and "<b>Not sent" not in seen


def test_a_receipt_is_a_quiet_line_and_no_letter(desk, written, mailbox, company):
    mailbox.config["acknowledge"] = True
    mailbox.save()
    ticket = intake.receive(written()).ticket
    reactions.drain()
    response = desk.get(f"/tickets/{ticket.number}/")
    assert len([item for item in response.context["stream"] if hasattr(item, "letter")]) == 1
    seen = response.content.decode()
    assert "The customer was told that the message has come" in seen
    assert "stays with your request" in seen


def test_spam_says_who_put_it_there(desk, written):
    ticket = intake.receive(written(spam=True)).ticket
    seen = desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert "a filter on its way had marked it" in seen
