"""Enquiries at the ticket: a list, a form, and words that stand apart in the stream."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from channels_app.messages import Sender
from tests.tickets.web.conftest import HTMX
from tickets import enquiries, intake
from tickets.models import Attachment, Enquiry, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(ticket) -> str:
    return f"/tickets/{ticket.number}/enquiries/"


def asked(**fields) -> dict[str, object]:
    given = {"to": "claims@carrier.example", "subject": "Lost?", "body": "Where is it?", "key": str(uuid4())}
    return {**given, **fields}


def test_somebody_is_asked_and_answers(desk, at, ticket, written):
    assert desk.get(at).status_code == 200
    sent = desk.post(at, asked())
    enquiry = Enquiry.objects.get()
    assert sent.url == f"{at}{enquiry.pk}/"
    sender = Sender(identity_kind="email", identity="claims@carrier.example", name="Parcelway")
    first = enquiry.messages.get()
    intake.receive(written(sender=sender, references=(first.external_id,), text="With the neighbour"))
    assert "answered" in desk.get(at, headers=HTMX).content.decode()
    page = desk.get(sent.url).content.decode()
    assert "With the neighbour" in page and "claims@carrier.example" in page
    desk.post(sent.url, {"to": "claims@carrier.example", "body": "Thanks", "key": str(uuid4())})
    assert enquiry.messages.count() == 3


def test_it_stands_apart_in_the_stream_and_is_not_answered_there(desk, at, ticket, alice):
    message = enquiries.ask(
        ticket, author=alice, to=["x@carrier.example"], subject="Q", body="Secret words", key=uuid4()
    )
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert "data-enquiry" in page and "enquiry, not with the customer" in page
    assert f"forward {message.pk}" not in page and f"reply {message.pk}" not in page
    for mode in ("reply", "forward"):
        begun = desk.post(
            f"/tickets/{ticket.number}/draft/beginning/", {"begin": f"{mode} {message.pk}"}, headers=HTMX
        )
        assert begun.status_code == 404


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("to", "nobody"), ("to", ""), ("to", "carol@mail.example"), ("subject", ""), ("body", " ")],
)
def test_what_cannot_be_sent_is_said_at_its_field(field, wrong, desk, at):
    answer = desk.post(at, asked(**{field: wrong}))
    assert answer.status_code == 422 and answer.context["form"].errors[field]
    assert not Message.objects.filter(direction="out").exists()


def test_files_of_the_ticket_go_along_unless_they_are_held(desk, at, ticket):
    message = ticket.messages.get()
    rows = [
        Attachment.objects.create(
            message=message, sha256=letter * 64, name=f"{letter}.jpg", size=1, state=state
        )
        for letter, state in (("a", "clean"), ("b", "held"))
    ]
    desk.post(at, asked(copied=[row.pk for row in rows]))
    assert [file.name for file in Enquiry.objects.get().messages.get().attachments.all()] == ["a.jpg"]


def test_an_enquiry_of_another_ticket_is_not_there(desk, at, ticket, alice, written):
    other = intake.receive(written(subject="Another")).ticket
    enquiries.ask(other, author=alice, to=["x@carrier.example"], subject="Q", body="?", key=uuid4())
    assert desk.get(f"{at}{Enquiry.objects.get().pk}/").status_code == 404


def test_what_is_doubtful_is_asked_about_kept_and_goes_when_sent_again(desk, at, ticket):
    words = "Dear Dave,\n\nthe label is attached. 4111 1111 1111 1111"
    first = desk.post(at, asked(body=words, sure=""), headers=HTMX)
    page, sure = first.content.decode(), first.context["asked"]["sure"]
    assert first.status_code == 409 and not Enquiry.objects.exists()
    assert "payment card" in page and "there is no file" in page and "Send anyway" in page
    assert "You greet" not in page, "it is for somebody else, and greets them"
    assert ticket.drafts.get().body == words
    kept = {"body": words, "to": "claims@carrier.example", "subject": "Lost?", "sure": sure}
    file = SimpleUploadedFile("label.txt", b"label")
    anew = desk.post(f"{at}draft/", {**kept, "files": file}, headers=HTMX).content.decode()
    assert "label.txt" in anew and "payment card" in anew and "there is no file" not in anew
    sent = desk.post(at, asked(body=words, sure=sure), headers=HTMX)
    message = Enquiry.objects.get().messages.get()
    assert sent["HX-Redirect"] == f"{at}{message.enquiry_id}/"
    assert [each.name for each in message.attachments.all()] == ["label.txt"]
    assert not ticket.drafts.exists()
