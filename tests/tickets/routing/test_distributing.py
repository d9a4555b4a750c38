"""The worker that hands waiting tickets out."""

import threading
from collections import Counter
from datetime import time, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from channels_app.messages import Sender
from helpdesk.accounts.models import Calendar, Membership, Shift, User
from tests.people import hire
from tickets import assignment, availability, bin, intake, lifecycle, presence, properties, replies, snoozing
from tickets.models import Availability, Competence, Effort, Event, Skill, TeamRouting, Ticket, Topic
from tickets.routing import distributing
from tickets.web import history
from tickets.web.names import Names

pytestmark = pytest.mark.django_db


def owner(ticket: Ticket) -> User | None:
    return Ticket.objects.get(pk=ticket.pk).assignee


def told(ticket: Ticket) -> str:
    event = ticket.events.filter(kind=Event.Kind.ASSIGNED).latest("id")
    return history.sentence(event, Names())


def test_a_waiting_ticket_is_given_with_the_reason(waiting, there, alice, bob):
    assignment.assign(waiting()[0], alice, actor=alice)
    ticket = waiting(sender=Sender(identity_kind="email", identity="dan@mail.example"))[0]
    assert distributing.drain() == 1
    assert owner(ticket) == bob
    assert told(ticket) == "Given to Bob Marchetti: least to do (0 of 10)"
    assert distributing.drain() == 0


def test_nothing_is_given_where_routing_is_off_or_nobody_is_there(waiting, routing, alice):
    ticket = waiting()[0]
    assert distributing.drain() == 0
    availability.be(alice, "available", actor=alice)
    TeamRouting.objects.update(mode="off")
    assert distributing.drain() == 0
    TeamRouting.objects.update(mode="turn")
    assert distributing.drain() == 1
    assert owner(ticket) == alice


def test_what_is_not_given(waiting, there, alice):
    spam, done, asleep, answered, read, written = waiting(6)
    bin.mark_spam(spam, actor=alice)
    lifecycle.resolve(done, actor=alice)
    snoozing.snooze(asleep, until=timezone.now() + timedelta(hours=1), actor=alice)
    replies.send(answered, author=alice, body="Here it is", key="7f1d2f0e-9a53-4c5b-8d6e-1f2a3b4c5d6e")
    presence.come(read.pk, alice)
    presence.come(written.pk, alice, writes=True)
    try:
        assert distributing.drain() == 1
    finally:
        for each in (read, written):
            presence.go(each.pk, alice.pk)
    given = Ticket.objects.filter(assignee__isnull=False)
    assert set(given.values_list("pk", flat=True)) <= {read.pk, answered.pk}


def test_what_the_desk_has_not_read_yet_waits(written, routing, there):
    intake.receive(written())
    assert distributing.drain() == 0


def test_never_above_capacity_counted_in_effort(waiting, there, alice, bob):
    Effort.objects.create(kind="complaint", points=4)
    for user in (alice, bob):
        availability.limit(user, actor=user, capacity=10)
    Ticket.objects.filter(pk__in=[each.pk for each in waiting(8)]).update(kind="complaint")
    assert distributing.drain() == 4
    assert Counter(Ticket.objects.held().values_list("assignee", flat=True)) == {alice.pk: 2, bob.pk: 2}


def test_capacity_of_a_kind_of_channel(waiting, there, alice, bob):
    for user in (alice, bob):
        availability.limit(user, actor=user, capacity=10, per_kind={"email": 1})
    waiting(4)
    assert distributing.drain() == 2


def test_the_most_urgent_first(waiting, routing, alice):
    _first, loud = waiting(2)
    properties.set_priority(loud, 4, actor=alice)
    availability.be(alice, "available", actor=alice)
    availability.limit(alice, actor=alice, capacity=1)
    distributing.drain()
    assert owner(loud) == alice


def test_language_skill_and_who_had_the_customer(waiting, there, alice, bob, orders):
    skill = Skill.objects.create(name="Warranty law")
    topic, _made = Topic.objects.get_or_create(key="warranty", defaults={"labels": {"en": "Warranty"}})
    skill.topics.add(topic)
    Competence.objects.create(user=bob, language="hu", level=3)
    Competence.objects.create(user=alice, skill=skill, level=2)
    hungarian = waiting(language="hu")[0]
    lawful = waiting(sender=Sender(identity_kind="email", identity="dan@mail.example"))[0]
    Ticket.objects.filter(pk=lawful.pk).update(verdict={"topic": "warranty"})
    distributing.drain()
    assert (owner(hungarian), owner(lawful)) == (bob, alice)
    assert told(hungarian) == "Given to Bob Marchetti: speaks Hungarian, nobody else has room"
    assert "knows “Warranty law”" in told(lawful)
    again = waiting()[0]
    distributing.drain()
    assert owner(again) == bob
    assert told(again) == "Given to Bob Marchetti: speaks Hungarian, had this customer before"


