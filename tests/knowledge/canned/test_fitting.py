import pytest

from knowledge.canned import fitting
from knowledge.canned.models import CannedResponse
from tickets.models import Topic

pytestmark = pytest.mark.django_db


def test_those_that_fit_come_first(made, ticket, alice, orders):
    delivery, _made = Topic.objects.get_or_create(key="delivery", defaults={"labels": {"en": "Delivery"}})
    ticket.verdict, ticket.customer.language = {"topic": "delivery"}, "en"
    made("Foreign", wordings={"hu": {"body": "Jó napot"}})
    made("Often")
    CannedResponse.objects.update(used=5)
    made("Plain")
    made("Mail only", channels=["email"])
    made("Mine", actor=alice, owner=alice)
    made("On topic", topics=[delivery])
    elsewhere = made("Elsewhere")
    CannedResponse.objects.filter(pk=elsewhere.pk).update(channels=["pigeon"])
    found = fitting.ordered(CannedResponse.objects.whole(), ticket)
    assert [each.title for each, _fits in found] == [
        "On topic",
        "Mail only",
        "Mine",
        "Often",
        "Plain",
        "Foreign",
    ]
    assert [fits for _each, fits in found] == [True, False, False, False, False, False]
