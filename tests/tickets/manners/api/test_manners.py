"""How one writes to a customer, by API."""

import pytest

pytestmark = pytest.mark.django_db


def test_read_and_not_found_where_nothing_is_known(program, alice, ticket):
    customer = ticket.customer
    customer.name, customer.country, customer.language = "Nagy Anna", "HU", "hu"
    customer.save()
    found = program(alice).call("GET", f"customers/{customer.pk}/manners/").json()
    assert (found["place"], found["by"], found["order"]) == ("HU", "country", "family")
    assert found["greeting"] == "Tisztelt Nagy Anna!"
    assert found["local_time"]
    type(customer).objects.update(country="", language="", time_zone="")
    assert program(alice).call("GET", f"customers/{customer.pk}/manners/").status_code == 404
