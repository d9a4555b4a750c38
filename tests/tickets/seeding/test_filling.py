"""A made-up desk: the numbers asked for, rows that fit together, and the schema as it was."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count

from channels_app.models import InboundRecord
from tickets import search, vacancy
from tickets.models import Attachment, Customer, Delivery, Event, Message, Ticket
from tickets.seeding import copying, filling, vocabulary

_SHAPE = """
SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text LIKE 'tickets%'
UNION SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid::regclass::text LIKE 'tickets%' OR conrelid::regclass::text LIKE 'channels%'
"""


def test_counts_add_up_to_what_was_asked_for():
    counts = filling.message_counts(2_000, 6_000)
    assert (len(counts), sum(counts), max(counts), min(counts)) == (2_000, 6_000, 500, 1)
    assert counts.count(20) >= 2


@pytest.mark.parametrize(("tickets", "messages"), [(1, 1), (3, 3), (10, 200), (1, 700)])
def test_small_desks_add_up_too(tickets, messages):
    counts = filling.message_counts(tickets, messages)
    assert (len(counts), sum(counts)) == (tickets, messages)


def test_a_desk_with_fewer_messages_than_tickets_is_refused():
    with pytest.raises(ValueError, match="every ticket"):
        filling.message_counts(10, 9)


def test_words_are_many_different_and_always_the_same():
    for language in ("en", "ru", "hu"):
        words = vocabulary.words(language)
        assert len(set(words)) == len(words) == 20_000
        assert vocabulary.words.__wrapped__(language) == words


def test_rows_survive_copy():
    line = copying.rows([(None, "a\tb\\c\nd", True, 7, {"ü": '"'}, ("x", "y"), copying.Raw(b"\x00\xff"))])
    assert line.decode() == '\\N\ta\\tb\\\\c\\nd\tt\t7\t{"ü": "\\\\""}\t{x,y}\t\\\\x00ff\n'


@pytest.mark.django_db(transaction=True)
def test_a_desk_is_filled_whole_and_the_schema_stays():
    before = _shape()
    filling.fill(600, 1_800, lambda _line: None)
    assert _shape() == before
    assert Ticket.objects.count() == 600
    assert Message.objects.count() == 1_800
    assert Customer.objects.count() == 120
    assert 0.02 < Ticket.objects.unfinished().on_desk().count() / 600 < 0.12
    assert Ticket.objects.alias(n=Count("messages")).filter(n=500).count() == 1
    assert InboundRecord.objects.count() == Message.objects.filter(direction="in").count()
    assert Delivery.objects.count() == Message.objects.filter(direction="out").count()
    assert Attachment.objects.exists()
    assert Event.objects.filter(kind="ticket_opened").count() == 600
    _check_search()
    _check_that_life_goes_on()


def test_only_a_vacant_desk_is_filled(alice):
    with pytest.raises(CommandError, match="in use"):
        call_command("seed", "--tickets", "5")


def _check_search() -> None:
    """Every message is found by one of its words, as if a worker had indexed it."""
    message = Message.objects.filter(direction="in").latest("id")
    word = max(message.text.split(), key=len).strip(".")
    assert message.ticket_id in search.find(f'{word} "{message.sender_address}"')
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, search::text FROM tickets_message ORDER BY id LIMIT 50")
        poured = cursor.fetchall()
        search.index(pk for pk, _document in poured)
        cursor.execute("SELECT id, search::text FROM tickets_message ORDER BY id LIMIT 50")
        assert cursor.fetchall() == poured


def _check_that_life_goes_on() -> None:
    """Sequences stand behind what was poured in."""
    newest = Ticket.objects.latest("id")
    made = Ticket.objects.create(subject="next", customer=newest.customer)
    assert (made.pk, made.number) == (newest.pk + 1, newest.number + 1)
    assert vacancy.is_vacant() is False


def _shape() -> list[str]:
    """Definitions without the casts that PostgreSQL spells another way when it reads its own words."""
    with connection.cursor() as cursor:
        cursor.execute(_SHAPE)
        return sorted(
            re.sub(r"::character varying|::text|\[\]|[()]", "", row[0]) for row in cursor.fetchall()
        )
