"""Promises on the screen: offered as one writes, made in one gesture, shown, kept, and told of."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.tickets.web.conftest import HTMX
from tickets import promises, reminders
from tickets.models import Draft, Event, Message, Promise

pytestmark = pytest.mark.django_db


def later(**span):
    return timezone.now() + timedelta(**(span or {"hours": 8}))


def at(ticket, *more: str) -> str:
    return "/".join(["/tickets", str(ticket.number), *more, ""])


def written(**fields):
    given = {
        "body": "I'll be back by Friday.",
        "key": str(uuid4()),
        "mode": "reply",
        "to": "carol@mail.example",
    }
    return {**given, **fields}


def test_it_is_offered_as_one_writes_and_only_once(desk, ticket):
    answer = desk.post(at(ticket, "draft"), written(), headers=HTMX)
    assert "“by Friday”" in answer.text and 'name="pledged"' in answer.text
    offered = answer.text.partition('name="offered" value="')[2].partition('"')[0]

    again = desk.post(at(ticket, "draft"), written(offered=offered, pledged=offered), headers=HTMX)
    assert "pledge" not in again.text

    changed = desk.post(at(ticket, "draft"), written(body="Thank you.", offered=offered), headers=HTMX)
    assert 'id="pledge"' in changed.text and 'name="pledged"' not in changed.text


def test_what_was_begun_is_offered_when_the_page_comes_again(desk, ticket):
    desk.post(at(ticket, "draft"), written())
    assert "“by Friday”" in desk.get(at(ticket)).text


def test_taken_it_is_promised_when_the_reply_goes(desk, ticket, alice):
    due = later().replace(microsecond=0)
    desk.post(at(ticket, "replies"), written(pledged=due.isoformat(), offered=due.isoformat()))
    promise = Promise.objects.get()
    assert (promise.due_at, promise.made_by) == (due, alice)
    assert promise.message == Message.objects.get(direction="out")


def test_one_chosen_from_the_menu_goes_before_what_the_words_say(desk, ticket):
    desk.post(at(ticket, "replies"), written(promise="hour", pledged=later(days=3).isoformat()))
    assert Promise.objects.get().due_at < later(hours=2)


@pytest.mark.parametrize(
    "given",
    [{"promise": "at"}, {"promise": "at", "promise_at": "2020-01-01T10:00"}],
    ids=["no time", "over"],
)
def test_a_time_that_cannot_be_holds_the_reply_and_keeps_the_words(desk, ticket, given):
    answer = desk.post(at(ticket, "replies"), written(**given), headers=HTMX)
    assert answer.status_code == 422
    assert "I&#x27;ll be back by Friday." in answer.text and "promise-at" in answer.text
    assert not Message.objects.filter(direction="out").exists()


def test_sent_before_it_was_offered_it_is_offered_afterwards(desk, ticket):
    answer = desk.post(at(ticket, "replies"), written(), headers=HTMX)
    assert "Remember" in answer.text and not Promise.objects.exists()
    until = answer.text.partition('name="until" value="')[2].partition('"')[0].replace("&#x2B;", "+")
    desk.post(at(ticket, "promise"), {"until": until}, headers=HTMX)
    assert Promise.objects.count() == 1


def test_a_reply_keeps_it_unless_one_says_otherwise(desk, ticket, alice):
    promises.make(ticket, later(), actor=alice)
    page = desk.get(at(ticket)).text
    assert "With this reply the promise" in page and "Promised: " in page
    desk.post(at(ticket, "replies"), written(body="Which size?", standing="1"))
    ticket.refresh_from_db()
    assert ticket.promised_until is not None
    desk.post(at(ticket, "replies"), written(body="Here.", standing="1", keeps="1"))
    ticket.refresh_from_db()
    assert ticket.promised_until is None


def test_one_gesture_on_the_ticket_promises_and_it_stands_in_the_list(desk, ticket):
    answer = desk.post(at(ticket, "promise"), {"later": "tomorrow"}, headers=HTMX)
    assert "Promised: an answer by" in answer.text
    assert "i-promise" in desk.get("/tickets/").text
    assert "An answer by" in desk.get(at(ticket)).text  # the line in its history


def test_nonsense_promises_nothing(desk, ticket):
    for given in ({}, {"later": "never"}, {"later": "at", "at": "2020-01-01T10:00"}):
        assert desk.post(at(ticket, "promise"), given, headers=HTMX).status_code == 409
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "takes a little longer"), ("ru", "займёт"), ("hu", "több időre")]
)
def test_when_it_slips_the_customer_s_message_is_begun_in_their_language(
    desk, ticket, alice, language, words
):
    type(ticket).objects.filter(pk=ticket.pk).update(language=language)
    promises.make(ticket, later(), actor=alice)
    slips = desk.post(at(ticket, "promise"), {"until": later(days=2).isoformat()}, headers=HTMX)
    assert "Tell the customer" in slips.text

    answer = desk.post(at(ticket, "promise", "word"), headers=HTMX)

    assert words in answer.text and "data-focus" in answer.text
    draft = Draft.objects.get()
    assert draft.body.count("\n\n") == 1
    desk.post(at(ticket, "promise", "word"))
    draft.refresh_from_db()
    assert draft.body.count(words) == 1
    shown = desk.get(at(ticket)).text
    assert 'name="keeps" value="1" checked' not in shown  # to tell a new time keeps nothing


def test_the_message_stands_below_what_was_begun(desk, ticket, alice):
    promises.make(ticket, later(), actor=alice)
    desk.post(at(ticket, "draft"), written(body="About your lamp:"))
    desk.post(at(ticket, "promise", "word"))
    assert Draft.objects.get().body.startswith("About your lamp:\n\nHello Carol,")


def test_kept_on_the_phone_and_taken_back(desk, ticket, alice):
    promises.make(ticket, later(), actor=alice)
    desk.post(at(ticket, "promise", "keeping"), headers=HTMX)
    assert Promise.objects.get().state == "kept"
    promises.make(ticket, later(), actor=alice)
    answer = desk.post(at(ticket, "promise", "withdrawal"), headers=HTMX)
    assert "Undo" in answer.text
    assert Event.objects.filter(kind="promise_withdrawn").count() == 1
    assert desk.post(at(ticket, "promise", "word"), headers=HTMX).status_code == 409


def test_my_promises_are_those_of_my_tickets_and_a_supervisor_sees_all(as_, desk, ticket, alice, sam):
    promises.make(ticket, later(), actor=alice)
    assert "Where is my parcel?" in desk.get("/promises/").text
    assert "Nothing is promised" in as_(sam).get("/promises/").text
    assert "Where is my parcel?" in as_(sam).get("/promises/?all=1").text


def test_the_notice_of_one_that_lapsed(desk, ticket, alice):
    promise = promises.make(ticket, later(), actor=alice)
    past = later(minutes=-5)
    Promise.objects.filter(pk=promise.pk).update(due_at=past)
    type(ticket).objects.filter(pk=ticket.pk).update(promised_until=past)
    reminders.sweep()
    assert "The customer was promised an answer by" in desk.get(at(ticket)).text
    assert "lapsed" in desk.get("/promises/").text
    assert "has lapsed" in desk.get("/notifications/", headers=HTMX).text
