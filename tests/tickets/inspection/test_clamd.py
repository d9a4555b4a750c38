"""The scanner's protocol, against one that speaks it."""

import socket

import pytest

from tests.clamd import VIRUS, scanning
from tickets.inspection import clamd


@pytest.fixture(params=["tcp", "unix"])
def scanner(request, settings, tmp_path):
    with scanning(tmp_path / "clamd.ctl" if request.param == "unix" else None) as running:
        settings.CLAMD = running.url
        yield running


def test_clean_and_infected(scanner):
    content = bytes(300_000) + b"end"
    assert clamd.scan(content) == ""
    assert scanner.scanned == [content]
    assert clamd.scan(b"hello " + VIRUS) == "Test.Virus-1"
    assert clamd.scan(b"") == ""


def test_too_large_for_it(scanner):
    scanner.limit = 1000
    with pytest.raises(clamd.TooLarge):
        clamd.scan(bytes(5_000_000))


@pytest.mark.parametrize("answer", [b"nonsense", b"stream: Out of memory ERROR"])
def test_an_answer_without_sense_is_no_verdict(scanner, answer):
    scanner.answer = answer
    with pytest.raises(clamd.Away):
        clamd.scan(b"x")


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:{}", "unix:///nowhere/clamd.ctl"])
def test_nobody_there(settings, url):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.CLAMD = url.format(port)
    with pytest.raises(clamd.Away):
        clamd.scan(b"x")


def test_a_desk_without_a_scanner(settings):
    assert not clamd.is_used()
    settings.CLAMD = "tcp://scanner.example"
    assert clamd.is_used()