def test_one_that_nobody_can_take_keeps_no_others_back(waiting, there, bob, alice, monkeypatch):
    monkeypatch.setattr(distributing, "BATCH", 2)
    Competence.objects.create(user=bob, language="de", level=3)
    availability.be(bob, "away", actor=bob)
    waiting(5, language="de")
    english = waiting(sender=Sender(identity_kind="email", identity="dan@mail.example"))[0]
    assert distributing.drain() == 1
    assert owner(english) == alice


def test_outside_working_hours_and_during_pauses_nothing_is_given(waiting, routing, alice):
    waiting()
    availability.be(alice, "available", actor=alice)
    calendar = Calendar.objects.create(name="Tomorrow")
    tomorrow = (timezone.now().weekday() + 1) % 7
    Shift.objects.create(calendar=calendar, weekday=tomorrow, starts=time(9), ends=time(10))
    TeamRouting.objects.update(calendar=calendar)
    assert distributing.drain() == 0
    around = Calendar.objects.create(name="Always")
    for day in range(7):
        Shift.objects.create(calendar=around, weekday=day, starts=time(0), ends=time(0))
    availability.limit(alice, actor=alice, capacity=10, calendar=around)
    availability.be(alice, "paused", actor=alice, reason="lunch")
    assert distributing.drain() == 0
    availability.be(alice, "available", actor=alice)
    availability.be(alice, "away", actor=alice)
    assert distributing.drain() == 0


@pytest.mark.parametrize("after", availability.Talk)
def test_after_a_talk_nothing_is_given_until_the_breath_is_over(waiting, routing, alice, after):
    waiting()
    availability.be(alice, "available", actor=alice)
    availability.breathe(alice, after=after, now=timezone.now())
    assert distributing.drain() == 0
    seconds = getattr(availability.of(alice), f"{after}_breath")
    availability.stop_breathing(alice)
    availability.breathe(alice, after=after, now=timezone.now() - timedelta(seconds=seconds))
    assert distributing.drain() == 1


def test_few_queries_a_batch(waiting, there, django_assert_max_num_queries):
    for number in range(3):
        sender = Sender(identity_kind="email", identity=f"c{number}@mail.example")
        waiting(sender=sender)
    with django_assert_max_num_queries(50):
        assert distributing.drain() == 3


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_and_killed_ones_give_nothing_twice_and_nobody_too_much(
    waiting, routing, orders, returns, monkeypatch
):
    """Colleagues of two teams, three workers, and every now and then one of their connections is cut."""
    monkeypatch.setattr(distributing, "BATCH", 4)
    monkeypatch.setattr("tickets.presence.of", lambda *_args, **_options: {})
    TeamRouting.objects.create(team=returns, mode="turn")
    for number in range(6):
        user = hire(f"agent{number}@desk.example", f"Agent {number}", User.Role.AGENT, orders, returns)
        availability.be(user, "available", actor=user)
        availability.limit(user, actor=user, capacity=5)
    made = waiting(44)
    Ticket.objects.filter(pk__in=[each.pk for each in made[::2]]).update(team=returns)
    pids: set[int] = set()
    cut: list[str] = []

    def work() -> None:
        for _turn in range(8):
            try:
                connection.ensure_connection()
                pids.add(connection.connection.info.backend_pid)
                distributing.drain()
            except Error as error:
                cut.append(type(error).__name__)
            finally:
                connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [list(pids)[-2:]]
            )
        workers[0].join(timeout=0.03)
    for worker in workers:
        worker.join()
    distributing.drain()
    loads = Counter(Ticket.objects.held().values_list("assignee", flat=True))
    assert cut, "no worker was cut off"
    assert dict(loads) == dict.fromkeys(Availability.objects.values_list("pk", flat=True), 5)
    given = Counter(Event.objects.filter(kind=Event.Kind.ASSIGNED).values_list("ticket", flat=True))
    assert set(given.values()) == {1}
    assert sum(given.values()) == 30


@pytest.mark.django_db(transaction=True)
def test_one_that_a_colleague_takes_at_this_moment_is_left_alone(waiting, there, alice, bob):
    mine, other = waiting(2)
    done: list[int] = []

    def work() -> None:
        done.append(distributing.drain())
        connection.close()

    with transaction.atomic():
        assignment.assign(mine, alice, actor=alice)
        worker = threading.Thread(target=work)
        worker.start()
        worker.join(timeout=10)
    assert done == [1]
    assert owner(mine) == alice
    assert owner(other) in (alice, bob)


def test_who_left_the_team_is_given_nothing(waiting, there, alice, bob, orders):
    Membership.objects.filter(user=alice).delete()
    waiting(2)
    distributing.drain()
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {bob.pk}
