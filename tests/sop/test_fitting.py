"""Which procedures fit a ticket, with the reason; what may be offered alone."""

from decimal import Decimal

import pytest

from sop import fitting, situations
from sop.models import Limit, Remedy, Situation
from tickets.models import Customer, Organisation, Ticket, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery() -> Topic:
    return Topic.objects.get_or_create(key="delivery", defaults={"labels": {"en": "Delivery"}})[0]


def about(ticket: Ticket, topic: Topic) -> Ticket:
    ticket.verdict = {"topic": topic.key}
    ticket.save(update_fields=["verdict"])
    return ticket


def titles(ticket, user) -> list[str]:
    return [fit.wording.title for fit in fitting.find(ticket, user)]


def test_the_text_finds_it_and_says_by_which_words(ticket, guide, alice):
    guide("Parcel is late", words="my parcel, has not come")
    guide("Change the invoice", words="invoice, tax number")
    [fit] = fitting.find(ticket, alice)
    assert fit.wording.title == "Parcel is late" and fit.reasons == ("Words: parcel, come",)


def test_the_topic_finds_it_and_those_below_count(ticket, guide, alice, delivery):
    late = Topic.objects.create(key="late", labels={"en": "Late"}, parent=delivery)
    guide("Where drivers ring", words="doorbell", topics=[delivery])
    [fit] = fitting.find(about(ticket, late), alice)
    assert "Topic: Delivery" in fit.reasons


def test_a_topic_that_many_share_says_less_than_the_words(ticket, guide, alice, delivery):
    for title in ("Big delivery", "Customs abroad", "Shelves", "Stairs"):
        guide(title, words="lorry", topics=[delivery])
    guide("Parcel is late", words="my parcel, has not come")
    assert titles(about(ticket, delivery), alice)[0] == "Parcel is late"


@pytest.mark.parametrize(
    ("place", "fits"),
    [
        ({"kinds": ["complaint"]}, False),
        ({"kinds": ["support", "information"]}, True),
        ({"channels": ["email"]}, True),
        ({"importance": Customer.Importance.VIP}, False),
    ],
)
def test_what_it_is_only_for_narrows(ticket, guide, alice, place, fits):
    Ticket.objects.filter(pk=ticket.pk).update(kind="support")
    guide("Parcel is late", words="my parcel, has not come", **place)
    assert bool(titles(Ticket.objects.get(pk=ticket.pk), alice)) is fits


def test_one_for_an_organisation_is_for_its_customers(ticket, guide, alice):
    lakeside = Organisation.objects.create(name="Lakeside")
    guide("Parcel is late", words="my parcel, has not come", organisations=[lakeside])
    assert titles(ticket, alice) == []
    Customer.objects.update(organisation=lakeside)
    [fit] = fitting.find(Ticket.objects.get(pk=ticket.pk), alice)
    assert "Lakeside" in fit.reasons


def test_it_is_shown_in_the_colleagues_language(ticket, guide, alice):
    edition = guide("Parcel is late", words="my parcel, has not come")
    guide("Посылка опаздывает", language="ru", words="посылка", of=edition.wording.procedure)
    alice.language = "ru"
    assert titles(ticket, alice) == ["Посылка опаздывает"]


def test_of_another_team_it_is_not_shown(ticket, guide, alice, returns):
    guide("Parcel is late", words="my parcel, has not come", teams=[returns])
    assert titles(ticket, alice) == []


@pytest.fixture
def refund(edition) -> Remedy:
    situation = Situation.objects.create(
        key="lost", names={"en": "Lost"}, procedure=edition.wording.procedure
    )
    return situation.remedies.create(kind="refund")


def test_situations_come_with_their_procedure_or_topic(ticket, refund, delivery):
    lost = refund.situation
    assert situations.fitting(ticket) == []
    assert situations.fitting(ticket, [lost.procedure_id]) == [lost]
    lost.topics.add(delivery)
    assert situations.fitting(about(ticket, delivery)) == [lost]
    Situation.objects.update(is_active=False)
    assert situations.fitting(ticket) == []


@pytest.mark.parametrize(
    ("amount", "currency", "agent", "supervisor"),
    [("20", "EUR", True, True), ("21", "EUR", False, True), ("5", "USD", False, False)],
)
def test_limits_hold_by_role_and_currency(refund, alice, sam, amount, currency, agent, supervisor):
    Limit.objects.create(remedy=refund, role="agent", amount=20, currency="EUR")
    Limit.objects.create(remedy=refund, role="supervisor", amount=100, currency="EUR")
    asked = Decimal(amount), currency
    assert situations.may_alone(refund, alice, *asked) is agent
    assert situations.may_alone(refund, sam, *asked) is supervisor


def test_without_a_limit_of_ones_own_that_of_the_role_below_counts(refund, alice, sam, ada):
    assert not situations.may_alone(refund, sam, Decimal(1), "EUR")
    Limit.objects.create(remedy=refund, role="supervisor", percent=20)
    assert not situations.may_alone(refund, alice, Decimal(1), "EUR", price=Decimal(100))
    assert situations.may_alone(refund, ada, Decimal(20), "EUR", price=Decimal(100))
    assert not situations.may_alone(refund, ada, Decimal(21), "EUR", price=Decimal(100))
