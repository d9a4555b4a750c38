"""The door in."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from channels_app.messages import Fold, InboundFile, Sender, outbound_id, reply_token
from tickets import bin, intake, lifecycle, replies
from tickets.models import Event, Message, Ticket

pytestmark = pytest.mark.django_db

STRANGER = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve")


def test_a_first_message_opens_a_ticket(written, mailbox, orders):
    message = intake.receive(
        written(language="en", files=(InboundFile(sha256="a" * 64, size=3, name="a.txt"),))
    )

    ticket = message.ticket
    assert (ticket.status, ticket.team, ticket.channel) == (Ticket.Status.NEW, orders, mailbox)
    assert ticket.subject == "Where is my parcel?"
    assert ticket.customer.name == "Carol Reyes"
    assert ticket.preview.startswith("Good morning")
    assert ticket.waiting_since is not None
    assert ticket.number >= 1001
    assert [file.name for file in message.attachments.all()] == ["a.txt"]
    assert list(ticket.events.values_list("kind", flat=True)) == ["ticket_opened", "message_received"]


@pytest.mark.parametrize("found", ["pass", "none", "fail"])
def test_what_is_known_of_the_sender_stays_with_the_message(written, found):
    message = intake.receive(written(authenticity=found))
    assert Message.objects.get(pk=message.pk).authenticity == found


def test_the_same_message_twice_is_one(written):
    inbound = written()
    assert intake.receive(inbound) == intake.receive(inbound)
    assert Message.objects.count() == 1


def test_an_id_used_again_for_other_content_is_a_new_message_and_marked(written):
    first = intake.receive(written(external_id="same@mail.example", digest="1" * 64))
    second = intake.receive(written(external_id="same@mail.example", digest="2" * 64))
    assert first.pk != second.pk
    assert (first.id_reused, second.id_reused) == (False, True)


def test_a_reply_joins_by_the_id_it_answers(written, ticket):
    first = ticket.messages.get()
    reply = intake.receive(written(references=("unknown@elsewhere", first.external_id)))
    assert reply.ticket == ticket


def test_a_reply_joins_by_the_token_in_our_own_id(written, ticket):
    reply = intake.receive(written(references=(outbound_id(ticket.pk, "desk.example"),)))
    assert reply.ticket == ticket


def test_a_reply_joins_by_the_token_in_the_address(written, ticket):
    assert intake.receive(written(token=reply_token(ticket.pk))).ticket == ticket


def test_an_altered_token_joins_nothing(written, ticket):
    token = reply_token(ticket.pk)
    forged = f"{ticket.pk:x}.{'a' * (len(token) - len(token.partition('.')[0]) - 1)}"
    reply = intake.receive(written(token=forged))
    assert reply.ticket != ticket
    assert reply.ticket.follows is None


def test_a_stranger_who_holds_a_token_gets_a_ticket_of_their_own(written, ticket):
    reply = intake.receive(written(sender=STRANGER, token=reply_token(ticket.pk)))
    assert reply.ticket != ticket
    assert (reply.doubt.ticket, reply.doubt.other) == (reply.ticket, ticket)


def test_somebody_in_copy_takes_part(written, ticket, alice):
    replies.send(ticket, author=alice, body="Look", key=UUID(int=1), cc=[STRANGER.identity])
    sent = ticket.messages.get(direction="out")
    assert intake.receive(written(sender=STRANGER, references=(sent.external_id,))).ticket == ticket


@pytest.mark.parametrize("status", ["waiting", "on_hold", "resolved", "closed"])
def test_the_customers_word_reopens(written, ticket, alice, status):
    lifecycle.set_status(ticket, status, actor=alice)
    intake.receive(written(token=reply_token(ticket.pk)))
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.OPEN
    assert ticket.resolved_at is None
    assert ticket.events.last().kind == Event.Kind.MESSAGE_RECEIVED


def test_a_ticket_closed_for_long_is_followed_by_a_new_one(written, ticket, alice):
    lifecycle.set_status(ticket, "closed", actor=alice)
    Ticket.objects.update(closed_at=timezone.now() - timedelta(days=31))
    reply = intake.receive(written(token=reply_token(ticket.pk)))
    assert reply.ticket.follows == ticket


def test_an_automatic_reply_neither_reopens_nor_stops_a_clock(written, ticket, alice):
    replies.send(ticket, author=alice, body="Done", key=UUID(int=2), status="resolved")
    message = intake.receive(written(token=reply_token(ticket.pk), automatic=True))
    ticket.refresh_from_db()
    assert message.ticket == ticket
    assert (ticket.status, ticket.waiting_since) == (Ticket.Status.RESOLVED, None)


def test_a_deleted_ticket_comes_back_and_spam_stays(written, ticket, alice):
    bin.delete(ticket, actor=alice)
    intake.receive(written(token=reply_token(ticket.pk)))
    ticket.refresh_from_db()
    assert ticket.folder == Ticket.Folder.DESK
    bin.mark_spam(ticket, actor=alice)
    intake.receive(written(token=reply_token(ticket.pk)))
    ticket.refresh_from_db()
    assert ticket.folder == Ticket.Folder.SPAM


def test_one_address_is_one_customer_however_it_is_written(written):
    one = intake.receive(written(sender=Sender(identity_kind="email", identity="Dora@Mail.example ")))
    two = intake.receive(
        written(sender=Sender(identity_kind="email", identity="dora@mail.EXAMPLE", name="Dora"))
    )
    assert one.customer == two.customer
    two.customer.refresh_from_db()
    assert two.customer.name == "Dora"


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_message_make_one(written):
    inbound = written()
    start, failures = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        try:
            intake.receive(inbound)
        except Exception as error:  # the loser of the race rolls all back and is run again
            failures.append(error)
            intake.receive(inbound)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert Message.objects.count() == 1
    assert Ticket.objects.count() == 1


class TestSpam:
    """What a filter on the way marked as spam."""

    def test_it_waits_in_the_spam(self, written):
        ticket = intake.receive(written(spam=True)).ticket
        assert (ticket.folder, ticket.status) == (Ticket.Folder.SPAM, Ticket.Status.NEW)
        assert ticket.folder_since
        assert ticket.events.filter(data__why="marked_on_the_way").exists()

    def test_a_customer_we_have_answered_is_believed(self, written, ticket, alice):
        replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4())
        assert intake.receive(written(spam=True)).ticket.folder == Ticket.Folder.DESK

    def test_one_who_only_wrote_before_is_not(self, written, ticket):
        assert intake.receive(written(spam=True)).ticket.folder == Ticket.Folder.SPAM

    def test_an_answer_on_a_ticket_stays_there(self, written, ticket, alice):
        answer = replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4())
        assert intake.receive(written(spam=True, references=(answer.external_id,))).ticket == ticket


def test_a_preview_tells_what_is_new(written):
    inbound = written(text="It came.\n\n> When does it come?", folds=(Fold(8, 30, "quote"),))
    message = intake.receive(inbound)
    message.refresh_from_db()
    assert message.visible_text == message.ticket.preview == "It came."
    assert message.text == inbound.text


@pytest.mark.django_db
def test_the_plan_that_is_made_once_may_use_the_index_of_ids():
    """The other plan reads all messages for every mail, which nobody notices before there are many."""
    Message.objects.received_as("x@mail.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, statement FROM pg_prepared_statements")
        name = next(name for name, text in cursor.fetchall() if '"digest" FROM "tickets_message"' in text)
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"EXPLAIN EXECUTE \"{name}\"('in', 'x@mail.example')")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using message_once" in plan, plan
