"""A team whose tickets are handed out."""

import pytest

from helpdesk.accounts.models import Team, User
from tickets import availability, intake, reactions
from tickets.models import TeamRouting, Ticket
from tickets.routing import placing


@pytest.fixture(autouse=True)
def fresh_rules(monkeypatch):
    """Rules that one test sets up are not known to the next."""
    monkeypatch.setattr(placing, "SECONDS", -1.0)
    monkeypatch.setattr(placing, "_kept", placing._Kept())


@pytest.fixture
def routing(orders: Team) -> TeamRouting:
    return TeamRouting.objects.create(team=orders, mode="least")


@pytest.fixture
def there(alice: User, bob: User) -> None:
    """Alice and Bob are available."""
    for user in (alice, bob):
        availability.be(user, "available", actor=user)


@pytest.fixture
def waiting(written, routing):
    """So many tickets of the orders team, read by the desk."""

    def make(count: int = 1, **fields) -> list[Ticket]:
        made = [intake.receive(written(**fields)).ticket for _ in range(count)]
        reactions.drain()
        return made

    return make
