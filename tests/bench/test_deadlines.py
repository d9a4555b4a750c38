"""The measurement of what falls due says what the product did."""

import pytest

from bench import deadlines

pytestmark = pytest.mark.django_db


def test_a_sweep_tells_what_is_due_and_touches_nothing_else(ticket, written):
    found = deadlines.measured(1)
    assert found["sla_tickets"] == 1
    assert found["sla_clocks"] >= 2
    assert found["sla_due"] >= 1
    assert found["sla_not_due_touched"] == 0
