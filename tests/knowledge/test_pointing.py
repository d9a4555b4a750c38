"""Whether a domain leads to the desk: what is found there, and what an admin is told to do."""

import json
import socket
from collections.abc import Callable

import pytest
from django.test import Client

from helpdesk.outgoing import NotReached, Trouble
from knowledge import centres, pointing
from knowledge.models import Domain, HelpCentre
from tests.webserver import reply, serving

NAME = "outlet.localhost"


def the_desk(name: str = NAME) -> Callable[..., None]:
    """A server that makes the proof as this desk does when it is asked by `name`."""

    def answer(connection: socket.socket, request: bytes) -> None:
        nonce = request.split()[1].decode().rstrip("/").rpartition("/")[2]
        told = {"host": name, "proof": pointing.proof(nonce, name)}
        connection.sendall(reply(json.dumps(told).encode()))

    return answer


def sends_back(connection: socket.socket, request: bytes) -> None:
    lines = request.decode().split("\r\n")
    host = next(line for line in lines if line.lower().startswith("host:"))[5:].strip()
    connection.sendall(reply(b"", "301 Moved", location=f"http://{host}{lines[0].split()[1]}"))


FORGED = reply(json.dumps({"host": NAME, "proof": "0" * 64}).encode())
PARKED = reply(b"", "302 Found", location="https://parked.example/")


@pytest.mark.parametrize(
    ("answer", "outcome", "said", "advice"),
    [
        (the_desk(), "open", "leads here", ""),
        (the_desk("127.0.0.1"), "renamed", "calls it 127.0.0.1", "Host header"),
        (FORGED, "other", "status 200", "CNAME record to 127.0.0.1"),
        (reply(b"[]"), "other", "something else answers", "CNAME"),
        (reply(b"<h1>Parked</h1>", "404 Not Found"), "other", "status 404", "CNAME"),
        (reply(b"", "400 Bad Request"), "refused", "status 400", "Host header"),
        (PARKED, "sent_on", "parked.example", "forwards"),
        (sends_back, "circling", "same address", "X-Forwarded-Proto"),
    ],
    ids=["desk", "renamed", "forged", "json", "parked", "refused", "sent on", "circling"],
)
def test_what_answers_there(settings, answer, outcome, said, advice):
    with serving(answer) as server:
        settings.BASE_URL = f"http://127.0.0.1:{server.port}"
        found = pointing.look(NAME)
    assert (found.outcome, found.is_good) == (outcome, outcome == "open")
    assert said in found.said and advice in found.advice and bool(advice) == bool(found.advice)


def test_nothing_listens_there(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.BASE_URL = f"http://127.0.0.1:{port}"
    found = pointing.look(NAME)
    assert found.outcome == "silent" and f"port {port}" in found.said and "127.0.0.1" in found.advice


@pytest.mark.parametrize(
    ("address", "outcome", "said"),
    [("10.9.8.7", "private", "leads to 10.9.8.7"), ("", "unknown", "no such host")],
)
def test_where_name_servers_lead(monkeypatch, settings, address, outcome, said):
    settings.BASE_URL = "https://desk.example"

    def resolve(host: str, port: int, **how: object) -> list[object]:
        if host == "help.example" and not address:
            raise socket.gaierror("no such host")
        there = address if host == "help.example" else "192.0.2.7"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (there, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    found = pointing.look("help.example")
    assert found.outcome == outcome and said in found.said
    assert "CNAME record to desk.example" in found.advice and "192.0.2.7" in found.advice


def test_a_certificate_that_is_none(monkeypatch, settings):
    settings.BASE_URL, settings.HTTPS = "https://desk.example", True

    def refuse(url: str, **how: object) -> None:
        assert url.startswith("https://help.example/help/here/")
        raise NotReached(Trouble.NOT_TRUSTED, "certificate has expired")

    monkeypatch.setattr(pointing, "_addresses", lambda host: ["192.0.2.7"])
    monkeypatch.setattr(pointing.outgoing, "fetch", refuse)
    found = pointing.look("help.example")
    assert "certificate has expired" in found.said and "Get a certificate" in found.advice


@pytest.mark.django_db
def test_the_desk_names_the_host_it_was_asked_by(company):
    centre = HelpCentre.objects.create(pk=1, is_open=False)
    Domain.objects.create(centre=centre, name=NAME)
    centres.forget()
    for host in (NAME, "localhost"):
        told = Client(headers={"host": f"{host}:8000"}).get("/help/here/abc-1/").json()
        assert told == {"host": host, "proof": pointing.proof("abc-1", host)}
