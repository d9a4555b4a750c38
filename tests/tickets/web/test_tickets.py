import uuid

import pytest
from django.utils import timezone

from channels_app.messages import Fold
from tests.tickets.web.conftest import HTMX
from tickets import assignment, fates, intake, lifecycle, replies
from tickets.models import Message

pytestmark = pytest.mark.django_db
TICKET_QUERIES = 20


@pytest.fixture
def long(ticket, alice):
    """Carol's ticket with 31 messages."""
    for number in range(30):
        replies.send(ticket, author=alice, body=f"Answer {number}.", key=uuid.uuid4())
    return ticket


def shown(response) -> list[str]:
    return [item.message.text for item in response.context["stream"] if hasattr(item, "message")]


def test_the_page_holds_the_words_and_the_customer(desk, ticket):
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    for words in ("Where is my parcel?", "my parcel TP-1 has not come", "carol@mail.example"):
        assert words in page


def test_a_long_subject_is_all_there_and_opens_where_it_is_cut(desk, ticket):
    assert "whole-subject" not in desk.get(f"/tickets/{ticket.number}/").content.decode()
    ticket.subject = "The sideboard came with a scratch, " * 4 + "and that is all"
    ticket.save(update_fields=["subject"])
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert f">{ticket.subject}</h1>" in page
    assert page.count('<summary><span class="shut">Whole subject</span>') == 1


def test_htmx_gets_the_ticket_without_the_page_around_it(desk, ticket):
    fragment = desk.get(f"/tickets/{ticket.number}/", headers=HTMX).content.decode()
    assert "<html" not in fragment
    assert 'id="ticket-head"' in fragment


def test_another_team_finds_nothing_there(as_, mallory, ticket):
    for path in ("", "stream/", "history/"):
        assert as_(mallory).get(f"/tickets/{ticket.number}/{path}").status_code == 404


def test_the_middle_of_a_long_ticket_is_folded(desk, long):
    page = desk.get(f"/tickets/{long.number}/")
    words = shown(page)
    assert len(words) == 20
    assert words[0].startswith("Good morning")
    assert words[-1] == "Answer 29."
    assert b"11 messages in between" in page.content


def test_the_folded_middle_can_be_shown(desk, long):
    for path in (f"/tickets/{long.number}/?whole=1", f"/tickets/{long.number}/stream/?whole=1"):
        assert len(shown(desk.get(path))) == 31


def test_twenty_messages_are_not_folded(desk, long):
    Message.objects.filter(pk__in=[message.pk for message in long.messages.in_order()[20:]]).delete()
    assert len(shown(desk.get(f"/tickets/{long.number}/"))) == 20


def test_events_stand_between_the_letters(desk, alice, ticket):
    assignment.assign(ticket, alice, actor=alice)
    replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4())
    items = desk.get(f"/tickets/{ticket.number}/").context["stream"]
    told = [getattr(item, "sentence", "letter") for item in items]
    assert told == ["letter", "Taken by Alice Hartmann", "letter"]


def test_a_stale_fold_does_not_hide_the_newest(desk, long, alice):
    replies.add_note(long, author=alice, body="The newest.", key=uuid.uuid4())
    assert shown(desk.get(f"/tickets/{long.number}/stream/"))[-1] == "The newest."


def test_history_reads_as_sentences(desk, alice, ticket):
    lifecycle.resolve(ticket, actor=alice)
    fragment = desk.get(f"/tickets/{ticket.number}/history/", headers=HTMX).content.decode()
    assert "Status changed to “Resolved” by Alice Hartmann" in fragment
    assert "Ticket opened by Carol Reyes" in fragment
    assert "<html" in desk.get(f"/tickets/{ticket.number}/history/").content.decode()


def test_a_customer_without_a_name_is_called_by_their_address_in_the_history(desk, ticket):
    ticket.customer.name = ""
    ticket.customer.save()
    page = desk.get(f"/tickets/{ticket.number}/history/").content.decode()
    assert "Ticket opened by carol@mail.example" in page and "Unknown customer" not in page


def test_other_tickets_of_the_customer_are_at_hand(desk, ticket, written):
    other = intake.receive(written(subject="Another matter")).ticket
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert f"/tickets/{other.number}/" in page


def test_the_way_back_is_the_list_one_came_from(desk, ticket):
    page = desk.get(f"/tickets/{ticket.number}/?view=mine").content.decode()
    assert 'href="/tickets/?view=mine"' in page


def test_a_failed_delivery_offers_to_send_again(desk, alice, ticket):
    message = replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4())
    fates.delivery_failed(message.deliveries.get(), "550 no such user")
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert "550 no such user" in page
    assert "Send again" in page


def test_the_page_asks_few_questions(desk, long, alice, django_assert_max_num_queries):
    lifecycle.resolve(long, actor=alice)
    desk.get(f"/tickets/{long.number}/")
    with django_assert_max_num_queries(TICKET_QUERIES):
        desk.get(f"/tickets/{long.number}/")
    with django_assert_max_num_queries(TICKET_QUERIES):
        desk.get(f"/tickets/?ticket={long.number}")


def test_times_are_told_in_the_readers_zone(desk, alice, ticket):
    alice.time_zone = "Asia/Tokyo"
    alice.save()
    Message.objects.update(created_at=timezone.now().replace(hour=3, minute=4))
    assert b"12:04" in desk.get(f"/tickets/{ticket.number}/").content


def test_what_is_quoted_is_one_click_away(desk, written):
    text = "It came.\n\n> When does it come?\n\n-- \nCarol"
    folds = (Fold(8, 30, "quote"), Fold(32, 41, "signature"))
    ticket = intake.receive(written(text=text, folds=folds)).ticket
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    shown, _summary, rest = page.partition("Show the earlier messages")
    assert "It came." in shown and "When does it come?" not in shown
    assert "When does it come?" in rest and "Carol" in rest


def test_words_from_right_to_left_begin_on_the_right(desk, written):
    text = "مرحبا (Order 4711)،\n\n> Hello"
    ticket = intake.receive(written(text=text, folds=(Fold(21, 28, "quote"),))).ticket
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert page.count('<div class="body" dir="auto"') == 1
    assert page.count('<div dir="auto"') == 1
    assert '<textarea class="editor" id="body-reply" name="body" dir="auto"' in page
