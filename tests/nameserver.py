"""A name server of the tests on loopback: it knows what a test tells it, and nothing else."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest


class NameServer:
    """Answers over UDP; `records` maps (name, type) to texts as in a zone file."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        self.asked: list[tuple[str, str]] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def knows(self, name: str, kind: str, *texts: str) -> None:
        self.records[name.lower(), kind] = list(texts)

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                wire, peer = self._socket.recvfrom(4096)
                self._socket.sendto(self._answer(dns.message.from_wire(wire)).to_wire(), peer)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        question = query.question[0]
        name = str(question.name).rstrip(".").lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if texts := self.records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *texts))
        elif not any(known == name for known, _kind in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer


@pytest.fixture
def nameserver(settings) -> Iterator[NameServer]:
    """The only name server that the desk asks about mail domains."""
    server = NameServer()
    settings.DNS_SERVERS = [f"127.0.0.1:{server.port}"]
    yield server
    server.close()
