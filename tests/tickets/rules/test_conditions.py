"""What may be asked of a ticket, as a table of cases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpdesk.accounts.hours import Hours
from tests.ruling import row
from tickets.models import Customer, CustomField, Event, Message, Ticket
from tickets.rules import conditions, questions, traits
from tickets.rules.conditions import Nonsense
from tickets.rules.facts import Facts

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FIELDS = traits.by_name(
    [
        CustomField(of="ticket", key="shop", kind="choice", options=[{"value": "eu"}, {"value": "us"}]),
        CustomField(of="ticket", key="sum", kind="number"),
        CustomField(of="customer", key="club", kind="yes_no"),
        CustomField(of="organisation", key="size", kind="number"),
    ]
)


def facts(**more: Any) -> Facts:
    customer = Customer(importance=3, country="HU", organisation_id=7, custom={"club": True})
    ticket = Ticket(
        subject="Refund for TP-1",
        customer=customer,
        status="open",
        priority=3,
        team_id=5,
        tags=["late", "vip"],
        language="en-GB",
        custom={"shop": "eu", "sum": 120},
        verdict={"topic": "lost", "anger": 2},
        created_at=NOW - timedelta(days=3),
        last_message_at=NOW - timedelta(hours=5),
        waiting_since=NOW - timedelta(hours=5),
    )
    text = "My parcels were damaged. I want 1,200 € back!"
    message = Message(text=text, sender_address="carol@mail.example", language="en", direction="in")
    return Facts(**{"ticket": ticket, "now": NOW, "message": message, **more})


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        (row("status", "is", ["open", "new"]), True),
        (row("status", "is_not", ["open"]), False),
        (row("kind", "is", ["none"]), True),
        (row("priority", "is", ["high"]), True),
        (row("team", "is", ["5"]), True),
        (row("assignee", "is", ["none"]), True),
        (row("channel", "is", ["none"]), True),
        (row("tag", "has_any", ["vip", "new"]), True),
        (row("tag", "has_all", ["VIP", "new"]), False),
        (row("tag", "has_none", ["new"]), True),
        (row("language", "is", ["en"]), True),
        (row("topic", "is", ["lost"]), True),
        (row("mood", "is", ["angry"]), True),
        (row("words", "contains", "damage"), True),
        (row("words", "contains", "refunds"), False),
        (row("words", "contains", "refund, broken"), True),
        (row("words", "lacks", "parcel"), False),
        (row("subject", "contains", "parcel"), False),
        (row("money", "at_least", 1000), True),
        (row("money", "at_most", 1000), False),
        (row("sender", "is", "@mail.example"), True),
        (row("sender", "is", "carol@*"), True),
        (row("sender", "is", "arol@mail.example"), False),
        (row("sender", "is_not", "dan@mail.example, carol@mail.example"), False),
        (row("importance", "is", ["vip"]), True),
        (row("organisation", "is", ["7"]), True),
        (row("country", "is", "hu, de"), True),
        (row("created_within", "at_most", "2d"), False),
        (row("created_within", "at_least", "2d"), True),
        (row("waiting_for", "at_least", "4h"), True),
        (row("quiet_for", "at_least", "1w"), False),
        (row("waiting", "is", True), True),
        (row("replied", "is", True), False),
        (row("promised", "is", False), True),
        (row("files", "is", True), False),
        (row("custom.shop", "is", ["eu"]), True),
        (row("custom.sum", "at_least", 100), True),
        (row("customer.custom.club", "is", True), True),
        (row("by", "is", ["time"]), True),
        (row("former_status", "is", ["open"]), False),
    ],
)
def test_one_condition(given, holds):
    kept = conditions.sound({"all": [given]}, FIELDS)
    assert questions.compiled(kept, FIELDS).holds(facts()) is holds


@pytest.mark.parametrize(
    ("language", "words", "text"),
    [
        ("ru", "посылка", "Где мои посылки?"),
        ("ru", "вернуть деньги", "Хочу вернуть деньги."),
        ("hu", "számla", "Nem kaptam meg a számlámat."),
        ("en", "chargeback*", "chargebacks pending"),
        ("en", "=no", "I said no"),
    ],
)
def test_words_are_found_in_their_forms(language, words, text):
    asked = facts(message=Message(text=text, language=language))
    compiled = questions.compiled({"all": [row("words", "contains", words)]}, {})
    assert compiled.holds(asked)
    assert compiled.needs == {"message"}


def test_all_and_one_of_some():
    yes, no = row("status", "is", ["open"]), row("status", "is", ["closed"])
    told = [
        ({}, True),
        ({"all": [yes], "any": [no]}, False),
        ({"all": [yes], "any": [no, yes]}, True),
        ({"any": [yes]}, True),
        ({"all": [no], "any": [yes]}, False),
    ]
    for given, holds in told:
        assert questions.compiled(given, {}).holds(facts()) is holds


def test_what_happened():
    event = Event(kind="status_changed", data={"before": "resolved", "after": "open"}, customer_id=3)
    by_rule = Event(kind="tags_changed", data={"before": ["a"], "after": ["a", "b"], "by_rule": {"rule": 1}})
    cases = [
        (event, row("by", "is", ["customer"])),
        (event, row("former_status", "is", ["resolved"])),
        (by_rule, row("by", "is", ["rule"])),
        (by_rule, row("tag_given", "has_any", ["b"])),
        (by_rule, row("tag_given", "has_none", ["a"])),
    ]
    for happened, given in cases:
        assert questions.compiled({"all": [given]}, {}).holds(facts(event=happened)), given


def test_working_hours_are_those_of_the_team():
    closed = {5: Hours(week={})}
    at_work = questions.compiled({"all": [row("at_work", "is", True)]}, {})
    assert at_work.holds(facts())
    assert not at_work.holds(facts(hours=closed))


@pytest.mark.parametrize(
    "given",
    [
        {"some": []},
        {"all": [{"field": "nothing"}]},
        {"all": [row("custom.size", "at_least", 1)]},
        {"all": [row("status", "contains", ["open"])]},
        {"all": [row("status", "is", ["lost"])]},
        {"all": [row("status", "is", [])]},
        {"all": [row("status", "is", "open")]},
        {"all": [row("words", "contains", " , ")]},
        {"all": [row("words", "contains", "x" * 401)]},
        {"all": [row("money", "at_least", "much")]},
        {"all": [row("waiting", "is", "yes")]},
        {"all": [row("quiet_for", "at_least", "4 hours")]},
        {"all": [row("status", "is", ["open"])] * 21},
        {"all": ["status"]},
    ],
)
def test_nonsense_is_refused(given):
    with pytest.raises(Nonsense):
        conditions.sound(given, FIELDS)


def test_a_field_that_was_taken_away_never_holds():
    assert not questions.compiled({"all": [row("custom.gone", "is", ["x"])]}, {}).holds(facts())
