"""The demo: a desk that lives, that is told coherently, and that goes away without a trace."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.utils import timezone

from channels_app import alarms, files, proof
from channels_app.models import Channel, InboundRecord
from channels_app.webhooks.models import Webhook
from helpdesk.accounts.models import Company, ServiceAccount, User
from helpdesk.demo import casting, filling, script, shop
from tickets import filters, vacancy
from tickets.models import (
    Attachment,
    Availability,
    Customer,
    Delivery,
    Doubt,
    Event,
    Message,
    Notification,
    Reaction,
    Seen,
    TeamRouting,
    Ticket,
    View,
)

pytestmark = pytest.mark.django_db

EVERY = 4  # one story in four is enough to see


@pytest.fixture
def demo(monkeypatch):
    programme = casting.programme
    monkeypatch.setattr(casting, "TIMES_TOLD", dict.fromkeys(casting.TIMES_TOLD, 1))
    monkeypatch.setattr(casting, "programme", lambda *args: programme(*args)[::EVERY])
    lines: list[str] = []
    filling.fill(lines.append)
    return lines


def test_every_story_can_be_read_and_cast(db):
    staff = shop.open_shop()
    told = [story for name in ("en", "ru", "hu", "special") for story in script.stories(name)]
    assert len(told) > 60
    for story in told:
        assert story.facts["team"] in staff.teams, story.name
        assert story.steps and story.steps[0].who == "customer", story.name
        assert set(story.list_of("product")) <= set(shop.facts()["products"]), story.name
        assert all(step.text or step.who == "chatter" for step in story.steps), story.name


def test_the_desk_is_full_of_life_told_coherently(demo):
    _check_life(demo)
    _check_routing()
    _check_words()
    _check_times()
    _check_puzzles()
    _check_programs()
    _check_the_proof()
    _check_views()


def _check_routing():
    """Every team has its tickets handed out, and why somebody got one is told."""
    assert not TeamRouting.objects.filter(mode="off").exists() and TeamRouting.objects.count() == 4
    given = Event.objects.filter(kind="assigned", user=None, data__why__0__code="language")
    assert given.exists() and Event.objects.filter(kind="assigned", user__isnull=False).exists()
    assert Availability.objects.filter(state="paused").exists()


def _check_the_proof():
    """A mail was never fetched, some lie in junk; it is too long ago for an alarm."""
    mailbox = Channel.objects.get(address="support@tallowpine.example")
    days = proof.days(mailbox, last=proof.today(), count=10)
    assert [day.verdict for day in days].count("lost") == 1
    assert [len(proof.unknown(mailbox, day=day.day)) for day in days if day.missing or day.unlooked] == [2, 1]
    assert not list(alarms.troubles(timezone.now()))
    assert Delivery.objects.filter(kind="notice").troubled().count() == 1


def _check_views():
    assert View.objects.count() == 5
    admin = User.objects.get(role="admin")
    empty = [
        view.title
        for view in View.objects.all()
        if not filters.listed(view.owner or admin, view.filters["view"], narrow=view.filters).tickets
    ]
    assert len(empty) < 2, "a tenth of the demo may hold nothing of one sort, by the hour of the day"
    assert Seen.objects.values("user").distinct().count() > 3, "who has more tickets than are new"
    unread = Notification.objects.unread().filter(kind__in=["assigned", "wrote"])
    assert max(unread.values("user").annotate(n=Count("pk")).values_list("n", flat=True), default=0) <= 6


def _check_programs():
    """A service account with a token; two webhooks, neither of them on: a demo calls nobody."""
    assert ServiceAccount.objects.get().tokens.count() == 1
    warehouse, former = Webhook.objects.order_by("-name")
    assert not warehouse.is_active and not former.is_active and former.disabled_reason == "failing"
    taken = warehouse.calls.filter(delivery__state="sent")
    assert taken.count() == warehouse.calls.count() > 10 and taken.first().answers.exists()
    assert former.calls.filter(delivery__state="failed").count() == former.calls.count() > 2


def _check_life(demo):
    assert Ticket.objects.count() >= 20
    assert Ticket.objects.values("status").distinct().count() >= 4
    assert set(Ticket.objects.values_list("team__name", flat=True).distinct()) >= {"Magyar", "Русский"}
    assert InboundRecord.objects.quarantined().count() == 3
    assert InboundRecord.objects.automatic().count() >= 5
    assert not Message.objects.filter(search=None).exists()
    assert not Reaction.objects.exists()
    assert not Delivery.objects.filter(state__in=["pending", "sending"]).exists()
    assert any("ada@tallowpine.example" in line for line in demo)
    assert any(shop.PASSWORD in line for line in demo)


def _check_puzzles():
    assert set(Doubt.objects.values_list("reason", flat=True)) == {"stranger", "subject"}
    assert Message.objects.filter(is_unverified=True, direction="in").count() == 1
    passed_on = Message.objects.get(via="alice@tallowpine.example")
    assert str(passed_on.ticket.customer) == "Tom Ashby"
    assert passed_on.ticket.messages.filter(direction="note").count() == 1


def _check_words():
    """No blank and no choice is left in any text."""
    for text in [
        *Message.objects.values_list("text", flat=True),
        *Ticket.objects.values_list("subject", flat=True),
    ]:
        assert "{product" not in text and "{first" not in text and "{а}" not in text and "|" not in text, text


def _check_times():
    """They lie in the past and in order, and the numbers follow them."""
    now = timezone.now()
    assert not Message.objects.filter(created_at__gt=now).exists()
    assert not Ticket.objects.filter(last_message_at__lt=F("created_at")).exists()
    assert not Delivery.objects.filter(sent_at__lt=F("message__created_at")).exists()
    assert Ticket.objects.filter(created_at__lt=now - timezone.timedelta(days=1)).exists()
    for ticket in Ticket.objects.all():
        moments = list(Event.objects.filter(ticket=ticket).order_by("id").values_list("at", flat=True))
        assert moments == sorted(moments)
        said = ticket.messages.order_by("id")
        shown = (said if ticket.is_internal else said.exclude(direction="note")).last()
        assert abs(ticket.last_message_at - shown.created_at).total_seconds() < 5
    numbers = list(Ticket.objects.order_by("created_at").values_list("number", flat=True))
    assert numbers == sorted(numbers)


def test_it_is_only_for_a_vacant_desk(alice):
    with pytest.raises(CommandError, match="in use"):
        call_command("demo")
    assert not Company.objects.exists()


def test_removing_asks_and_leaves_nothing_but_an_empty_desk(demo, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(CommandError, match="Nothing was removed"):
        call_command("demo", "--remove")
    assert Ticket.objects.exists()
    digest = Attachment.objects.first().sha256
    call_command("demo", "--remove", "--yes")
    for model in (User, Ticket, Message, Customer, Channel, InboundRecord, Event, Company):
        assert not model.objects.exists(), model
    assert vacancy.is_vacant()
    with pytest.raises(files.Missing):
        files.read(digest)


def test_a_real_desk_is_never_removed(company, ticket):
    with pytest.raises(CommandError, match="no demo"):
        call_command("demo", "--remove", "--yes")
    assert Ticket.objects.exists()
