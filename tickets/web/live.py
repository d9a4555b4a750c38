"""The socket of a page: tells names of what changed, never content; the page fetches what it may see."""

import asyncio
import re
from typing import Any, ClassVar

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.utils import timezone

from helpdesk.accounts import two_factor
from helpdesk.accounts.models import User
from tickets import access, attendance, events, notifications, presence, reading
from tickets.models import Ticket

TICKET = re.compile(r"ticket-(\d{1,18})")
MOST_TICKETS = 20
CHECKED_EVERY = 60.0
HERE = "here"  # the hint that somebody came to a ticket, began to write, or left
SPREAD_A_PAGE = 30  # milliseconds: what the rows of a list cost a web process, with as much room again
LONGEST_SPREAD = 10_000
AT_ONCE = "bell-"  # before the names that a page acts on each time
RESTS = (
    2.5  # seconds between two hints of one name to one page, which acts every three (static/js/lib/pace.js)
)
NOT_ALLOWED = 4403  # a close code of our own: do not come back before signing in


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """In the groups of the colleague, and in those of the tickets on the page once access is checked.

    A hint says over how many milliseconds those who hear it are to spread their asking: {"name", "spread"}.
    With few open pages that is at once; many would wait for each other if they asked in the same moment.
    """

    open_pages: ClassVar[int] = 0  # of this process

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        LiveConsumer.open_pages += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            LiveConsumer.open_pages -= 1

    async def connect(self) -> None:
        self.names: set[str] = set()
        self.tickets: list[str] = []
        self.resting: dict[str, asyncio.TimerHandle] = {}  # names that this page heard a moment ago
        self.late: set[str] = set()  # of them, those that are to be said once more
        self.telling: set[asyncio.Task[None]] = set()
        self.before = ""  # the ticket this colleague has before them
        await self.accept()
        self.watch = asyncio.create_task(self._watch())

    async def disconnect(self, code: int) -> None:
        self.watch.cancel()
        for rest in self.resting.values():
            rest.cancel()
        for task in self.telling:
            task.cancel()
        await self._turn_to("")
        for name in self.names:
            await self.channel_layer.group_discard(name, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """What the page says: {"ticket": "ticket-7"} is before me, {"writes": "ticket-7"}, {"away": true}."""
        if not isinstance(content, dict):
            return
        if content.get("away"):
            await self._turn_to("")
            return
        name = content.get("writes") or content.get("ticket")
        if not isinstance(name, str) or not TICKET.fullmatch(name):
            return
        if not await self._look(name, writes="writes" in content):
            return
        await self._turn_to(name)
        if name in self.names:
            return
        await self._join(name)
        self.tickets.append(name)
        if len(self.tickets) > MOST_TICKETS:
            await self._leave(self.tickets.pop(0))

    async def live_hint(self, event: dict[str, str]) -> None:
        """Pass a hint on, unless this page gave it; one about the colleague asks for their rights anew."""
        if event.get("by") == self.channel_name:
            return
        if event["name"].startswith("user-"):
            await self._check()
        else:
            await self._pass_on(event["name"])

    async def _pass_on(self, name: str) -> None:
        """At once; what comes a moment after that is said together when it is over: a mail gives several."""
        if name in self.resting:
            self.late.add(name)
            return
        if not name.startswith(AT_ONCE):
            self.resting[name] = asyncio.get_running_loop().call_later(RESTS, self._rested, name)
        spread = min(LONGEST_SPREAD, SPREAD_A_PAGE * self.open_pages)
        await self.send_json({"name": name, "spread": spread})

    def _rested(self, name: str) -> None:
        del self.resting[name]
        if name in self.late:
            self.late.discard(name)
            task = asyncio.create_task(self._pass_on(name))
            self.telling.add(task)
            task.add_done_callback(self.telling.discard)

    async def _watch(self) -> None:
        """Rights change while a page is open: they are asked for at the start, and every minute again."""
        while await self._check():
            if self.before:
                await self._look(self.before)
            await asyncio.sleep(CHECKED_EVERY)

    async def _check(self) -> bool:
        """In the groups of today and in no others; somebody who works here no more is shown out."""
        groups = set(await database_sync_to_async(_groups)(self.scope["user"].pk))
        if not groups:
            await self.close(NOT_ALLOWED)
            return False
        for name in groups - self.names:
            await self._join(name)
        for name in self.names - groups - set(self.tickets):
            await self._leave(name)
        return True

    async def _look(self, name: str, *, writes: bool = False) -> bool:
        """The colleague has this ticket before them; whether they may see it."""
        seen = await database_sync_to_async(_see)(self.scope["user"].pk, _id(name), writes)
        if seen is None:
            return False
        for group in seen:
            await self.channel_layer.group_send(group, self._told())
        return True

    async def _turn_to(self, name: str) -> None:
        """From the ticket they had before them to this one, or to none."""
        before, self.before = self.before, name
        if before in ("", name):
            return
        for group in await database_sync_to_async(_turn_away)(self.scope["user"].pk, _id(before)):
            await self.channel_layer.group_send(group, self._told())

    def _told(self) -> dict[str, str]:
        return {"type": "live.hint", "name": HERE, "by": self.channel_name}

    async def _join(self, name: str) -> None:
        self.names.add(name)
        await self.channel_layer.group_add(name, self.channel_name)

    async def _leave(self, name: str) -> None:
        self.names.discard(name)
        await self.channel_layer.group_discard(name, self.channel_name)


def _groups(user_id: int | None) -> list[str]:
    """The groups of this colleague as they are now; none without a second step that the desk asks for."""
    user = two_factor.with_standing(User.objects.filter(pk=user_id)).first() if user_id else None
    if user is None or two_factor.is_missing(user):
        return []
    attendance.seen(user.pk, timezone.now())
    return access.groups(user)


def _see(user_id: int | None, ticket_id: int, writes: bool) -> list[str] | None:
    """Who is to hear that this colleague has the ticket before them; None if they may not see it."""
    user = User.objects.filter(pk=user_id).first() if user_id else None
    ticket = access.tickets(user).filter(pk=ticket_id).first() if user else None
    if user is None or ticket is None:
        return None
    reading.see(user.pk, ticket.pk)
    notifications.seen(user, ticket)
    return events.hints(ticket) if presence.come(ticket.pk, user, writes=writes) else []


def _turn_away(user_id: int, ticket_id: int) -> list[str]:
    """Who is to hear that this colleague has the ticket before them no more."""
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    return events.hints(ticket) if presence.go(ticket_id, user_id) and ticket else []


def _id(name: str) -> int:
    return int(name.removeprefix("ticket-"))
