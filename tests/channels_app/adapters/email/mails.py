"""Raw mails written for the tests, and what the desk reads in them."""

from channels_app.adapters.base import Parsed
from channels_app.adapters.email import reading
from channels_app.messages import InboundMessage
from channels_app.models import Channel, InboundRecord

HEAD = {
    "From": "Carol Reyes <carol@mail.example>",
    "To": "support@desk.example",
    "Subject": "Where is my parcel?",
    "Date": "Sun, 22 Nov 2026 10:00:00 +0100",
    "Message-ID": "<one@mail.example>",
    "MIME-Version": "1.0",
}


def raw(
    body: bytes | str = b"It has not come.\r\n", drop: tuple[str, ...] = (), **fields: str | bytes
) -> bytes:
    """Carol's mail; name the header fields that differ, with underscores for dashes."""
    head: dict[str, str | bytes] = {
        **HEAD,
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = [name.encode() + b": " + _bytes(value) for name, value in head.items() if name not in drop]
    return b"\r\n".join(lines) + b"\r\n\r\n" + _bytes(body).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def multipart(kind: str, *parts: bytes | str, boundary: str = "edge") -> dict[str, bytes]:
    """Arguments for `raw`: a multipart of parts that bring their own head."""
    body = b"".join(b"--" + boundary.encode() + b"\n" + _bytes(part) + b"\n" for part in parts)
    whole = b"A preamble nobody reads.\n" + body + f"--{boundary}--\n".encode()
    return {"body": whole, "Content_Type": f'multipart/{kind}; boundary="{boundary}"'.encode()}


def part(content_type: str, body: bytes | str, *fields: str) -> bytes:
    return "\n".join([f"Content-Type: {content_type}", *fields, "", ""]).encode() + _bytes(body)


def record(mail: bytes, **envelope: object) -> InboundRecord:
    mailbox = Channel(pk=7, kind=Channel.Kind.EMAIL, address="support@desk.example")
    return InboundRecord(channel=mailbox, body=mail, size=len(mail), envelope=envelope)


def parsed(mail: bytes, **envelope: object) -> Parsed:
    return reading.read(record(mail, **envelope))


def read(mail: bytes, **envelope: object) -> InboundMessage:
    message = parsed(mail, **envelope)
    assert isinstance(message, InboundMessage)
    return message


def _bytes(value: bytes | str) -> bytes:
    return value if isinstance(value, bytes) else value.encode()
