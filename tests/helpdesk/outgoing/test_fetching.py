"""Requests to real servers, most of which mean no good."""

import gzip
import socket
import ssl
import subprocess
import time
import zlib

import pytest

from helpdesk import outgoing
from helpdesk.outgoing import Limits, NotReached, Trouble, wire
from tests.webserver import reply, serving

HERE = ["127.0.0.1"]
QUICK = Limits(connect=1, read=0.3, total=0.8)


def trouble(url: str, **options) -> Trouble:
    with pytest.raises(NotReached) as failed:
        outgoing.fetch(url, **{"allowed": HERE, **options})
    return failed.value.trouble


def resolving(monkeypatch, *answers: list[str]) -> list[str]:
    """Name servers that give one answer after the other; the names they were asked for."""
    asked: list[str] = []

    def getaddrinfo(host, port, *args, **options):
        addresses = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_an_answer_and_what_was_sent_for_it():
    with serving(reply(b"hello", content_type="text/plain; charset=utf-8")) as server:
        answer = outgoing.fetch(server.url("/a?b=c"), allowed=HERE, headers={"X-One": "1"})
    assert (answer.status, answer.body, answer.content_type) == (200, b"hello", "text/plain")
    head = server.asked[0].decode()
    assert head.startswith("GET /a?b=c HTTP/1.1\r\n")
    assert f"host: 127.0.0.1:{server.port}" in head.lower() and "x-one: 1" in head.lower()
    assert not any(name in head.lower() for name in ("cookie", "referer", "authorization"))


def test_a_body_is_sent_whole():
    with serving(reply(b"", "204 No Content")) as server:
        answer = outgoing.fetch(server.url(), method="POST", body=b"x" * 200_000, allowed=HERE)
    assert answer.status == 204 and server.asked[0].endswith(b"\r\n\r\n" + b"x" * 200_000)


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oh"])
def test_a_refusal_is_an_answer(status):
    with serving(reply(b"no", status)) as server:
        assert outgoing.fetch(server.url(), allowed=HERE).status == int(status[:3])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_out_of_reach_by_any_name(host):
    with serving(reply()) as server:
        assert trouble(server.url(host=host), allowed=[]) == Trouble.PRIVATE
        assert not server.asked


def test_the_address_that_was_checked_is_the_one_that_is_asked(monkeypatch):
    """DNS rebinding: a second answer of the name server is never asked for."""
    with serving(reply(b"good"), "127.0.0.2") as good, serving(reply(b"trap")) as trap:
        asked = resolving(monkeypatch, ["127.0.0.2"], ["127.0.0.1"])
        url = f"http://rebound.example:{good.port}/"
        assert outgoing.fetch(url, allowed=["127.0.0.2"]).body == b"good"
        assert asked == ["rebound.example"] and not trap.asked
        assert f"host: rebound.example:{good.port}".encode() in good.asked[0].lower()


def test_of_several_addresses_only_those_within_reach_are_tried(monkeypatch):
    with serving(reply(b"trap")) as trap:
        resolving(monkeypatch, ["127.0.0.1", "127.0.0.2"])
        assert trouble(f"http://two.example:{trap.port}/", allowed=["127.0.0.2"]) == Trouble.NO_CONNECTION
        assert not trap.asked


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_a_redirect_to_a_private_network_is_not_followed(status):
    with serving(reply(b"trap"), "127.0.0.2") as trap:
        there = reply(b"", status, location=trap.url())
        with serving(there) as server:
            assert trouble(server.url()) == Trouble.PRIVATE
        assert not trap.asked


def test_redirects_are_followed_and_personal_headers_stay_behind():
    with (
        serving(reply(b"here"), "127.0.0.2") as second,
        serving(reply(b"", "302 Found", location=second.url("/there"))) as first,
    ):
        answer = outgoing.fetch(
            first.url(),
            method="POST",
            body=b"secret",
            headers={"Authorization": "Bearer x", "X-Plain": "1"},
            allowed=["127.0.0.0/8"],
        )
    assert answer.body == b"here" and answer.url == second.url("/there")
    assert b"authorization: Bearer x" in first.asked[0] and b"Bearer" not in second.asked[0]
    assert (
        second.asked[0].startswith(b"GET ")
        and b"secret" not in second.asked[0]
        and b"x-plain: 1" in second.asked[0]
    )


def test_a_circle_of_redirects_ends():
    with serving(reply(b"", "302 Found", location="/again")) as server:
        assert trouble(server.url(), limits=Limits(redirects=2)) == Trouble.TOO_MANY_REDIRECTS
        assert len(server.asked) == 3


def test_no_redirect_is_followed_where_none_is_allowed():
    with serving(reply(b"", "302 Found", location="/there")) as server:
        assert outgoing.fetch(server.url(), allowed=HERE, limits=Limits(redirects=0)).status == 302


