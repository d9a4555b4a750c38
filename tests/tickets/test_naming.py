"""Who has told no name is called by what they are known by."""

import pytest

from tickets import naming
from tickets.models import Customer, Ticket

pytestmark = pytest.mark.django_db


def test_by_name_by_address_or_by_nothing(nameless):
    customer = nameless.customer
    assert naming.of(customer) == "info@lamps.example"
    assert naming.of(Customer.objects.create()) == "Unknown customer"
    customer.name = "Ines"
    assert naming.of(customer, "info@lamps.example") == "Ines"


def test_many_are_looked_up_together_those_without_a_name_alone(nameless, ticket, django_assert_num_queries):
    tickets = list(Ticket.objects.select_related("customer"))
    with django_assert_num_queries(1):
        naming.look_up(each.customer for each in tickets)
        assert {naming.of(each.customer) for each in tickets} == {"Carol Reyes", "info@lamps.example"}
    with django_assert_num_queries(0):
        naming.look_up([ticket.customer])
