from datetime import UTC, datetime

import pytest

from helpdesk.accounts.models import Company
from tickets import placeholders

pytestmark = pytest.mark.django_db


def test_each_stands_for_what_is_known(ticket, alice, company):
    known = placeholders.values(ticket, agent=alice, company=Company.load())
    text = "Dear {customer.name} ({ customer.first_name }), {ticket.number}: {agent.first_name}, "
    text += "{team.name}, {nothing.here}"
    filled = placeholders.fill(text, known)
    assert (
        filled == f"Dear Carol Reyes (Carol), {ticket.number}: Alice, Orders and delivery, {{nothing.here}}"
    )


def test_what_is_filled_in_is_not_read_again(ticket, alice, company):
    ticket.customer.name = "{agent.name}\n{ticket.number}\x0b<b>"
    known = placeholders.values(ticket, agent=alice, company=Company.load())
    assert placeholders.fill("{customer.name}", known) == "{agent.name} {ticket.number} <b>"


def test_what_nobody_knows_stays_to_be_seen(ticket, alice, company):
    ticket.customer.name = ""
    known = placeholders.values(ticket, agent=alice, company=Company.load())
    text = placeholders.fill("Dear {customer.name}, {customer.name} {what.ever}", known)
    assert placeholders.left_in(text) == ["customer.name"]


@pytest.mark.parametrize(
    ("name", "language", "first"),
    [
        ("Carol Reyes", "en", "Carol"),
        ("Kovács Anna", "hu", "Anna"),
        ("Анна Ким", "ru", "Анна"),
        ("", "en", ""),
    ],
)
def test_a_first_name_stands_where_the_language_has_it(name, language, first):
    assert placeholders.first_name(name, language) == first


def test_a_whole_template_says_what_is_missing(ticket, alice, company):
    known = placeholders.values(ticket, agent=alice, company=Company.load())
    text = "{customer.greeting} {order.number} {if order.number}It is {order.number}.{else}Which one?{end}"
    filled = placeholders.written(text, known)
    assert filled.text == "Hello Carol, {order.number} Which one?"
    assert filled.missing == ["order.number"]
    ticket.custom = {"order_number": "TP-7"}
    known = placeholders.values(ticket, agent=alice, company=Company.load())
    assert placeholders.written(text, known) == ("Hello Carol, TP-7 It is TP-7.", [])


def test_the_customers_language_decides_how_dates_are_written(ticket, alice, company):
    at = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    ticket.customer.time_zone, ticket.customer.language = "Europe/Budapest", "hu"
    known = placeholders.values(ticket, agent=alice, company=Company.load(), now=at)
    assert known["date.today"] == "november 26."
    assert known["date.tomorrow.on"] == "november 27-én"
    assert known["date.in_30_days.on"] == "december 26-án"
    in_english = placeholders.values(ticket, agent=alice, company=Company.load(), language="en", now=at)
    assert in_english["date.in_3_days"] == "29 November"


def test_what_no_template_may_name(ticket, alice, company):
    assert placeholders.unknown("{customer.name} {order.numbr} {ticket.custom.size}") == ["order.numbr"]
    assert placeholders.unknown("{if ticket.kind = complaint}{date.in_3_days.on}{end}") == []
    assert placeholders.unknown("{if customer.mood}x{end}") == ["customer.mood"]
    with pytest.raises(placeholders.Malformed):
        placeholders.unknown("{if customer.name}x")


def test_misspelt_ones_and_conditions_are_seen_before_they_are_sent():
    text = "Dear {customer.nmae}, {if order.number} {end} { a.b } {x}"
    assert placeholders.left_in(text) == ["customer.nmae", "if order.number", "end"]
