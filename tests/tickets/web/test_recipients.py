"""Choosing whom a reply or a forward goes to, and what goes along."""

import re
import uuid
from html import unescape

import pytest

from channels_app.messages import InboundFile, Sender
from tests.tickets.web.conftest import HTMX
from tickets import intake
from tickets.models import Delivery, Draft, Message, Ticket

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


@pytest.fixture
def question(written) -> Message:
    files = (
        InboundFile(sha256="1" * 64, size=1, name="bill.pdf"),
        InboundFile(sha256="2" * 64, size=2, name="a.jpg"),
    )
    copies = ("dan@mail.example", "support@desk.example")
    return intake.receive(written(cc=copies, files=files))


@pytest.fixture
def at(question) -> str:
    return f"/tickets/{question.ticket.number}/"


def value(content: bytes, mode: str, field: str) -> str:
    found = re.search(rf'id="{mode}-{field}" name="{field}" value="([^"]*)"', content.decode())
    assert found, f"no field {field}"
    return unescape(found[1])


def begin(desk, at: str, mode: str, message: Message, headers: dict) -> bytes:
    response = desk.post(f"{at}draft/beginning/", {"begin": f"{mode} {message.pk}"}, headers=headers)
    if headers:
        assert response.status_code == 200
        return response.content
    assert response["Location"] == f"{at}#composer"
    return desk.get(at).content


def test_a_reply_goes_to_the_customer_by_name(desk, at):
    page = desk.get(at).content
    assert value(page, "reply", "to") == "Carol Reyes <carol@mail.example>"
    assert value(page, "reply", "cc") == ""


@BOTH
def test_a_reply_to_all_keeps_the_copies_and_leaves_ourselves_out(headers, desk, at, question):
    page = begin(desk, at, "reply_all", question, headers)
    assert value(page, "reply", "to") == "Carol Reyes <carol@mail.example>"
    assert value(page, "reply", "cc") == "dan@mail.example"


@BOTH
def test_a_forward_takes_the_files_along_and_stops_no_clock(headers, desk, at, question):
    page = begin(desk, at, "forward", question, headers)
    assert page.count(b"bill.pdf") >= 1 and b"a.jpg" in page
    assert value(page, "forward", "to") == ""
    given = {
        "to": "Depot <depot@carrier.example>",
        "body": "See",
        "answers": question.pk,
        "key": str(uuid.uuid4()),
    }
    for _ in range(2):
        assert desk.post(f"{at}forwards/", given, headers=headers).status_code in (200, 302)
    message = Message.objects.latest("id")
    assert (message.purpose, message.answers) == (Message.Purpose.FORWARD, question)
    assert [file.name for file in message.attachments.all()] == ["bill.pdf", "a.jpg"]
    assert Delivery.objects.get().recipients["names"] == {"depot@carrier.example": "Depot"}
    assert not Draft.objects.exists()
    question.ticket.refresh_from_db()
    assert question.ticket.waiting_since is not None
    assert b"forwarded" in desk.get(at).content


