"""`manage.py explain_mail`: a line of JSON for each mail, whatever is given, and no server needed."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from channels_app.adapters.email import explaining
from tests.channels_app.adapters.email.mails import multipart, part, raw

ROOT = Path(__file__).resolve().parents[3]
FIELDS = [
    *("file", "message_id", "in_reply_to", "references", "date", "subject", "from_name", "from_address"),
    *("to", "cc", "reply_to", "text", "visible_text", "html", "attachments", "automatic"),
    *("bounced_recipients", "bounce_permanent", "language", "error"),
]
PDF = b"%PDF-1.4 a bill"
WITH_FILE = raw(
    **multipart(
        "mixed",
        part("text/plain", "Here is the bill that I was talking about."),
        part("application/pdf; name=bill.pdf", PDF),
        part("application/octet-stream", "nameless"),
    ),
    Cc="Bob <bob@mail.example>, ann@mail.example",
    Reply_To="<answers@mail.example>",
    In_Reply_To="<earlier@desk.example>",
    References="<first@desk.example>\r\n <earlier@desk.example>",
)


@pytest.fixture
def explain(tmp_path, capsys):
    def explain(*mails: bytes, options: tuple[str, ...] = ()) -> list[dict]:
        paths = [tmp_path / f"{number}.eml" for number in range(len(mails))]
        for path, mail in zip(paths, mails, strict=True):
            path.write_bytes(mail)
        call_command("explain_mail", *options, *map(str, paths))
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return explain


def test_every_field_of_a_mail(explain, tmp_path):
    (told,) = explain(WITH_FILE, options=("--attachments", str(tmp_path / "files")))
    assert list(told) == FIELDS
    files = told.pop("attachments")
    assert told == {
        "file": str(tmp_path / "0.eml"),
        "message_id": "one@mail.example",
        "in_reply_to": "earlier@desk.example",
        "references": ["first@desk.example", "earlier@desk.example"],
        "date": "2026-11-22T10:00:00+01:00",
        "subject": "Where is my parcel?",
        "from_name": "Carol Reyes",
        "from_address": "carol@mail.example",
        "to": ["support@desk.example"],
        "cc": ["bob@mail.example", "ann@mail.example"],
        "reply_to": ["answers@mail.example"],
        "text": "Here is the bill that I was talking about.",
        "visible_text": "Here is the bill that I was talking about.",
        "html": "",
        "automatic": "",
        "bounced_recipients": [],
        "bounce_permanent": False,
        "language": "en",
        "error": "",
    }
    digest = hashlib.sha256(PDF).hexdigest()
    named = {"name": "bill.pdf", "content_type": "application/pdf", "size": len(PDF), "inline": False}
    assert files[0] == {**named, "sha256": digest}
    assert [file["name"] for file in files] == ["bill.pdf", ""]
    assert (tmp_path / "files" / digest).read_bytes() == PDF


def test_what_cannot_be_read_is_told_in_its_line(explain, capsys, tmp_path):
    call_command("explain_mail", str(tmp_path / "missing.eml"), str(tmp_path))
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(one) for one in told] == [FIELDS, FIELDS]
    assert all(one["error"] for one in told)


def test_a_bug_in_one_mail_does_not_stop_the_next(explain, monkeypatch):
    original = explaining.explain

    def explode_once(raw: bytes, keep: explaining.Keep) -> dict:
        if raw == b"explosive":
            raise RecursionError("boom")
        return original(raw, keep)

    monkeypatch.setattr(explaining, "explain", explode_once)
    broken, sound = explain(b"explosive", raw())
    assert "boom" in broken["error"]
    assert sound["subject"] == "Where is my parcel?"


@pytest.mark.parametrize("mail", [b"", b"no header at all", raw(drop=("From",))])
def test_what_would_be_quarantined_says_why(explain, mail):
    (told,) = explain(mail)
    assert told["error"]


def test_500_mails_in_one_process_without_any_server(tmp_path):
    paths = [tmp_path / f"{number}.eml" for number in range(500)]
    for path in paths:
        path.write_bytes(WITH_FILE)
    nowhere = {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1",
        "HELPDESK_DATA": str(tmp_path / "data"),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "explain_mail", *map(str, paths)],
        cwd=ROOT,
        env={**os.environ, **nowhere},
        capture_output=True,
        timeout=20,
        check=True,
    )
    lines = done.stdout.decode().splitlines()
    assert [json.loads(line)["file"] for line in lines] == [str(path) for path in paths]
