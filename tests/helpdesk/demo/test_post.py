"""The post of the demo: what the desk sends ends in a folder, by a real SMTP conversation."""

import threading
import time
import uuid

import pytest
from django.db import connection

from channels_app import courier
from channels_app.models import Channel
from helpdesk.accounts.models import Company
from helpdesk.demo import post
from tickets import replies
from tickets.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def serving(settings, tmp_path):
    """The post at work, as the supervisor runs it."""
    settings.DATA_DIR = tmp_path
    stop = threading.Event()

    def run() -> None:
        try:
            post.run(stop, preferred=24600)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    stop.set()
    thread.join(10)


def test_a_reply_of_the_demo_is_sent_and_lies_in_the_outbox(serving, ticket, mailbox, alice):
    mailbox.config = post.config()
    mailbox.save()
    Company(pk=1, is_demo=True).save()
    _until(lambda: Channel.objects.get().config["smtp_port"] >= 24600)
    replies.send(ticket, author=alice, body="It leaves today.", key=uuid.uuid4())
    courier.drain()
    assert Delivery.objects.get().state == Delivery.State.SENT
    (mail,) = post.folder().glob("*.eml")
    assert b"It leaves today." in mail.read_bytes()


def test_mailboxes_of_a_real_desk_are_left_alone(mailbox):
    assert post.tell_mailboxes(4711) is False
    Company(pk=1, is_demo=True).save()
    assert post.tell_mailboxes(4711) is False
    mailbox.refresh_from_db()
    assert mailbox.config["smtp_port"] == 9


def _until(condition) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
