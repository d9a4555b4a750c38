"""Pages under ASGI: one thread for a request, and streams that end when nobody listens."""

import asyncio
import threading
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import translation

from helpdesk.handling import PageHandler

seen: list[tuple[str, int]] = []
closed = threading.Event()


def spoken(request: HttpRequest) -> HttpResponse:
    seen.append(("view", threading.get_ident()))
    if request.GET.get("in"):
        translation.activate(request.GET["in"])
    return HttpResponse(translation.get_language())


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def pieces():
        yield b"first "
        while not request.GET.get("short"):
            yield b"more "
        yield b"last"

    response = StreamingHttpResponse(pieces())
    response._resource_closers.append(closed.set)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def handler500(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sorry", status=500)


def around(get_response: Any) -> Any:
    def middleware(request: HttpRequest) -> HttpResponse:
        seen.append(("middleware", threading.get_ident()))
        return get_response(request)

    return middleware


urlpatterns = [path("spoken/", spoken), path("streamed/", streamed), path("broken/", broken)]


@pytest.fixture
def handler(settings):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, [f"{__name__}.around"]
    seen.clear()
    closed.clear()
    return PageHandler()


def asking(handler: PageHandler, address: str) -> ApplicationCommunicator:
    path, _mark, query = address.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    return ApplicationCommunicator(handler, scope)


async def begun(handler: PageHandler, address: str) -> tuple[ApplicationCommunicator, int]:
    asked = asking(handler, address)
    await asked.send_input({"type": "http.request", "body": b"", "more_body": False})
    return asked, (await asked.receive_output(5))["status"]


async def answer(handler: PageHandler, address: str) -> tuple[int, bytes]:
    asked, status = await begun(handler, address)
    body, more = b"", True
    while more:
        piece = await asked.receive_output(5)
        body, more = body + piece.get("body", b""), piece.get("more_body", False)
    await asked.wait(5)
    return status, body


def test_a_request_is_answered_in_one_thread(handler):
    assert asyncio.run(answer(handler, "/spoken/")) == (200, b"en")
    (first, there), (second, here) = seen
    assert (first, second) == ("middleware", "view")
    assert there == here != threading.get_ident()


def test_what_a_request_sets_is_nobody_elses(handler):
    assert asyncio.run(answer(handler, "/spoken/?in=hu")) == (200, b"hu")
    assert asyncio.run(answer(handler, "/spoken/")) == (200, b"en")


def test_a_failing_view_is_a_page(handler):
    assert asyncio.run(answer(handler, "/broken/")) == (500, b"sorry")


def test_a_stream_comes_whole_and_is_closed(handler):
    assert asyncio.run(answer(handler, "/streamed/?short=1")) == (200, b"first last")
    assert closed.is_set()


def test_a_stream_ends_when_its_reader_leaves(handler):
    async def leave() -> None:
        asked, status = await begun(handler, "/streamed/")
        assert status == 200
        assert (await asked.receive_output(5))["body"] == b"first "
        await asked.send_input({"type": "http.disconnect"})
        await asked.wait(5)

    asyncio.run(leave())
    assert closed.is_set()
