"""Too much mail from one sender."""

from datetime import timedelta

import pytest
from django.utils import timezone
from redis import Redis

from channels_app import floods, inbound
from channels_app.models import Flood, InboundRecord
from tests.channels_app.adapters.email.mails import raw
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
State = InboundRecord.State


@pytest.fixture(autouse=True)
def limit(company):
    company.flood_mails = 3
    company.save()


@pytest.fixture
def come(mailbox):
    """So many mails of one sender arrive, all within one of the spans that are counted, and are worked on."""
    now = timezone.now()

    def come(count: int, sender: str = "carol@mail.example", ago: timedelta = timedelta(), **columns) -> None:
        start = InboundRecord.objects.count()
        at = now - ago
        for number in range(start, start + count):
            mail = raw(f"Mail {number}", From=sender, Message_ID=f"<{number}@mail.example>")
            record = inbound.journal(mailbox, f"{number}", mail, sender_key=sender)
            InboundRecord.objects.filter(pk=record.pk).update(arrived_at=at, **columns)
        inbound.drain()

    return come


def states() -> list[str]:
    return list(InboundRecord.objects.order_by("id").values_list("state", flat=True))


def test_what_is_beyond_the_limit_is_kept_aside_with_an_alarm(come):
    come(5)
    assert states() == [State.DONE] * 3 + [State.AUTOMATIC] * 2
    flood = Flood.objects.get()
    assert (flood.address, flood.kept, flood.settled_at) == ("carol@mail.example", 2, None)


def test_others_are_not_held_up(come):
    come(5)
    come(2, sender="dan@mail.example")
    assert states()[-2:] == [State.DONE] * 2


def test_mail_over_a_longer_time_is_no_flood(come):
    for hours in range(6):
        come(1, ago=timedelta(hours=hours))
    assert states() == [State.DONE] * 6


@pytest.mark.parametrize(("ago", "columns"), [(timedelta(days=2), {}), (timedelta(), {"is_bulk": True})])
def test_what_a_mailbox_brings_with_it_is_no_flood(come, ago, columns):
    come(6, ago=ago, **columns)
    assert states() == [State.DONE] * 6
    assert not Flood.objects.exists()


def test_let_through_it_all_becomes_tickets_and_stays_welcome(come, ada):
    come(5)
    floods.let_through(Flood.objects.get(), actor=ada)
    inbound.drain()
    come(3)
    assert states() == [State.DONE] * 8
    assert Ticket.objects.count() == 8
    assert not Flood.objects.unsettled().exists()


def test_left_aside_the_alarm_ends_until_the_next_flood(come, ada):
    come(5)
    floods.leave_aside(Flood.objects.get(), actor=ada)
    come(2)
    assert states()[-2:] == [State.AUTOMATIC] * 2
    assert not Flood.objects.unsettled().exists()
    Flood.objects.update(last_at=timezone.now() - timedelta(hours=2))
    come(1)
    assert Flood.objects.unsettled().get().kept == 3


def test_without_a_limit_nothing_is_a_flood(come, company):
    company.flood_mails = 0
    company.save()
    come(6)
    assert states() == [State.DONE] * 6


def test_without_redis_mail_comes_in_all_the_same(come, monkeypatch):
    away = Redis.from_url("unix:///nowhere/valkey.sock", socket_timeout=0.1, socket_connect_timeout=0.1)
    monkeypatch.setattr(floods, "_redis", away)
    come(5)
    assert states() == [State.DONE] * 5
