"""The socket of a page: tells names of what changed, never content; the page fetches what it may see."""

import asyncio
import re
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from helpdesk.accounts import two_factor
from helpdesk.accounts.models import User
from tickets import access

TICKET = re.compile(r"ticket-(\d{1,18})")
MOST_TICKETS = 20
CHECKED_EVERY = 60.0
NOT_ALLOWED = 4403  # a close code of our own: do not come back before signing in


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """In the groups of the colleague, and in those of the tickets on the page once access is checked."""

    async def connect(self) -> None:
        self.names: set[str] = set()
        self.tickets: list[str] = []
        await self.accept()
        self.watch = asyncio.create_task(self._watch())

    async def disconnect(self, code: int) -> None:
        self.watch.cancel()
        for name in self.names:
            await self.channel_layer.group_discard(name, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """The page asks for one thing only: {"ticket": "ticket-7"}."""
        name = content.get("ticket") if isinstance(content, dict) else None
        match = TICKET.fullmatch(name) if isinstance(name, str) else None
        if match is None or not isinstance(name, str) or name in self.names:
            return
        if await database_sync_to_async(_may_see)(self.scope["user"].pk, int(match[1])):
            await self._join(name)
            self.tickets.append(name)
            if len(self.tickets) > MOST_TICKETS:
                await self._leave(self.tickets.pop(0))

    async def live_hint(self, event: dict[str, str]) -> None:
        """Pass a hint on; one about the colleague asks for their rights anew."""
        if event["name"].startswith("user-"):
            await self._check()
        else:
            await self.send_json({"name": event["name"]})

    async def _watch(self) -> None:
        """Rights change while a page is open: they are asked for at the start, and every minute again."""
        while await self._check():
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

    async def _join(self, name: str) -> None:
        self.names.add(name)
        await self.channel_layer.group_add(name, self.channel_name)

    async def _leave(self, name: str) -> None:
        self.names.discard(name)
        await self.channel_layer.group_discard(name, self.channel_name)


def _groups(user_id: int | None) -> list[str]:
    """The groups of this colleague as they are now; none without a second step that the desk asks for."""
    user = two_factor.with_standing(User.objects.filter(pk=user_id)).first() if user_id else None
    return access.groups(user) if user and not two_factor.is_missing(user) else []


def _may_see(user_id: int | None, ticket_id: int) -> bool:
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return user is not None and access.tickets(user).filter(pk=ticket_id).exists()
