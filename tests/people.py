"""The people of the tests, as fixtures: who works at the desk, and who writes to it."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.conf import settings
from redis import Redis

from channels_app.messages import InboundMessage, Sender
from channels_app.models import Channel
from helpdesk.accounts.models import Company, Membership, Team, User
from tickets import customers, intake
from tickets.models import Customer, Ticket

PASSWORD = "correct horse battery"


def hire(email: str, name: str, role: str = User.Role.AGENT, *teams: Team, **fields: Any) -> User:
    """A colleague whose replies go at once, unless `undo_seconds` says otherwise."""
    fields.setdefault("undo_seconds", 0)
    user = User.objects.create_user(email, PASSWORD, name=name, role=role, **fields)
    Membership.objects.bulk_create(Membership(team=team, user=user) for team in teams)
    return user


@pytest.fixture
def company(db) -> Company:
    return Company.objects.create(pk=1, name="Tallow & Pine")


@pytest.fixture
def orders(db) -> Team:
    return Team.objects.create(name="Orders and delivery", position=1)


@pytest.fixture
def returns(db) -> Team:
    return Team.objects.create(name="Returns and warranty", position=2)


@pytest.fixture
def alice(orders: Team) -> User:
    return hire("alice@desk.example", "Alice Hartmann", User.Role.AGENT, orders)


@pytest.fixture
def bob(orders: Team) -> User:
    return hire("bob@desk.example", "Bob Marchetti", User.Role.AGENT, orders)


@pytest.fixture
def sam(orders: Team) -> User:
    return hire("sam@desk.example", "Sam Okafor", User.Role.SUPERVISOR, orders)


@pytest.fixture
def mallory(returns: Team) -> User:
    """An agent of another team."""
    return hire("mallory@desk.example", "Mallory Voss", User.Role.AGENT, returns)


@pytest.fixture
def ada(db) -> User:
    """The admin."""
    return hire("ada@desk.example", "Ada Lindqvist", User.Role.ADMIN)


@pytest.fixture
def carol(db) -> Customer:
    return customers.resolve(Sender(identity_kind="email", identity="carol@mail.example", name="Carol Reyes"))


@pytest.fixture
def mailbox(orders: Team) -> Channel:
    """The mailbox of the orders team."""
    return Channel.objects.create(
        kind=Channel.Kind.EMAIL,
        name="Support",
        address="support@desk.example",
        team=orders,
        language="en",
        config={"smtp_host": "127.0.0.1", "smtp_port": 9, "smtp_security": "none"},
    )


Write = Callable[..., InboundMessage]


@pytest.fixture
def written(mailbox: Channel) -> Write:
    """An e-mail from carol to the mailbox, already understood; name what differs."""

    def write(**fields: Any) -> InboundMessage:
        unique = uuid.uuid4().hex
        sender = fields.pop("sender", None) or Sender(
            identity_kind="email", identity="carol@mail.example", name="Carol Reyes"
        )
        plain = {
            "channel_id": mailbox.pk,
            "sender": sender,
            "external_id": f"{unique}@mail.example",
            "digest": unique * 2,
            "subject": "Where is my parcel?",
            "text": "Good morning, my parcel TP-1 has not come.",
            "to": ("support@desk.example",),
        }
        return InboundMessage(**{**plain, **fields})

    return write


@pytest.fixture
def ticket(written: Write) -> Ticket:
    """Carol's ticket, with the orders team."""
    return intake.receive(written()).ticket


@pytest.fixture
def nameless(written: Write) -> Ticket:
    """A ticket of somebody who signs with no name."""
    return intake.receive(
        written(sender=Sender(identity_kind="email", identity="info@lamps.example", name=""))
    ).ticket


@pytest.fixture
def heard() -> Iterator[Callable[[], list[str]]]:
    """What pages would hear, by group."""
    listener = Redis.from_url(settings.REDIS_URL).pubsub(ignore_subscribe_messages=True)
    listener.psubscribe(f"{settings.LIVE_PREFIX}__group__*")
    listener.get_message(timeout=1)

    def take() -> list[str]:
        names = []
        while hint := listener.get_message(timeout=0.2):
            names.append(get_channel_layer().deserialize(hint["data"])["name"])
        return names

    yield take
    listener.close()
