"""Undo send, replies for later, and what is held because somebody wrote: with htmx and by plain forms."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from helpdesk.accounts.models import User
from tests.tickets.web.conftest import HTMX
from tickets import departing, intake, replies, scheduling
from tickets.models import Draft, Message, Ticket

pytestmark = pytest.mark.django_db


def write(**fields) -> dict[str, object]:
    return {"body": "It comes tomorrow.", "key": str(uuid.uuid4()), **fields}


def sent() -> list[str]:
    return list(Message.objects.filter(direction="out").values_list("text", flat=True))


@pytest.fixture
def at(ticket) -> str:
    return f"/tickets/{ticket.number}/"


@pytest.fixture
def slow(alice) -> User:
    """Alice, who has ten seconds to think again."""
    User.objects.filter(pk=alice.pk).update(undo_seconds=10)
    return alice


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_reply_waits_its_seconds_and_comes_back(headers, desk, at, slow):
    desk.post(f"{at}replies/", write(status="resolved"), headers=headers)
    draft = Draft.objects.get()
    assert timedelta(seconds=5) < draft.due_at - timezone.now() <= timedelta(seconds=10)
    page = desk.get(at).content.decode()
    assert "Not sent yet: goes out at" in page and "It comes tomorrow." in page
    answer = desk.post(f"/scheduled/{draft.pk}/undo/", headers=headers)
    assert answer.status_code == (200 if headers else 302)
    assert sent() == []
    again = desk.get(at)
    assert again.context["begun"] and again.context["forms"][0]["body"] == "It comes tomorrow."


def test_a_draft_that_arrives_behind_its_reply_is_no_second_draft(desk, at, slow):
    given = write()
    desk.post(f"{at}replies/", given)
    assert desk.post(f"{at}draft/", {**given, "mode": "reply"}, headers=HTMX).status_code == 204
    assert Draft.objects.get().due_at
    scheduling.send_now(Draft.objects.get(), actor=slow)
    desk.post(f"{at}draft/", {**given, "mode": "reply"}, headers=HTMX)
    assert not Draft.objects.exists()


def test_after_its_seconds_it_is_said_that_it_went(desk, at, slow):
    desk.post(f"{at}replies/", write())
    draft = Draft.objects.get()
    Draft.objects.update(due_at=timezone.now())
    departing.drain()
    assert sent() == ["It comes tomorrow."]
    assert desk.post(f"/scheduled/{draft.pk}/undo/", headers=HTMX).status_code == 404


@pytest.mark.parametrize("later", ["hour", "evening", "tomorrow", "monday"])
def test_a_reply_goes_later(later, desk, at, alice):
    desk.post(f"{at}replies/", write(later=later))
    draft = Draft.objects.get()
    assert timezone.now() < draft.due_at <= timezone.now() + timedelta(days=7, hours=12)
    assert sent() == []
    assert "Scheduled, not sent yet" in desk.get(at).content.decode()
    assert "Where is my parcel?" in desk.get("/scheduled/").content.decode()
    assert "/scheduled/" in desk.get("/tickets/nav/").content.decode()


def test_a_typed_time_is_meant_in_the_agents_own_zone(desk, at, alice):
    User.objects.filter(pk=alice.pk).update(time_zone="Asia/Tokyo")
    day = (timezone.now() + timedelta(days=3)).date()
    desk.post(f"{at}replies/", write(later="at", at=f"{day}T09:30"))
    assert f"{Draft.objects.get().due_at:%H:%M}" == "00:30"


@pytest.mark.parametrize("typed", ["", "yesterday", "2020-01-01T10:00"])
def test_a_time_that_makes_no_sense_loses_no_word(typed, desk, at):
    response = desk.post(f"{at}replies/", write(later="at", at=typed), headers=HTMX)
    assert response.status_code == 422
    assert b"It comes tomorrow." in response.content
    assert not Draft.objects.queued().exists() and sent() == []


def test_time_sending_now_and_taking_back(desk, at):
    desk.post(f"{at}replies/", write(later="monday"))
    draft = Draft.objects.get()
    desk.post(f"/scheduled/{draft.pk}/time/", {"later": "hour"}, headers=HTMX)
    moved = Draft.objects.get()
    assert moved.due_at <= timezone.now() + timedelta(hours=1)
    assert desk.post(f"/scheduled/{draft.pk}/time/", {"later": "at"}, headers=HTMX).status_code == 409
    desk.post(f"/scheduled/{draft.pk}/now/", headers=HTMX)
    assert sent() == ["It comes tomorrow."]


def test_anothers_is_seen_and_left_alone_but_a_supervisor_can_stop_it(desk, at, as_, bob, sam, mallory):
    desk.post(f"{at}replies/", write(later="monday"))
    draft = Draft.objects.get()
    assert b"Scheduled, not sent yet" in as_(bob).get(at).content
    for nobody in (bob, mallory):
        for verb in ("undo", "now", "time"):
            assert as_(nobody).post(f"/scheduled/{draft.pk}/{verb}/").status_code == 404
    assert b"It comes tomorrow." not in as_(bob).get("/scheduled/?all=1").content
    assert b"It comes tomorrow." in as_(sam).get("/scheduled/?all=1").content
    as_(sam).post(f"/scheduled/{draft.pk}/undo/")
    assert Draft.objects.open().get().author == draft.author


def reply_form(page) -> dict[str, str]:
    """What the page knows that hands a reply over."""
    form = next(each for each in page.context["forms"] if each["mode"] == "reply")
    return {"seen": form["seen"], "own": form["own"]}


def handed_over() -> list[str]:
    """What went out, and then what is on its way."""
    return [*sent(), *Draft.objects.queued().order_by("due_at").values_list("body", flat=True)]


class TestOvertaken:
    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_a_reply_is_held_and_shown_with_what_came(self, headers, desk, at, written):
        form = desk.get(at).context["forms"][0]
        reference = Message.objects.get().external_id
        intake.receive(written(text="It came after all!", references=(reference,)))
        held = desk.post(f"{at}replies/", write(seen=form["seen"]), headers=headers)
        page = held.content.decode()
        assert held.status_code == 409
        for words in ("It came after all!", "It comes tomorrow.", "Send anyway"):
            assert words in page
        assert sent() == []
        again = next(each for each in held.context["forms"] if each["mode"] == "reply")
        desk.post(f"{at}replies/", write(seen=again["seen"]), headers=headers)
        assert sent() == ["It comes tomorrow."]

    def test_what_came_while_a_draft_lay_is_shown_once_it_is_taken_up(self, desk, at, written):
        form = desk.get(at).context["forms"][0]
        desk.post(f"{at}draft/", write(mode="reply", seen=form["seen"]))
        intake.receive(written(text="Hurry!", references=(Message.objects.get().external_id,)))
        again = desk.get(at)
        assert "This came since you began to write:" in again.content.decode()
        desk.post(f"{at}replies/", write(seen=again.context["forms"][0]["seen"]))
        assert sent() == ["It comes tomorrow."]

    def test_nothing_came_nothing_is_asked(self, desk, at, ticket, alice):
        form = desk.get(at).context["forms"][0]
        replies.add_note(ticket, author=alice, body="Mine", key=uuid.uuid4())
        desk.post(f"{at}replies/", write(seen=form["seen"]))
        assert sent() == ["It comes tomorrow."]


class TestOwnWordsFromElsewhere:
    """Two tabs or devices of one agent: what one has sent holds the other back, and never itself."""

    @pytest.fixture(params=[0, 10], ids=["at once", "to be undone"])
    def desk(self, request, as_, alice):
        alice.undo_seconds = request.param
        alice.save()
        return as_(alice)

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_a_second_reply_is_held_and_shown_with_the_first(self, headers, desk, at):
        here, there = reply_form(desk.get(at)), reply_form(desk.get(at))
        desk.post(f"{at}replies/", write(body="From the other tab.", **there))
        held = desk.post(f"{at}replies/", write(**here), headers=headers)
        page = held.content.decode()
        assert held.status_code == 409
        for words in ("you already replied from another tab", "From the other tab.", "Send anyway"):
            assert words in page
        assert "somebody wrote" not in page and "It comes tomorrow." in page
        assert handed_over() == ["From the other tab."]
        desk.post(f"{at}replies/", write(**reply_form(held)), headers=headers)
        assert handed_over() == ["From the other tab.", "It comes tomorrow."]

    def test_what_this_tab_sent_is_no_news_to_it(self, desk, at):
        first = desk.post(f"{at}replies/", write(body="One", **reply_form(desk.get(at))), headers=HTMX)
        second = desk.post(f"{at}replies/", write(body="Two", **reply_form(first)), headers=HTMX)
        Draft.objects.queued().update(due_at=timezone.now())
        departing.drain()  # with time to undo they become messages only now
        third = desk.post(f"{at}replies/", write(body="Three", **reply_form(second)), headers=HTMX)
        assert (first.status_code, second.status_code, third.status_code) == (200, 200, 200)

    def test_a_repeated_click_and_old_words_under_a_used_key_are_none(self, desk, at):
        form, key = reply_form(desk.get(at)), str(uuid.uuid4())
        for _again in range(2):
            assert desk.post(f"{at}replies/", write(key=key, **form), headers=HTMX).status_code == 200
        other = desk.post(f"{at}replies/", write(key=key, body="Other words", **form), headers=HTMX)
        assert other.status_code == 422, "the earlier message went out"
        assert desk.post(f"{at}replies/", write(body="Other words", **reply_form(other))).status_code == 302

    def test_a_note_or_forward_of_ones_own_holds_nothing(self, desk, at, ticket, alice):
        form, theirs = reply_form(desk.get(at)), Message.objects.get()
        replies.add_note(ticket, author=alice, body="Mine", key=uuid.uuid4())
        given = {"author": alice, "body": "Look", "key": uuid.uuid4(), "to": ["dan@mail.example"]}
        replies.forward(ticket, answers=theirs, **given)
        assert desk.post(f"{at}replies/", write(**form)).status_code == 302

    def test_one_that_was_undone_holds_nothing(self, as_, alice, at):
        alice.undo_seconds = 10
        alice.save()
        desk = as_(alice)
        here, there = reply_form(desk.get(at)), reply_form(desk.get(at))
        desk.post(f"{at}replies/", write(**there))
        desk.post(f"/scheduled/{Draft.objects.get().pk}/undo/")
        assert desk.post(f"{at}replies/", write(**here)).status_code == 302

    def test_another_question_first_does_not_swallow_the_warning(self, desk, at):
        here, there = reply_form(desk.get(at)), reply_form(desk.get(at))
        desk.post(f"{at}replies/", write(body="From the other tab.", **there))
        wrong = desk.post(f"{at}replies/", write(to="nobody", **here), headers=HTMX)
        assert wrong.status_code == 422
        assert "From the other tab." in wrong.content.decode()

    def test_the_page_is_told_which_replies_are_ones_own(self, desk, at, as_, bob):
        assert "data-own=" not in desk.get(f"{at}stream/").content.decode()
        desk.post(f"{at}replies/", write(**reply_form(desk.get(at))))
        key = str((Message.objects.filter(direction="out").first() or Draft.objects.get()).key)
        assert f":{key}" in desk.get(f"{at}stream/").content.decode()
        assert key not in as_(bob).get(f"{at}stream/").content.decode()


def test_a_reply_can_put_the_ticket_on_hold(desk, at, ticket):
    desk.post(f"{at}replies/", write(status="on_hold"))
    assert Ticket.objects.get(pk=ticket.pk).status == "on_hold"


def test_the_time_to_undo_is_each_ones_own(desk, alice):
    given = {"name": "Alice", "language": "en", "time_zone": "UTC", "theme": "", "signature": ""}
    assert desk.post("/profile/", {**given, "undo_seconds": 61}).status_code == 422
    desk.post("/profile/", {**given, "undo_seconds": 30})
    alice.refresh_from_db()
    assert alice.undo_seconds == 30
