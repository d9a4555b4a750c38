"""Replies that wait: nothing happens before their time, each goes once, and none over somebody's head."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from helpdesk.accounts.models import Membership
from tickets import departing, drafts, intake, lifecycle, merging, news, replies, scheduling
from tickets.models import Delivery, Draft, Event, Message, Ticket

pytestmark = pytest.mark.django_db


def waiting(ticket, author, *, after=timedelta(hours=1), **fields) -> Draft:
    given = {"mode": "reply", "body": "It comes tomorrow.", "key": uuid4(), "to": ["carol@mail.example"]}
    return scheduling.queue(ticket, author=author, due_at=timezone.now() + after, **{**given, **fields})


def fall_due(draft: Draft | None = None) -> None:
    Draft.objects.queued().update(due_at=timezone.now() - timedelta(seconds=1))


def written_out() -> list[str]:
    return list(Message.objects.filter(direction="out").values_list("text", flat=True))


def test_nothing_has_happened_before_it_is_due(ticket, alice):
    before = ticket.events.count()
    waiting(ticket, alice)
    assert departing.drain() == 0
    ticket.refresh_from_db()
    assert (written_out(), Delivery.objects.count(), ticket.events.count()) == ([], 0, before)
    assert ticket.waiting_since is not None


def test_when_it_is_due_it_goes_as_it_was_meant(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="See the label")
    drafts.attach(draft, name="label.pdf", content=b"%PDF-1.4", content_type="application/pdf")
    waiting(ticket, alice, draft=draft, body="See the label", status="resolved", cc=["dan@mail.example"])
    fall_due()
    assert departing.drain() == 1
    message = Message.objects.get(direction="out")
    assert (message.text, message.author, message.cc) == ("See the label", alice, ["dan@mail.example"])
    assert [file.name for file in message.attachments.all()] == ["label.pdf"]
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.RESOLVED
    assert not Draft.objects.exists()
    assert departing.drain() == 0


def test_a_second_click_queues_nothing_twice(ticket, alice):
    key = uuid4()
    first = waiting(ticket, alice, key=key)
    assert waiting(ticket, alice, key=key).pk == first.pk
    fall_due()
    departing.drain()
    assert isinstance(waiting(ticket, alice, key=key), Message), "and after it went, it names what went"
    assert len(written_out()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one(ticket, alice):
    for number in range(5):
        waiting(ticket, alice, body=f"Answer {number}")
    fall_due()
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        departing.drain()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    departing.drain()
    assert sorted(written_out()) == [f"Answer {number}" for number in range(5)]


def test_undone_in_time_it_is_a_draft_again(ticket, alice):
    scheduling.take_back(waiting(ticket, alice, after=timedelta(seconds=10)), actor=alice)
    fall_due()
    assert departing.drain() == 0
    draft = Draft.objects.get()
    assert (draft.body, draft.to, draft.due_at) == ("It comes tomorrow.", ["carol@mail.example"], None)


def test_undone_it_does_not_swallow_what_was_begun_since(ticket, alice):
    queued = waiting(ticket, alice)
    later = drafts.save(ticket, author=alice, mode="reply", body="And one thing more.")
    drafts.attach(later, name="a.txt", content=b"a", content_type="text/plain")
    draft = scheduling.take_back(queued, actor=alice)
    assert draft.body == "It comes tomorrow.\n\nAnd one thing more."
    assert Draft.objects.count() == 1
    assert draft.attachments.get().name == "a.txt"


def test_formatting_survives_being_put_before_plain_words(ticket, alice):
    queued = waiting(ticket, alice, html="<b>It comes</b> tomorrow.")
    drafts.save(ticket, author=alice, mode="reply", body="And <more>.")
    draft = scheduling.take_back(queued, actor=alice)
    assert draft.html == "<b>It comes</b> tomorrow.<div><br></div><div>And &lt;more&gt;.</div>"


def test_too_late_is_said(ticket, alice):
    draft = waiting(ticket, alice)
    fall_due()
    departing.drain()
    for late in (scheduling.take_back, scheduling.send_now):
        with pytest.raises(scheduling.TooLate):
            late(draft, actor=alice)
    with pytest.raises(scheduling.TooLate):
        scheduling.reschedule(draft, timezone.now() + timedelta(hours=1), actor=alice)


@pytest.mark.parametrize("after", [timedelta(minutes=-1), timedelta(days=400)], ids=["past", "far"])
def test_a_time_that_makes_no_sense_is_refused(ticket, alice, after):
    with pytest.raises(scheduling.BadTime):
        waiting(ticket, alice, after=after)
    assert not Draft.objects.exists()


def test_what_could_not_be_sent_is_refused_at_once(ticket, alice):
    with pytest.raises(replies.Empty):
        waiting(ticket, alice, body=" ")
    Ticket.objects.update(channel=None)
    with pytest.raises(replies.NowhereToSend):
        waiting(Ticket.objects.get(), alice)


class TestMeanwhile:
    def test_a_word_of_the_customer_holds_a_scheduled_reply(self, ticket, alice, written):
        draft = waiting(ticket, alice)
        sent = Message.objects.get()
        intake.receive(written(text="It came!", references=(sent.external_id,)))
        fall_due()
        departing.drain()
        draft.refresh_from_db()
        assert (draft.held, written_out()) == (Draft.Held.NEWS, [])
        assert departing.drain() == 0, "held is held, not tried for ever"

    def test_its_author_may_send_it_anyway(self, ticket, alice, written):
        draft = waiting(ticket, alice)
        intake.receive(written(text="It came!", references=(Message.objects.get().external_id,)))
        fall_due()
        departing.drain()
        scheduling.send_now(draft, actor=alice)
        assert written_out() == ["It comes tomorrow."]

    def test_held_and_given_another_time_it_goes_then(self, ticket, alice, written):
        draft = waiting(ticket, alice)
        intake.receive(written(text="It came!", references=(Message.objects.get().external_id,)))
        fall_due()
        departing.drain()
        scheduling.reschedule(draft, timezone.now() + timedelta(hours=2), actor=alice)
        fall_due()
        departing.drain()
        assert written_out() == ["It comes tomorrow."]

    def test_automatic_mail_holds_nothing(self, ticket, alice, written):
        waiting(ticket, alice)
        reference = Message.objects.get().external_id
        intake.receive(written(text="I am away", automatic=True, references=(reference,)))
        fall_due()
        departing.drain()
        assert written_out() == ["It comes tomorrow."]

    def test_a_reply_is_held_by_what_a_colleague_said(self, ticket, alice, bob):
        seen = Message.objects.get().pk
        replies.add_note(ticket, author=bob, body="Do not promise anything", key=uuid4())
        with pytest.raises(news.Overtaken) as held:
            replies.send(ticket, author=alice, body="Tomorrow", key=uuid4(), seen=seen)
        assert [message.text for message in held.value.messages] == ["Do not promise anything"]
        assert written_out() == []

    def test_ones_own_words_hold_nothing(self, ticket, alice):
        seen = Message.objects.get().pk
        replies.add_note(ticket, author=alice, body="I answer", key=uuid4())
        replies.send(ticket, author=alice, body="Tomorrow", key=uuid4(), seen=seen)
        assert written_out() == ["Tomorrow"]

    @pytest.mark.django_db(transaction=True)
    def test_between_the_look_and_the_door_nothing_slips_through(self, ticket, alice, written):
        """A mail and a reply at the same moment: either the reply knows of it, or it was first."""
        first = Message.objects.get()
        start, outcome = threading.Barrier(2), []

        def customer() -> None:
            start.wait()
            intake.receive(written(text="Stop!", references=(first.external_id,)))
            connection.close()

        def agent() -> None:
            start.wait()
            try:
                replies.send(ticket, author=alice, body="Go", key=uuid4(), seen=first.pk)
                outcome.append("sent")
            except news.Overtaken:
                outcome.append("held")
            connection.close()

        both = [threading.Thread(target=each) for each in (customer, agent)]
        [each.start() for each in both]
        [each.join() for each in both]
        stop = Message.objects.get(text="Stop!")
        sent = Message.objects.filter(text="Go").first()
        assert outcome == (["sent"] if sent else ["held"])
        assert sent is None or sent.pk < stop.pk


def test_an_author_who_left_sends_nothing(ticket, alice):
    draft = waiting(ticket, alice)
    alice.is_active = False
    alice.save()
    fall_due()
    departing.drain()
    draft.refresh_from_db()
    assert (draft.held, written_out()) == (Draft.Held.AUTHOR, [])


def test_an_author_who_changed_teams_sends_nothing(ticket, alice, returns):
    draft = waiting(ticket, alice)
    Membership.objects.filter(user=alice).update(team=returns)
    fall_due()
    departing.drain()
    draft.refresh_from_db()
    assert draft.held == Draft.Held.AUTHOR


def test_trouble_with_one_does_not_stop_the_others(ticket, alice, monkeypatch):
    waiting(ticket, alice, body="First")
    waiting(ticket, alice, body="Second")
    fall_due()
    send = replies.send

    def stumbling(*args, **given):
        if given["body"] == "First":
            raise RuntimeError("a defect")
        return send(*args, **given)

    monkeypatch.setattr(replies, "send", stumbling)
    departing.drain()
    assert written_out() == ["Second"]
    assert Draft.objects.get().held == Draft.Held.TROUBLE


def test_it_goes_with_its_ticket_into_another(ticket, alice, written):
    other = intake.receive(written(subject="The same matter")).ticket
    waiting(ticket, alice)
    drafts.save(other, author=alice, mode="reply", body="Begun there")
    merging.join(ticket, other, actor=alice)
    fall_due()
    departing.drain()
    draft = Draft.objects.queued().get()
    assert (draft.ticket, draft.held) == (other, Draft.Held.NEWS), "its author has not seen what stands there"
    scheduling.send_now(draft, actor=alice)
    assert [message.ticket_id for message in Message.objects.filter(direction="out")] == [other.pk]
    assert Draft.objects.get().body == "Begun there"


def test_a_forward_can_wait_too(ticket, alice):
    asked = Message.objects.get()
    lifecycle.resolve(ticket, actor=alice)
    waiting(ticket, alice, mode="forward", to=["claims@carrier.example"], answers=asked, body="Yours?")
    fall_due()
    departing.drain()
    sent = Message.objects.get(direction="out")
    assert (sent.purpose, sent.answers) == (Message.Purpose.FORWARD, asked)
    assert ticket.events.last().kind == Event.Kind.ASIDE_SENT
