"""@mentions in notes."""

from uuid import uuid4

import pytest
from django.core import mail

from helpdesk.accounts.models import User
from tests.people import hire
from tickets import mentions, notifications, reactions, replies
from tickets.models import Delivery, Notification

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Bob Marchetti please look", ["Bob Marchetti"]),
        ("please, @bob", ["Bob Marchetti"]),
        ("(@Sam Okafor) and @Bob Marchetti, @Sam", ["Sam Okafor", "Bob Marchetti"]),
        ("mail bob@desk.example", []),
        ("@Bobby", []),
        ("@Bob Marchettino", ["Bob Marchetti"]),
        ("@Anna", []),
        ("@Anna Kiss", ["Anna Kiss"]),
        ("@nobody @ @@", []),
    ],
)
def test_whom_a_text_names(text, named):
    people = [
        User(pk=pk, name=name)
        for pk, name in enumerate(("Bob Marchetti", "Sam Okafor", "Anna Kiss", "Anna Nagy"), start=1)
    ]
    assert [str(user) for user in mentions.named_in(text, people)] == named


def test_who_is_named_is_told_by_the_bell_and_by_mail(ticket, alice, bob, heard):
    note = replies.add_note(ticket, author=alice, body="@Bob Marchetti: whose is this?", key=uuid4())
    heard()
    reactions.drain()
    told = Notification.objects.get()
    assert (told.user, told.kind, told.message, told.by) == (bob, "mentioned", note, alice)
    assert mail.outbox[-1].to == [bob.email]
    assert "whose is this?" in mail.outbox[-1].body and f"/tickets/{ticket.number}/" in mail.outbox[-1].body
    assert not Delivery.objects.filter(kind="message").exists()
    notifications.read(bob)
    assert not Notification.objects.unread().exists()


def test_nobody_is_told_of_what_they_may_not_see_or_wrote_themselves(ticket, alice, mallory, orders):
    gone = hire("dan@desk.example", "Dan Gone", User.Role.AGENT, orders, is_active=False)
    body = f"@{mallory} @{gone} @{alice}"
    replies.add_note(ticket, author=alice, body=body, key=uuid4())
    reactions.drain()
    assert not Notification.objects.exists()


def test_a_reply_mentions_nobody(ticket, alice, bob):
    replies.send(ticket, author=alice, body="@Bob Marchetti says hello", key=uuid4())
    reactions.drain()
    assert not Notification.objects.exists()
