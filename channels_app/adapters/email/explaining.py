"""What the desk understands of a raw mail, as plain values: for people who ask why, and for comparisons."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from channels_app.adapters.email import automatic, body, contents, identity, mime, reading
from channels_app.adapters.email.body import Body
from channels_app.adapters.email.contents import File
from channels_app.adapters.email.headers import Headers, date, ids
from channels_app.adapters.email.language import language_of

Keep = Callable[[str, bytes], None]
"""Takes the sha256 and the bytes of a file."""

BLANK: dict[str, Any] = {
    "message_id": "",
    "in_reply_to": "",
    "references": [],
    "date": "",
    "subject": "",
    "from_name": "",
    "from_address": "",
    "to": [],
    "cc": [],
    "reply_to": [],
    "text": "",
    "visible_text": "",
    "html": "",
    "attachments": [],
    "automatic": "",
    "bounced_recipients": [],
    "bounce_permanent": False,
    "language": "",
    "error": "",
}


def explain_file(path: str, folder: Path | None = None) -> dict[str, Any]:
    """`explain` for a file; its attachments go to `folder`/<sha256>. Never raises."""

    def keep(digest: str, content: bytes) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            Path(folder, digest).write_bytes(content)

    try:
        told = explain(Path(path).read_bytes(), keep)
    except Exception as error:  # a path that cannot be read, a bug: the next file is explained all the same
        told = {**BLANK, "error": f"{type(error).__name__}: {error}"}
    return {"file": path, **told}


def explain(raw: bytes, keep: Keep = lambda _digest, _content: None) -> dict[str, Any]:
    """Every field of a mail; `error` says why the desk would put it in quarantine, "" when it would not."""
    root = mime.read(raw)
    headers, letter = root.headers, contents.of(root)
    path = identity.return_path(headers, {})
    name, address = identity.sender(headers, path)
    shown = body.of(letter, subject=headers.text("subject"), sender_name=name)
    sent_at = date(headers.raw("date"))
    verdict = automatic.judge(root, path=path)
    return {
        **BLANK,
        "message_id": _first_id(headers, "message-id") or headers.text("message-id").strip("<> "),
        "in_reply_to": _first_id(headers, "in-reply-to"),
        "references": ids(headers.raw("references")),
        "date": sent_at.isoformat() if sent_at else "",
        "subject": headers.text("subject"),
        "from_name": name,
        "from_address": address,
        **{field: _addresses(headers, field) for field in ("to", "cc", "reply_to")},
        "text": shown.text,
        "visible_text": shown.visible_text,
        "html": shown.html,
        "attachments": [_attachment(file, shown, keep) for file in letter.files],
        "automatic": str(verdict.kind),
        "bounced_recipients": verdict.bounced_recipients,
        "bounce_permanent": verdict.bounce_permanent,
        "language": language_of(shown.visible_text),
        "error": reading.objection_to_size(len(raw)) or reading.objection(root, address),
    }


def _attachment(file: File, shown: Body, keep: Keep) -> dict[str, Any]:
    digest = hashlib.sha256(file.content).hexdigest()
    keep(digest, file.content)
    in_place = file.content_id in shown.shown if file.content_id else False
    return {
        "name": file.name,
        "content_type": file.content_type,
        "size": len(file.content),
        "inline": in_place or file.disposition == "inline",
        "sha256": digest,
    }


def _first_id(headers: Headers, field: str) -> str:
    return next(iter(ids(headers.raw(field))), "")


def _addresses(headers: Headers, field: str) -> list[str]:
    found = headers.addresses(field.replace("_", "-"))
    return list(dict.fromkeys(address for _name, address in found))