def drip(head: bytes, byte: bytes):
    """One byte after the other, for as long as anybody listens."""

    def answer(connection, _request):
        connection.sendall(head)
        while True:
            connection.sendall(byte)
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"HTTP/1.1 200 OK\r\n", b"X"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        drip(b"", b""),
        lambda connection, _request: time.sleep(6),
    ],
    ids=["slow head", "slow body", "silence", "asleep"],
)
def test_a_slow_server_takes_no_more_than_its_time(answer):
    with serving(answer) as server:
        begun = time.monotonic()
        assert trouble(server.url(), limits=QUICK) == Trouble.TOO_SLOW
        assert time.monotonic() - begun < 4


def test_a_silent_name_server_takes_no_more_than_its_time(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: time.sleep(6) or [])
    begun = time.monotonic()
    assert trouble("http://slow.example/", limits=QUICK) == Trouble.TOO_SLOW
    assert time.monotonic() - begun < 4


def flood(head: bytes):
    def answer(connection, _request):
        connection.sendall(head)
        while True:
            connection.sendall(b"x" * 65536)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        flood(b"HTTP/1.1 200 OK\r\n\r\n"),
        reply(b"x", content_length="99999999999"),
        reply(gzip.compress(bytes(50_000_000)), content_encoding="gzip"),
        reply(zlib.compress(bytes(50_000_000)), content_encoding="deflate"),
    ],
    ids=["endless", "announced", "gzip bomb", "deflate bomb"],
)
def test_a_huge_answer_is_refused(answer):
    with serving(answer) as server:
        assert trouble(server.url(), limits=Limits(size=100_000)) == Trouble.TOO_LARGE


def test_only_the_beginning_of_a_huge_answer_is_kept_if_that_is_wanted():
    with serving(flood(b"HTTP/1.1 200 OK\r\n\r\n")) as server:
        answer = outgoing.fetch(server.url(), allowed=HERE, limits=Limits(size=1000, cut=True))
    assert answer.body == b"x" * 1000


def test_a_packed_answer_is_unpacked():
    with serving(reply(gzip.compress(b"hello"), content_encoding="gzip")) as server:
        assert outgoing.fetch(server.url(), allowed=HERE).body == b"hello"


@pytest.mark.parametrize(
    "answer",
    [
        *(b"220 smtp.example ESMTP\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", b""),
        *(
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
            b"HTTP/1.1 200 OK\r\nX: " + b"a" * 99_000,
        ),
        *(
            reply(b"x", content_encoding="br"),
            reply(b"x", content_encoding="gzip"),
            b"HTTP/1.1 100 Continue\r\n\r\n",
        ),
    ],
)
def test_what_is_no_answer(answer):
    with serving(answer) as server:
        assert trouble(server.url()) in {Trouble.BAD_ANSWER, Trouble.NO_CONNECTION}


def test_nobody_listens_and_nobody_has_that_name(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert trouble(f"http://127.0.0.1:{port}/") == Trouble.NO_CONNECTION

    def unknown(*args, **options):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert trouble("http://nobody.example/") == Trouble.UNKNOWN_HOST


def test_the_proxies_of_the_environment_are_not_asked(monkeypatch):
    with serving(reply(b"proxy")) as proxy, serving(reply(b"direct")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert outgoing.fetch(server.url(), allowed=HERE).body == b"direct"
        assert not proxy.asked


def test_the_proxy_of_the_settings_gets_the_checked_address(settings, monkeypatch):
    def tunnel(connection, _request):
        connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        connection.recv(65536)
        connection.sendall(reply(b"through"))

    with serving(tunnel) as proxy:
        settings.OUTGOING_PROXY = proxy.url(host="localhost")
        monkeypatch.setattr(wire, "resolve", lambda target, deadline: [("8.8.8.8", target.port)])
        assert outgoing.fetch("http://shop.example/").body == b"through"
        assert proxy.asked[0].startswith(b"CONNECT 8.8.8.8:80 ")
        monkeypatch.setattr(wire, "resolve", lambda target, deadline: [("10.0.0.1", target.port)])
        assert trouble("http://shop.example/", allowed=[]) == Trouble.PRIVATE
        assert len(proxy.asked) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    path = tmp_path_factory.mktemp("tls") / "shop.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=shop.example"
    names = ["-addext", "subjectAltName=DNS:shop.example", "-keyout", path, "-out", path]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    return path


@pytest.fixture
def https(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, _context: names.append(name)
    names: list[str] = []
    with serving(reply(b"safe"), tls=context) as server:
        yield server, names


def test_tls_asks_for_the_host_and_checks_its_certificate(https, certificate, monkeypatch):
    server, names = https
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(wire, "_tls", lambda: trusting)
    resolving(monkeypatch, ["127.0.0.1"])
    assert outgoing.fetch(server.url(host="shop.example"), allowed=HERE).body == b"safe"
    assert names == ["shop.example"]
    assert trouble(server.url(host="other.example")) == Trouble.NOT_TRUSTED


def test_a_certificate_of_nobodys_is_not_trusted(https):
    server, _names = https
    assert trouble(server.url()) == Trouble.NOT_TRUSTED
