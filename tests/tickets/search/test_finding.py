"""Finding tickets by number, subject, customer and words, in the languages of the desk."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app.messages import Sender
from tickets import assignment, filters, intake, reactions, replies, search
from tickets.models import Ticket
from tickets.search import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(written):
    """A ticket with this message, indexed."""

    def make(text: str, **fields) -> Ticket:
        name = fields.pop("name", "")
        if name:
            fields["sender"] = Sender(
                identity_kind="email", identity=f"{uuid4().hex}@mail.example", name=name
            )
        message = intake.receive(written(text=text, **fields))
        search.index([message.pk])
        return message.ticket

    return make


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("1044", 1044),
        ("#1044", 1044),
        (" #1044 ", 1044),
        ("1044a", None),
        ("", None),
        ("²", None),
        ("9" * 20, None),
    ],
)
def test_a_number_is_recognised(query, number):
    assert search.number(query) == number


def test_a_ticket_is_found_by_its_number_in_either_spelling(ticket, alice):
    for query in (str(ticket.number), f"#{ticket.number}"):
        assert filters.listed(alice, "", query=query).tickets == [ticket]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("en", "My parcels have not arrived", "parcel"),
        ("en", "My parcel has not arrived", "arriving parcels"),
        ("ru", "Посылки до сих пор нет", "посылка"),
        ("ru", "Верните деньги за заказ", "деньгами"),
        ("hu", "Nem érkezett meg a csomagom", "csomag"),
        ("", "Quelque chose", "quelque"),
        ("xx", "Quelque chose", "chose"),
        ("en", "Order TP-20931-X is broken", "TP-20931-X"),
        ("en", "See https://shop.example/orders/77", "shop.example"),
    ],
)
def test_words_are_found_in_any_form(say, language, text, query):
    ticket = say(text, language=language, subject="-")
    assert search.find(query) == [ticket.pk]


@pytest.mark.parametrize(
    ("language", "subject", "query"),
    [("en", "Broken parcels", "parcel"), ("ru", "Возврат посылки", "посылка"), ("hu", "Csomagok", "csomag")],
)
def test_a_subject_is_found_in_any_form_too(say, language, subject, query):
    ticket = say("…", language=language, subject=subject)
    assert search.find(query) == [ticket.pk]


@pytest.mark.parametrize(
    ("language", "name", "text", "query"),
    [
        ("en", "Carol Reyes", "Two parcels are missing", "carol parcel"),
        ("ru", "Ольга Петрова", "Посылки до сих пор нет", "ольга посылка"),
        ("hu", "Kovács János", "Hol vannak a csomagok?", "kovács csomag"),
    ],
)
def test_a_name_and_a_word_find_their_message(say, language, name, text, query):
    ticket = say(text, language=language, subject="-", name=name)
    say(text, language=language, subject="-", name="Somebody Else")
    assert search.find(query) == [ticket.pk]


def test_a_customer_is_found_by_name_and_address(say, carol):
    ticket = say("Hello", subject="-")
    assert search.find("reyes") == search.find("carol@mail.example") == [ticket.pk]


def test_all_words_are_wanted_in_one_message(say):
    say("Only a kettle", subject="-")
    both = say("A kettle and a lamp", subject="-")
    assert search.find("kettle lamp") == [both.pk]


def test_phrases_choices_and_exclusions(say):
    red = say("A red kettle", subject="-")
    blue = say("A kettle, red and blue", subject="-")
    assert search.find('"red kettle"') == [red.pk]
    assert search.find("kettle -blue") == [red.pk]
    assert search.find("lamp or blue") == [blue.pk]


def test_notes_and_answers_are_found(ticket, alice):
    replies.send(ticket, author=alice, body="It left with the zeppelin", key=uuid4())
    replies.add_note(ticket, author=alice, body="Customer loves airships", key=uuid4())
    reactions.drain()
    assert search.find("zeppelin") == search.find("airships") == [ticket.pk]


@pytest.mark.parametrize(
    "query", ["", "   ", "\x00", "the", "'", '"', "& | ! :*", "a" * 5000, "\\", "-", "<->", "((("]
)
def test_nonsense_finds_nothing_and_breaks_nothing(say, query):
    say("Hello", subject="-", language="en")
    assert search.find(query) == []


def test_the_newest_message_comes_first_and_each_ticket_once(say, written):
    old, new = say("kettle", subject="-"), say("kettle", subject="-")
    assert search.find("kettle") == [new.pk, old.pk]
    again = intake.receive(written(references=(old.messages.get().external_id,), text="kettle"))
    search.index([again.pk])
    assert search.find("kettle") == [old.pk, new.pk]


def test_what_is_rare_is_found_however_old(say, monkeypatch):
    monkeypatch.setattr(asking, "SAMPLE", 1)
    old = say("zeppelin", subject="-")
    say("kettle", subject="-")
    assert search.find("zeppelin") == [old.pk]


@pytest.mark.parametrize("recent", [1, 10_000], ids=["in the whole index", "among the recent"])
def test_a_ticket_with_very_many_hits_does_not_hide_the_others(say, written, monkeypatch, recent):
    monkeypatch.setattr(asking, "SAMPLE", recent)
    monkeypatch.setattr(asking, "ENOUGH", 8)
    monkeypatch.setattr(asking, "MOST", 8)
    quiet = say("kettle", subject="-")
    loud = say("kettle", subject="-")
    first = loud.messages.get().external_id
    more = [intake.receive(written(references=(first,), text="kettle")).pk for _ in range(8)]
    search.index(more)
    assert search.find("kettle") == [loud.pk, quiet.pk]


def test_indexing_again_changes_nothing(say):
    ticket = say("kettle", subject="-")
    search.index(ticket.messages.values_list("pk", flat=True))
    search.index([])
    assert search.find("kettle") == [ticket.pk]


def test_a_very_long_message_can_be_indexed(say):
    ticket = say("kettle " + " ".join(f"w{number}" for number in range(200_000)), subject="-")
    assert search.find("kettle") == [ticket.pk]


@pytest.mark.parametrize("most", [3, 500], ids=["more hits than are considered", "few hits"])
def test_what_others_may_see_does_not_hide_what_one_may(say, alice, mallory, returns, monkeypatch, most):
    """The newest hits are all of another team: the search goes on to older messages."""
    monkeypatch.setattr(asking, "SAMPLE", 3)
    monkeypatch.setattr(asking, "ENOUGH", 2)
    monkeypatch.setattr(asking, "MOST", most)
    hers = assignment.move(say("kettle", subject="-"), returns, actor=alice)
    for _ in range(5):
        say("kettle", subject="-")
    assert hers.pk not in search.find("kettle")
    assert filters.listed(mallory, "", query="kettle").tickets == [hers]
    assert len(filters.listed(alice, "", query="kettle").tickets) == min(5, most)


def test_what_was_common_and_is_rare_of_late_is_read_from_the_newest(say, monkeypatch):
    """A shop that sold kettles: the planner knows how many, the newest mail does not say."""
    monkeypatch.setattr(asking, "SAMPLE", 1)
    monkeypatch.setattr(asking, "ENOUGH", 2)
    old = [say("kettle", subject="-") for _ in range(12)]
    lately = [say("zeppelin", subject="-") for _ in range(2)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_message")
    with CaptureQueriesContext(connection) as asked:
        found = next(asking.widening(asking.compiled(search.understood("kettle"))))
    assert found == [ticket.pk for ticket in reversed(old)][:6] and lately
    assert not any("GROUP BY" in one["sql"] and "OFFSET 0" not in one["sql"] for one in asked)
