"""A virus scanner over its own protocol: INSTREAM of clamd(8), by TCP or a local socket."""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 128 * 1024
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 120.0
LONGEST_ANSWER = 4096


class Away(Exception):
    """The scanner cannot be reached, or answered nothing that makes sense: try again later."""


class TooLarge(Exception):
    """The file is larger than the scanner takes (its StreamMaxLength)."""


def is_used() -> bool:
    """Whether this desk has a scanner (HELPDESK_CLAMD)."""
    return bool(settings.CLAMD)


def scan(content: bytes) -> str:
    """The name of the virus in these bytes, "" when there is none. Raises Away, TooLarge."""
    try:
        with _connect() as line:
            answer = _ask(line, content)
    except OSError as error:
        raise Away(str(error)) from error
    if answer.endswith("OK"):
        return ""
    if answer.endswith("FOUND"):
        return answer.removesuffix("FOUND").partition(":")[2].strip()[:200] or "?"
    if "size limit" in answer:
        raise TooLarge
    raise Away(answer[:200] or "no answer")


def _connect() -> socket.socket:
    address = urlsplit(settings.CLAMD)
    if address.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(CONNECT_SECONDS)
            line.connect(address.path)
        except OSError:
            line.close()
            raise
    else:
        line = socket.create_connection((address.hostname or "", address.port or 3310), CONNECT_SECONDS)
    line.settimeout(ANSWER_SECONDS)
    return line


def _ask(line: socket.socket, content: bytes) -> str:
    """Send the file in chunks behind their lengths, an empty one at the end, and read the answer."""
    try:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            line.sendall(struct.pack(">I", len(chunk)) + chunk)
        line.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # too much for it: it says so and hangs up, while we still send
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        more = line.recv(1024)
        if not more:
            break
        answer += more
    return answer.strip(b"\0\r\n ").decode("utf-8", "replace")
