"""A webhook of the tests, and a receiver that takes what it is sent."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.utils import timezone

from channels_app import courier
from channels_app.webhooks import carrier, subscriptions  # noqa: F401  (loading it registers the carrier)
from channels_app.webhooks.models import Webhook
from tests.webserver import WebServer, reply, serving
from tickets import reactions
from tickets.models import Delivery, Lane


@dataclass
class Receiver:
    server: WebServer
    answers: list[bytes] = field(default_factory=list)
    """What it says next, in order; then 200 for ever."""

    @property
    def told(self) -> list[dict]:
        return [json.loads(asked.partition(b"\r\n\r\n")[2]) for asked in self.server.asked]

    @property
    def types(self) -> list[str]:
        return [each["type"] for each in self.told]

    def headers(self, number: int = -1) -> dict[str, str]:
        head = self.server.asked[number].partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        return {name.lower(): value for name, _colon, value in (line.partition(": ") for line in head)}

    def body(self, number: int = -1) -> bytes:
        return self.server.asked[number].partition(b"\r\n\r\n")[2]


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    answers: list[bytes] = []

    def answer(connection, _request):
        connection.sendall(answers.pop(0) if answers else reply(b"thanks"))

    with serving(answer) as server:
        yield Receiver(server, answers)


@pytest.fixture
def hook(db, ada, receiver) -> Callable[..., Webhook]:
    """Makes a webhook of this receiver; name what differs."""

    def make(*kinds: str, **fields) -> Webhook:
        plain = {"name": "CRM", "url": receiver.server.url("/hook")}
        return subscriptions.create(actor=ada, **{**plain, **fields}, kinds=list(kinds))[0]

    return make


def run() -> None:
    """What workers do: react, then carry."""
    reactions.drain()
    courier.drain()


def later() -> None:
    """The time has come to try again."""
    Lane.objects.update(rests_until=None)
    far = Delivery.objects.filter(state=Delivery.State.PENDING, due_at__year__lt=9999)
    far.update(due_at=timezone.now())
    courier.drain()
