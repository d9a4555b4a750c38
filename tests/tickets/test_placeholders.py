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
