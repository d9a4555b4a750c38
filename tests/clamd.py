"""A virus scanner of the tests: speaks the protocol of clamd, and knows one virus."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

VIRUS = b"this is the virus of the tests"


@dataclass
class Scanner:
    url: str
    limit: int = 1_000_000
    scanned: list[bytes] = field(default_factory=list)
    answer: bytes = b""
    """Said instead of a verdict, if set."""


@contextmanager
def scanning(path: Path | None = None, **options) -> Iterator[Scanner]:
    """A scanner on a TCP port, or on a local socket at `path`."""
    if path:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen()
        scanner = Scanner(f"unix://{path}", **options)
    else:
        listener = socket.create_server(("127.0.0.1", 0))
        scanner = Scanner(f"tcp://127.0.0.1:{listener.getsockname()[1]}", **options)
    with listener:
        threading.Thread(target=_accept, args=(listener, scanner), daemon=True).start()
        yield scanner
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, scanner: Scanner) -> None:
    with suppress(OSError):
        while True:
            connection, _peer = listener.accept()
            with connection, suppress(OSError, EOFError):
                connection.sendall(_verdict(connection.makefile("rb"), scanner) + b"\0")


def _verdict(stream, scanner: Scanner) -> bytes:
    command = b"".join(iter(lambda: stream.read(1), b"\0"))
    if command != b"zINSTREAM":
        return b"UNKNOWN COMMAND"
    content = b""
    while length := struct.unpack(">I", stream.read(4))[0]:
        content += stream.read(length)
        if len(content) > scanner.limit:
            return b"INSTREAM size limit exceeded. ERROR"
    scanner.scanned.append(content)
    return scanner.answer or (b"stream: Test.Virus-1 FOUND" if VIRUS in content else b"stream: OK")
