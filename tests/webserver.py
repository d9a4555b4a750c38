"""A web server of the tests that answers whatever bytes a test wants, and remembers what it was asked."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answering = Callable[[socket.socket, bytes], None]


@dataclass
class WebServer:
    host: str
    port: int
    scheme: str = "http"
    asked: list[bytes] = field(default_factory=list)
    """The requests, each whole."""

    def url(self, path: str = "/", host: str = "") -> str:
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"


@contextmanager
def serving(
    answer: bytes | Answering, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[WebServer]:
    """Every request gets `answer`: bytes, or a function that writes to the connection as it likes."""
    with socket.create_server((host, 0)) as listener:
        server = WebServer(host, listener.getsockname()[1], "https" if tls else "http")
        threading.Thread(target=_accept, args=(listener, server, answer, tls), daemon=True).start()
        yield server
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An answer in HTTP: `reply(b"…", content_type="image/png")`."""
    given = {
        "Content-Length": str(len(body)),
        **{name.replace("_", "-").title(): text for name, text in headers.items()},
    }
    lines = "".join(f"{name}: {text}\r\n" for name, text in given.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def _accept(
    listener: socket.socket, server: WebServer, answer: bytes | Answering, tls: ssl.SSLContext | None
) -> None:
    while True:
        try:
            connection, _peer = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, server, answer, tls), daemon=True).start()


def _serve(
    connection: socket.socket, server: WebServer, answer: bytes | Answering, tls: ssl.SSLContext | None
) -> None:
    with suppress(OSError):
        if tls:
            connection = tls.wrap_socket(connection, server_side=True)
        with connection:
            server.asked.append(request := _read(connection))
            if callable(answer):
                answer(connection, request)
            else:
                connection.sendall(answer)


def _read(connection: socket.socket) -> bytes:
    """One request with its body."""
    request = b""
    while b"\r\n\r\n" not in request:
        if not (chunk := connection.recv(65536)):
            return request
        request += chunk
    head, _blank, body = request.partition(b"\r\n\r\n")
    lengths = [
        line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
    ]
    while len(body) < int(lengths[0] if lengths else 0):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
