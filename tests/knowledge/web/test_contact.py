"""The contact form: through the door of all messages, once, and not for machines."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_app.models import Channel
from knowledge.models import HelpCentre
from tickets.models import Message, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company")]


def written(**fields: object) -> dict[str, object]:
    plain = {
        "name": "Carol",
        "email": "carol@mail.example",
        "subject": "Where is it?",
        "text": "My\r\nparcel",
    }
    return {**plain, "key": uuid.uuid4(), **fields}


def test_what_is_written_becomes_a_ticket(client: Client, mailbox, carol):
    told = client.post("/help/en/contact/", written(attached=[SimpleUploadedFile("a.txt", b"hello")]))
    ticket = Ticket.objects.get()
    assert str(ticket.number) in told.content.decode()
    assert (ticket.customer, ticket.channel, ticket.subject) == (carol, mailbox, "Where is it?")
    message = ticket.messages.get()
    assert message.text == "My\nparcel" and message.attachments.get().name == "a.txt"


def test_sent_twice_it_is_one_message(client: Client, mailbox):
    sent = written()
    answers = [client.post("/help/en/contact/", sent).content.decode() for _ in range(2)]
    assert Message.objects.count() == 1 and str(Ticket.objects.get().number) in answers[1]


def test_what_is_wrong_is_said_and_nothing_is_lost(client: Client, mailbox, publish):
    article = publish()
    told = client.post("/help/en/contact/", written(email="nobody", subject="refund")).content.decode()
    assert 'value="nobody"' in told and "parcel" in told and article.title in told
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
    assert "At most 5 files" in client.post("/help/en/contact/", written(attached=many)).content.decode()
    assert not Ticket.objects.exists()


def test_machines_that_fill_every_field_are_thanked_and_forgotten(client: Client, mailbox):
    assert client.post("/help/en/contact/", written(website="https://x.example")).status_code == 200
    assert not Ticket.objects.exists()


def test_the_mailbox_is_the_chosen_one_or_one_in_the_language(client: Client, mailbox):
    russian = Channel.objects.create(kind="email", name="Помощь", address="ru@desk.example", language="ru")
    client.post("/help/ru/contact/", written())
    client.post("/help/hu/contact/", written())
    HelpCentre.objects.create(pk=1, mailbox=russian)
    client.post("/help/en/contact/", written())
    found = list(Ticket.objects.order_by("pk").values_list("channel", flat=True))
    assert found == [russian.pk, mailbox.pk, russian.pk]


def test_without_a_mailbox_it_says_so(client: Client):
    told = client.post("/help/en/contact/", written()).content.decode()
    assert "by e-mail" in told and "parcel" in told


def test_whoever_writes_too_often_waits(client: Client, mailbox):
    answers = [client.post("/help/en/contact/", written()).status_code for _ in range(7)]
    assert answers[5:] == [200, 429]
