"""Tickets get their priority, as they come and as time passes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from helpdesk.accounts.models import User
from tickets import intake, lifecycle, properties, reactions
from tickets.models import Event, PriorityCriterion, PriorityScale, Ticket, Urgency
from tickets.priority import settling, usual
from tickets.web import history
from tickets.web.names import Names

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scale(monkeypatch) -> PriorityScale:
    monkeypatch.setattr(settling, "SECONDS", -1.0)
    monkeypatch.setattr(settling, "_kept", settling._Kept())
    return PriorityScale.objects.create(pk=1, is_active=True)


@pytest.fixture
def parcel() -> PriorityCriterion:
    return PriorityCriterion.objects.create(name="Parcels", words="parcel", points=25)


@pytest.fixture
def patience() -> PriorityCriterion:
    return PriorityCriterion.objects.create(name="Waits for an hour", waits_minutes=60, points=30)


def arrived(written, **fields) -> Ticket:
    ticket = intake.receive(written(**fields)).ticket
    reactions.drain()
    return Ticket.objects.get(pk=ticket.pk)


def test_a_new_ticket_is_reckoned_with_the_reason(written, parcel):
    ticket = arrived(written)
    assert ticket.priority == Ticket.Priority.HIGH
    assert (ticket.urgency.points, ticket.urgency.counted) == (25, [[parcel.pk, 25]])
    event = ticket.events.get(kind=Event.Kind.PRIORITY_CHANGED)
    said = history.sentence(event, Names())
    assert said == "Priority changed to “High”: Parcels (+25)"


def test_without_a_scale_nothing_is_reckoned(written, parcel):
    PriorityScale.objects.update(is_active=False)
    assert arrived(written).priority == Ticket.Priority.NORMAL
    assert not Urgency.objects.exists()


def test_it_grows_more_urgent_as_time_passes_and_only_what_is_due_is_touched(written, patience):
    ticket, other = arrived(written), arrived(written)
    now = timezone.now()
    assert settling.sweep(now) == 0
    Ticket.objects.filter(pk=ticket.pk).update(waiting_since=now - timedelta(minutes=61))
    Urgency.objects.filter(pk=ticket.pk).update(due_at=now)
    assert settling.sweep(now) == 1
    assert Ticket.objects.get(pk=ticket.pk).priority == Ticket.Priority.HIGH
    assert Ticket.objects.get(pk=other.pk).priority == Ticket.Priority.NORMAL
    lifecycle.set_status(ticket, "waiting", actor=None)
    Urgency.objects.filter(pk=ticket.pk).update(due_at=now)
    settling.sweep(now)
    assert Ticket.objects.get(pk=ticket.pk).priority == Ticket.Priority.NORMAL, "nobody waits any more"


def test_what_a_person_chose_stays(written, parcel, patience, alice):
    ticket = arrived(written)
    properties.set_priority(ticket, Ticket.Priority.LOW, actor=alice)
    Urgency.objects.update(due_at=timezone.now())
    settling.sweep(timezone.now())
    assert Ticket.objects.get().priority == Ticket.Priority.LOW
    assert Urgency.objects.get().due_at is None


def test_a_corrected_kind_counts(written, alice):
    PriorityCriterion.objects.create(name="Complaint", kind="complaint", points=60)
    ticket = arrived(written, text="12345")
    properties.set_kind(ticket, "complaint", actor=alice)
    reactions.drain()
    assert Ticket.objects.get().priority == Ticket.Priority.URGENT


def test_a_finished_ticket_is_left_alone_until_the_customer_writes_again(written, patience, alice):
    ticket = arrived(written)
    lifecycle.resolve(ticket, actor=alice)
    Urgency.objects.update(due_at=timezone.now())
    settling.sweep(timezone.now())
    assert Urgency.objects.get().due_at is None
    arrived(written, references=(ticket.messages.first().external_id,))
    assert Urgency.objects.get().due_at is not None


def test_the_usual_criteria_are_planted_once():
    assert usual.plant() == len(usual.USUAL)
    assert usual.plant() == 0


def test_why_is_shown_to_who_may_see_the_ticket(written, parcel, alice, mallory):
    ticket, browser, other = arrived(written), Client(), Client()
    browser.force_login(alice)
    other.force_login(mallory)
    address = f"/tickets/{ticket.number}/priority/why/"
    assert "Parcels (+25)" in browser.get(address).content.decode()
    assert other.get(address).status_code == 404
    properties.set_priority(ticket, Ticket.Priority.LOW, actor=alice)
    assert "Alice Hartmann chose it" in browser.get(address).content.decode()


def test_a_text_is_tried_in_admin(ada, parcel):
    browser = Client()
    browser.force_login(ada)
    shown = browser.post(
        "/admin/tickets/prioritycriterion/try/", {"text": "Where is my parcel?", "importance": "1"}
    ).content.decode()
    assert "<h2>High</h2>" in shown
    assert "Parcels (+25)" in shown
    assert browser.post("/admin/tickets/prioritycriterion/usual/").status_code == 302
    listed = browser.get("/admin/tickets/prioritycriterion/").content.decode()
    assert "Customer at least: VIP" in listed and "Mood: Angry" in listed
    assert PriorityCriterion.objects.count() == len(usual.USUAL) + 1


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Complaint (+15), Important customer (+10), Parcels (+25)"),
        ("ru", "Жалоба (+15), Важный клиент (+10), Parcels (+25)"),
        ("hu", "Panasz (+15), Fontos ügyfél (+10), Parcels (+25)"),
    ],
)
def test_usual_criteria_are_named_in_the_readers_language(ticket, parcel, language, told):
    usual.plant()
    rows = [
        PriorityCriterion.objects.get(name=name) for name in ("Complaint", "Important customer", "Parcels")
    ]
    why = [{"code": "criterion", "criterion": row.pk, "points": row.points} for row in rows]
    event = Event(ticket=ticket, kind=Event.Kind.PRIORITY_CHANGED, data={"after": 3, "why": why})
    with translation.override(language):
        assert history.sentence(event, Names()).endswith(f": {told}")
    assert usual.USUAL.keys() == usual._NAMES.keys()


def test_admins_find_them_by_the_names_they_read(ada, parcel):
    usual.plant()
    browser = Client()
    browser.force_login(ada)
    User.objects.filter(pk=ada.pk).update(language="ru")
    address = "/admin/tickets/prioritycriterion/"
    shown = browser.get(address).content.decode()
    assert ">Важный клиент</a>" in shown and ">Parcels</a>" in shown
    found = browser.get(address, {"q": "важный"}).content.decode()
    assert "Важный клиент" in found and ">Parcels<" not in found
    row = PriorityCriterion.objects.get(name="Important customer")
    assert "Важный клиент" in browser.get(f"{address}{row.pk}/change/").content.decode()
