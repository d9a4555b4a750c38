"""Pages of Django under ASGI, each request one visit to one thread.

Django's own handler starts a thread for every request and changes six times between it and the event loop,
because some middleware is for either side; that took a fifth of a page. No view of this desk is asynchronous:
what runs in the event loop are WebSockets, which do not come here.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from functools import partial
from typing import IO, Any, TypeVar, cast

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

T = TypeVar("T")
Scope = dict[str, Any]


class PageHandler(ASGIHandler):
    """As Django's `ASGIHandler`, with synchronous middleware and views in a pool of threads.

    At most `settings.WEB_THREADS` requests are worked on at a time in a process, the next ones wait. A
    streamed answer holds its thread only while a piece of it is made, and ends when the reader leaves.
    """

    def __init__(self) -> None:
        BaseHandler.__init__(self)  # not ASGIHandler's, which loads the middleware for the other side
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(settings.WEB_THREADS, "page")

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        within = copy_context()
        response = await self._in_thread(within, self._answer, scope, body)
        if not isinstance(response, StreamingHttpResponse):
            await self.send_response(response, send)
            return
        left = asyncio.ensure_future(receive())  # the next that comes is that the reader is gone
        response.streaming_content = self._pieces(within, iter(response), left)
        try:
            await self.send_response(response, send)
        finally:
            left.cancel()
            await self._in_thread(within, response.close)

    async def _in_thread(self, within: Context, call: Callable[..., T], *given: Any) -> T:
        """Each request is a context of its own: its language and its time zone are nobody else's."""
        work = partial(within.run, call, *given)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        """The whole answer; a streamed one still has to be read and closed."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, refusal = self.create_request(scope, body)
            if request is None:
                response = cast("HttpResponseBase", refusal)
            else:
                response = self.get_response(request)
                cast("Any", response)._handler_class = self.__class__  # which the end of the request names
            if isinstance(response, FileResponse):
                response.block_size = self.chunk_size
            if not response.streaming:
                response.close()  # gives the connection to the database back before the reader has it all
            return response

    async def _pieces(
        self, within: Context, pieces: Iterator[bytes], left: asyncio.Future[None]
    ) -> AsyncIterator[bytes]:
        """What a view streams, until its reader has left."""
        while not left.done():
            piece = await self._in_thread(within, next, pieces, None)
            if piece is None:
                return
            yield piece
