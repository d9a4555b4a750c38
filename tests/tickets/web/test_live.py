import asyncio
import json
from unittest.mock import patch

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.db import connections

from helpdesk.accounts.models import User
from tickets import lifecycle, live
from tickets.web.live import NOT_ALLOWED, SPREAD_A_PAGE, LiveConsumer

pytestmark = pytest.mark.django_db(transaction=True)


class Socket(ApplicationCommunicator):
    """The browser's end of a socket, without a server between."""

    def __init__(self, user):
        super().__init__(LiveConsumer.as_asgi(), {"type": "websocket", "path": "/live/", "user": user})

    async def connect(self):
        await self.send_input({"type": "websocket.connect"})
        assert (await self.receive_output(timeout=3))["type"] == "websocket.accept"

    async def ask(self, name):
        await self.send_input({"type": "websocket.receive", "text": json.dumps({"ticket": name})})

    async def heard(self):
        return (await self.hint())["name"]

    async def hint(self):
        return json.loads((await self.receive_output(timeout=3))["text"])


def talk(user, script):
    """Runs `script` with a socket of this colleague, in a loop of its own."""

    async def run():
        socket = Socket(user)
        try:
            return await script(socket)
        finally:
            await socket.send_input({"type": "websocket.disconnect", "code": 1000})
            await socket.wait(timeout=2)
            await sync_to_async(connections.close_all)()

    try:
        return asyncio.run(run())
    finally:
        connections.close_all()


async def change(ticket, user) -> None:
    await sync_to_async(lifecycle.resolve)(ticket, actor=user)


async def names(socket, count: int) -> set[str]:
    return {await socket.heard() for _ in range(count)}


def test_a_colleague_hears_of_the_team_and_of_the_ticket_on_the_page(alice, ticket):
    async def script(socket):
        await socket.connect()
        await socket.ask(f"ticket-{ticket.pk}")
        await asyncio.sleep(0.5)
        await change(ticket, alice)
        return await names(socket, 2)

    assert talk(alice, script) == {f"team-{ticket.team_id}", f"ticket-{ticket.pk}"}


def test_many_pages_are_told_to_spread_their_asking(alice, ticket):
    async def script(socket):
        await socket.connect()
        others = [Socket(alice) for _ in range(4)]
        for other in others:
            await other.connect()
        await asyncio.sleep(0.3)
        await change(ticket, alice)
        told = await socket.hint()
        for other in others:
            await other.send_input({"type": "websocket.disconnect", "code": 1000})
            await other.wait(timeout=2)
        return told["spread"]

    before = LiveConsumer.open_pages
    assert talk(alice, script) == (before + 5) * SPREAD_A_PAGE
    assert LiveConsumer.open_pages == before


def test_what_happens_a_moment_later_is_told_once(alice, ticket):
    async def script(socket):
        await socket.connect()
        await asyncio.sleep(0.3)
        for act in (lifecycle.resolve, lifecycle.reopen, lifecycle.resolve):
            await sync_to_async(act)(ticket, actor=alice)
        first = await names(socket, 1)
        quiet = await socket.receive_nothing(timeout=0.3)
        return first, quiet, await names(socket, 1), await socket.receive_nothing(timeout=0.3)

    with patch("tickets.web.live.RESTS", 0.8):
        told = talk(alice, script)
    team = {f"team-{ticket.team_id}"}
    assert told == (team, True, team, True)


def test_another_team_hears_nothing(mallory, alice, ticket):
    async def script(socket):
        await socket.connect()
        for name in (f"ticket-{ticket.pk}", f"team-{ticket.team_id}", "desk", 7, None):
            await socket.ask(name)
        await asyncio.sleep(0.3)
        await change(ticket, alice)
        return await socket.receive_nothing(timeout=0.5)

    assert talk(mallory, script)


@pytest.mark.parametrize("who", ["nobody", "switched off"])
def test_a_socket_of_somebody_who_does_not_work_here_ends(who, alice):
    alice.is_active = False
    alice.save()
    user = alice if who == "switched off" else type("Anonymous", (), {"pk": None})()

    async def script(socket):
        await socket.connect()
        return await socket.receive_output(timeout=3)

    closed = talk(user, script)
    assert (closed["type"], closed["code"]) == ("websocket.close", NOT_ALLOWED)


def switch_off(user) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    live.publish(f"user-{user.pk}")


def test_who_is_switched_off_is_shown_out_at_once(alice):
    async def script(socket):
        await socket.connect()
        await asyncio.sleep(0.5)
        await sync_to_async(switch_off)(alice)
        return await socket.receive_output(timeout=3)

    assert talk(alice, script)["code"] == NOT_ALLOWED


def test_rights_are_asked_for_again_while_the_page_is_open(alice, monkeypatch):
    monkeypatch.setattr("tickets.web.live.CHECKED_EVERY", 0.3)

    async def script(socket):
        await socket.connect()
        await sync_to_async(User.objects.filter(pk=alice.pk).update)(is_active=False)
        return await socket.receive_output(timeout=3)

    assert talk(alice, script)["code"] == NOT_ALLOWED


def test_who_must_set_up_a_second_step_hears_nothing_before(alice, company):
    type(company).objects.update(two_factor="everybody")

    async def script(socket):
        await socket.connect()
        return await socket.receive_output(timeout=3)

    assert talk(alice, script)["code"] == NOT_ALLOWED
