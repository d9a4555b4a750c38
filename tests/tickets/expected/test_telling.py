"""What customers are told to expect: from history, kept, found not to hold, corrected, measured."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.messages import Sender
from tickets import assignment, intake, lifecycle, reactions, replies
from tickets.expected import correcting, figures, forecasting, measuring, sweeping, telling
from tickets.expected.models import Expectation, ExpectedTime, Pace
from tickets.models import Event, Message, Notification, SlaPolicy, Ticket
from tickets.sla import policies

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def history(written, mailbox, company) -> None:
    """Twenty tickets of two days ago, answered after 6 to 120 minutes."""
    first = intake.receive(written()).ticket
    then = timezone.now() - timedelta(days=2)
    for turn in range(20):
        ticket = Ticket.objects.get(pk=first.pk)
        ticket.pk, ticket.created_at = None, then
        ticket.number = 900_000 + turn
        ticket.first_replied_at = then + timedelta(minutes=6 * (turn + 1))
        ticket.resolved_at = then + timedelta(hours=turn + 1)
        ticket.waiting_since, ticket.status = None, Ticket.Status.RESOLVED
        ticket._state.adding = True
        ticket.save()
    lifecycle.close(first, actor=None)
    reactions.drain()


@pytest.fixture
def known(history) -> None:
    figures.recount(timezone.now())
    figures.refresh()


def told(ticket: Ticket, **changes: object) -> ExpectedTime:
    """The customer of the ticket was told, an hour ago, to expect an answer in an hour and a half."""
    now = timezone.now()
    values = {"by": "page", "told_at": now - HOUR, "low": 60, "high": 90, "count": 20}
    times = {"until": now + HOUR / 2, "check_at": now - HOUR / 10}
    return ExpectedTime.objects.create(ticket=ticket, **values, **{**times, **changes})


def answer(ticket: Ticket, alice) -> None:
    replies.send(ticket, author=alice, body="Here it is.", key=uuid.uuid4())


class TestFigures:
    def test_they_are_of_like_tickets(self, known, orders):
        rows = {(row.what, row.cell): row for row in Pace.objects.all()}
        team = rows["reply", f"team {orders.pk}"]
        assert (team.count, team.median, team.most, team.team) == (20, 60, 108, orders)
        assert rows["solution", "all"].most == 18 * 60
        assert rows["reply", "all"].team is None

    def test_who_still_waits_longer_than_half_counts_too(self, history, written, orders):
        waits = intake.receive(written(text="Where?")).ticket
        Ticket.objects.filter(pk=waits.pk).update(created_at=timezone.now() - timedelta(hours=5))
        intake.receive(written(text="Just now"))
        figures.recount(timezone.now())
        row = Pace.objects.get(what="reply", cell=f"team {orders.pk}")
        assert (row.count, row.median) == (21, 66)

    def test_made_anew_they_replace_the_old(self, known):
        before = Pace.objects.count()
        assert figures.recount(timezone.now()) == before == Pace.objects.count()

    def test_the_queue_is_reckoned_at_the_pace_of_late(self, history, written, orders):
        for text in "ab":
            intake.receive(written(text=text))
        figures.recount(timezone.now())
        # 20 answered in the two hours in which somebody waited: 6 minutes for each of the two.
        assert Pace.objects.get(what="reply", cell=f"team {orders.pk}").queue == pytest.approx(12, abs=1)

    def test_while_somebody_waits_and_nobody_answers_the_pace_falls(self, history, written, orders):
        waits = intake.receive(written(text="Where?")).ticket
        Ticket.objects.filter(pk=waits.pk).update(created_at=timezone.now() - timedelta(hours=18))
        figures.recount(timezone.now())
        # 20 answered in the 120 and the 1080 minutes in which somebody waited.
        assert Pace.objects.get(what="reply", cell=f"team {orders.pk}").queue == pytest.approx(60, abs=1)

    def test_they_are_kept_in_memory(self, known, ticket, django_assert_num_queries):
        with django_assert_num_queries(0):
            found = forecasting.of(ticket, timezone.now())
        assert (found.count, found.range.high.count, found.range.high.unit) == (20, 2, "hours")


class TestForecast:
    def test_without_history_it_is_what_an_admin_set_or_nothing(self, ticket, monkeypatch):
        now = timezone.now()
        assert forecasting.of(ticket, now) is None
        monkeypatch.setattr(figures._kept, "settings", Expectation(promise_hours=4))
        found = forecasting.of(ticket, now)
        assert (found.count, found.until) == (0, now + 4 * HOUR)
        assert forecasting.of(ticket, now, what="solution") is None

    def test_nobody_is_told_later_than_a_bound(self, known, ticket, monkeypatch):
        now = timezone.now()
        monkeypatch.setattr(
            forecasting, "_bounds", [lambda ticket, now, found, at: now + HOUR, lambda *asked: None]
        )
        found = forecasting.of(ticket, now)
        assert found.until == found.check_at == now + HOUR

    @pytest.mark.parametrize(
        ("minutes", "promised"),
        [(112, True), (107, False), (600, False)],  # nine of ten were answered within 108 minutes
    )
    def test_nor_later_than_a_policy_promises_that_is_kept(
        self, known, ticket, monkeypatch, minutes, promised
    ):
        now = timezone.now()
        Ticket.objects.filter(pk=ticket.pk).update(created_at=now)
        ticket.refresh_from_db()
        policy = SlaPolicy(name="Everybody", first_reply=minutes)
        monkeypatch.setattr(policies, "known", lambda: [policies.terms_of(policy)])
        found = forecasting.of(ticket, now)
        assert found.until - now == (timedelta(minutes=minutes) if promised else 2 * HOUR)
        assert found.range.high.minutes == (HOUR / timedelta(minutes=1) if promised else 120)
        solution = forecasting.of(ticket, now, what="solution")
        assert solution.until - now > 2 * HOUR

    def test_what_the_policy_promised_and_is_over_is_promised_no_more(self, ticket, monkeypatch):
        policy = SlaPolicy(name="Everybody", first_reply=60)
        monkeypatch.setattr(policies, "known", lambda: [policies.terms_of(policy)])
        monkeypatch.setattr(figures._kept, "settings", Expectation(promise_hours=4))
        assert forecasting.of(ticket, ticket.created_at).until == ticket.created_at + HOUR
        later = ticket.created_at + 2 * HOUR
        assert forecasting.of(ticket, later).until == later + 4 * HOUR


class TestReceipt:
    @pytest.fixture(autouse=True)
    def switched_on(self, mailbox) -> None:
        mailbox.config["acknowledge"] = True
        mailbox.save()

    def _receipt(self, written) -> str:
        dan = Sender(identity_kind="email", identity="dan@mail.example")
        ticket = intake.receive(written(text="Where is it?", sender=dan)).ticket
        reactions.drain()
        return ticket.messages.get(purpose=Message.Purpose.RECEIPT).text

    def test_it_says_what_is_expected_and_that_is_kept(self, known, written):
        assert "answer you usually within 2 hours." in self._receipt(written)
        row = ExpectedTime.objects.get()
        assert (row.by, row.high, row.count) == ("receipt", 120, 20)
        assert row.until - row.told_at == 2 * HOUR

    def test_without_history_it_says_what_the_mailbox_says(self, written, company):
        assert "answer you as soon as possible." in self._receipt(written)
        assert not ExpectedTime.objects.exists()

    def test_unless_it_is_switched_off(self, known, written, monkeypatch):
        monkeypatch.setattr(figures._kept, "settings", Expectation(is_told=False))
        assert "as soon as possible" in self._receipt(written)


class TestPage:
    def test_told_once_and_kept(self, known, ticket):
        now = timezone.now()
        assert telling.on_page(ticket, "hu", now).usually == "rendszerint 1–2 órán belül"
        assert telling.on_page(ticket, "en", now + HOUR).usually == "usually within 1 to 2 hours"
        assert ExpectedTime.objects.get().told_at == now

    def test_nothing_is_said_once_it_is_answered_or_unknown(self, ticket, alice):
        assert telling.on_page(ticket, "en", timezone.now()) is None
        told(ticket)
        answer(ticket, alice)
        ticket.refresh_from_db()
        assert telling.on_page(ticket, "en", timezone.now()) is None


class TestSlipping:
    def test_it_is_noted_before_it_passes_and_once(self, known, ticket, alice):
        assignment.assign(ticket, alice, actor=alice)
        Notification.objects.all().delete()
        row = told(ticket)
        now = timezone.now()
        assert sweeping.sweep(now) == 1
        row.refresh_from_db()
        assert row.slips_at == now < row.until < row.new_until
        event = ticket.events.get(kind=Event.Kind.EXPECTED_SLIPS)
        assert event.data == {"before": row.until.isoformat(), "until": row.new_until.isoformat()}
        assert [(each.user, each.kind) for each in Notification.objects.all()] == [(alice, "expected")]
        assert sweeping.sweep(now + HOUR) == 0

    def test_of_a_ticket_that_nobody_has_supervisors_hear(self, ticket, sam):
        told(ticket)
        sweeping.sweep(timezone.now())
        assert Notification.objects.get().user == sam

    def test_what_has_time_or_was_answered_is_left_alone(self, ticket, alice, written):
        told(ticket, check_at=timezone.now() + HOUR)
        other = intake.receive(written(text="Another")).ticket
        told(other)
        answer(other, alice)
        assert sweeping.sweep(timezone.now()) == 0

    def test_a_queue_that_is_too_long_is_seen_at_once(self, history, ticket, written):
        waits = [ticket, *(intake.receive(written(text=str(turn))).ticket for turn in range(3))]
        now = timezone.now()
        for each in waits:
            told(each, until=now + HOUR / 6, check_at=now + HOUR / 7)
        figures.recount(now)  # 6 minutes for each: the second is in time no more
        assert sweeping.sweep(now) == 3

    def test_the_desk_writes_by_itself_only_where_it_is_switched_on(self, known, ticket, monkeypatch):
        told(ticket)
        monkeypatch.setattr(figures._kept, "settings", Expectation(corrects_itself=True))
        sweeping.sweep(timezone.now())
        assert ExpectedTime.objects.get().corrected_at
        assert Message.objects.filter(purpose=Message.Purpose.RECEIPT).count() == 1


class TestCorrecting:
    @pytest.mark.parametrize(
        ("language", "says"),
        [("en", "takes longer than we expected"), ("ru", "занимает больше"), ("hu", "a vártnál több időbe")],
    )
    def test_the_customer_is_told_in_their_language_and_waits_on(self, ticket, alice, language, says):
        told(ticket)
        Ticket.objects.filter(pk=ticket.pk).update(language=language)
        sweeping.sweep(timezone.now())
        correcting.correct(ticket, actor=alice)
        message = Message.objects.get(purpose=Message.Purpose.RECEIPT)
        assert says in message.text
        assert str(ticket.number) in message.text
        ticket.refresh_from_db()
        assert ticket.waiting_since
        assert ticket.first_replied_at is None
        assert ticket.events.get(kind=Event.Kind.EXPECTED_CORRECTED).user == alice
        with pytest.raises(correcting.NothingToSay):
            correcting.correct(ticket, actor=alice)

    def test_not_before_it_slips_nor_after_the_answer(self, ticket, alice):
        told(ticket)
        with pytest.raises(correcting.NothingToSay):
            correcting.correct(ticket, actor=alice)
        sweeping.sweep(timezone.now())
        answer(ticket, alice)
        with pytest.raises(correcting.NothingToSay):
            correcting.correct(ticket, actor=alice)


class TestMeasuring:
    def test_how_often_it_held(self, ticket, alice, sam, mallory, written):
        now = timezone.now()
        tickets = [ticket, *(intake.receive(written(text=str(turn))).ticket for turn in range(3))]
        told(tickets[0])
        told(tickets[1], until=now - HOUR / 2)
        told(tickets[2], until=now - HOUR / 2)
        told(tickets[3])
        for each in tickets[:2]:
            answer(each, alice)
        lifecycle.close(tickets[3], actor=alice)
        sweeping.settle(now)
        assert set(ExpectedTime.objects.values_list("outcome", flat=True)) == {"kept", "late", "", "void"}
        (share,) = measuring.shares(sam, now)
        assert (share.told, share.kept, share.late, share.open, share.percent) == (3, 1, 2, 0, 33)
        assert measuring.shares(mallory, now) == []