@BOTH
@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"to": "carol@mail.example, nonsense"}, "nonsense"),
        ({"to": "carol@mail.example", "bcc": "a b"}, "a b"),
        ({"to": ""}, "Whom does it go to?"),
        ({"to": ", ".join(f"a{number}@x.example" for number in range(51))}, "At most 50"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(headers, given, wrong, desk, at):
    typed = {"body": "Dear Carol", "cc": "dan@mail.example", **given}
    response = desk.post(f"{at}replies/", typed, headers=headers)
    assert response.status_code == 422
    page = response.content
    for field in ("to", "cc", "bcc"):
        assert value(page, "reply", field) == typed.get(field, "")
    assert b"Dear Carol" in page and wrong.encode() in page
    field = next(iter(given)) if "bcc" not in given else "bcc"
    assert f'aria-describedby="reply-{field}-error"'.encode() in page
    assert not Delivery.objects.exists()


def test_recipients_of_a_draft_are_kept_as_typed(desk, at):
    typed = {
        "mode": "reply",
        "body": "Half",
        "to": "Carol <carol@mail.example>, half",
        "bcc": "boss@desk.example",
    }
    desk.post(f"{at}draft/", typed)
    page = desk.get(at).content
    assert value(page, "reply", "to") == typed["to"]
    assert value(page, "reply", "bcc") == "boss@desk.example"


def test_hidden_copies_are_shown_to_colleagues_only(desk, at):
    desk.post(f"{at}replies/", {"to": "carol@mail.example", "bcc": "boss@desk.example", "body": "x"})
    assert b"hidden copy to boss@desk.example" in desk.get(at).content


def test_a_reply_to_somebody_else_is_marked(desk, at):
    desk.post(f"{at}replies/", {"to": "depot@carrier.example", "body": "x"})
    assert b"not to the customer" in desk.get(at).content


def test_a_particular_message_is_answered_and_the_composer_says_so(desk, at, question, written):
    intake.receive(written(references=(question.external_id,), text="And another"))
    page = begin(desk, at, "reply", question, HTMX)
    assert b"Answers the message of Carol Reyes" in page
    desk.post(f"{at}replies/", {"to": "carol@mail.example", "body": "x", "answers": question.pk})
    assert Message.objects.latest("id").answers == question


@pytest.mark.parametrize(
    "given", [{}, {"begin": "reply"}, {"begin": "x 1"}, {"begin": "reply 0"}, {"begin": "reply 1 1"}]
)
def test_what_cannot_be_begun(given, desk, at):
    assert desk.post(f"{at}draft/beginning/", given).status_code == 404
    assert not Draft.objects.exists()


def test_only_messages_of_the_ticket_are_answered_or_passed_on(desk, at, written):
    other = intake.receive(written())
    assert desk.post(f"{at}draft/beginning/", {"begin": f"forward {other.pk}"}).status_code == 404
    given = {"to": "depot@carrier.example", "body": "x", "answers": other.pk}
    assert desk.post(f"{at}forwards/", given).status_code == 404
    assert not Delivery.objects.exists()


def test_another_team_can_begin_and_forward_nothing(as_, mallory, at, question):
    for verb in ("draft/beginning/", "forwards/"):
        given = {"mode": "forward", "message": question.pk, "answers": question.pk, "to": "a@x.example"}
        assert as_(mallory).post(at + verb, given).status_code == 404
    assert as_(mallory).get(f"{at}recipients/").status_code == 404
    assert not Draft.objects.exists()


@BOTH
def test_a_draft_can_be_thrown_away(headers, desk, at, question):
    begin(desk, at, "forward", question, HTMX)
    response = desk.post(f"{at}draft/", {"mode": "forward", "discard": "1"}, headers=headers)
    assert response.status_code == (200 if headers else 302)
    assert not Draft.objects.exists()
    assert question.attachments.count() == 2, "the customer's files stay"


def test_the_people_of_the_ticket_are_offered(desk, at):
    offered = desk.get(f"{at}recipients/").content.decode()
    assert "Carol Reyes &lt;carol@mail.example&gt;" in offered
    assert "dan@mail.example" in offered
    assert "support@desk.example" not in offered


def test_customers_in_sight_are_offered_by_their_first_letters(desk, at, written, returns):
    nell = Sender(identity_kind="email", identity="nell@mail.example", name="Nell Ito")
    intake.receive(written(sender=nell))
    neo = Sender(identity_kind="email", identity="neo@mail.example", name="Neo")
    Ticket.objects.filter(pk=intake.receive(written(sender=neo)).ticket_id).update(team=returns)
    offered = desk.get(f"{at}recipients/?q=ne").content.decode()
    assert "Nell Ito &lt;nell@mail.example&gt;" in offered
    assert "neo@" not in offered, "their ticket is another team's"
    assert "carol" not in offered


def test_partial_success_is_told_recipient_by_recipient(desk, at):
    desk.post(
        f"{at}replies/", {"to": "carol@mail.example", "cc": "dan@mail.example, eve@mail.example", "body": "x"}
    )
    Delivery.objects.update(
        state="failed",
        outcomes={
            "carol@mail.example": {"ok": True},
            "dan@mail.example": {"ok": False, "permanent": False, "reason": "450 greylisted"},
            "eve@mail.example": {"ok": False, "permanent": True, "reason": "550 unknown"},
        },
    )
    page = desk.get(at).content.decode()
    for told in ("carol@mail.example has it", "Still on its way to dan@mail.example", "450 greylisted"):
        assert told in page
    assert "<b>eve@mail.example</b> did not get it." in page and "550 unknown" in page
