import pytest

from helpdesk.accounts.models import Company
from knowledge.canned import filling

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "spoken", "is_fallback"), [("hu", "hu", False), ("hu-HU", "hu", False), ("de", "en", True)]
)
def test_the_customers_language_is_spoken_or_it_says_so(language, spoken, is_fallback, late, ticket, alice):
    ticket.customer.language = language
    filled = filling.fill(late, ticket, agent=alice, company=Company.load())
    assert (filled.language, filled.is_fallback) == (spoken, is_fallback)


def test_it_can_be_said_in_another_language(late, ticket, alice):
    filled = filling.fill(late, ticket, agent=alice, company=Company.load(), language="hu")
    assert filled.text == "Tisztelt Carol Reyes!\n\nkésik a csomagja."


def test_conditions_and_what_is_missing(made, ticket, alice):
    body = "{if order.number}Your order {order.number}.{end}\n\n\n\nMail: {customer.email} {ticket.promised}"
    response = made("X", body)
    filled = filling.fill(response, ticket, agent=alice, company=Company.load())
    assert filled.text == "Mail: carol@mail.example {ticket.promised}"
    assert filled.missing == ["ticket.promised"]


def test_a_customers_name_is_no_markup(made, ticket, alice):
    ticket.customer.name = '<img src="x">{agent.name}'
    response = made("X", wordings={"en": {"html": "<p>Dear <b>{customer.name}</b></p>"}})
    filled = filling.fill(response, ticket, agent=alice, company=Company.load())
    assert "<img" not in filled.html and "&lt;img" in filled.html
    assert "{agent.name}" in filled.text
