"""A wrong setting is refused, with what to do about it."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks

from helpdesk.checks import TAG

WRONG = [
    ("helpdesk.E001", {"BASE_URL": "desk.example.com"}),
    ("helpdesk.E001", {"BASE_URL": "ftp://desk.example.com"}),
    ("helpdesk.E001", {"BASE_URL": "https://example.com/desk"}),
    ("helpdesk.E002", {"REDIS_URL": "http://localhost:6379"}),
    ("helpdesk.E006", {"OUTGOING_PROXY": "proxy.example.com:3128"}),
    ("helpdesk.E006", {"OUTGOING_PROXY": "http://me:secret@proxy.example.com:3128"}),
    ("helpdesk.E007", {"CLAMD": "127.0.0.1:3310"}),
    ("helpdesk.E007", {"CLAMD": "unix:"}),
    ("helpdesk.E010", {"SYSTEM_MAIL": {"smtp_host": "", "smtp_security": "ssl", "smtp_user": ""}}),
    ("helpdesk.E011", {"SYSTEM_MAIL": {"smtp_host": "m", "smtp_security": "tls", "smtp_user": "desk"}}),
    ("helpdesk.W001", {"BIND": "0.0.0.0", "BASE_URL_IS_OURS": True}),
    (
        "helpdesk.E005",
        {"S3_BUCKET": "b", "FILE_STORAGE": {"OPTIONS": {"access_key": "a", "secret_key": None}}},
    ),
]
RIGHT = [
    {"SYSTEM_MAIL": {"smtp_host": "m", "smtp_security": "tls", "smtp_user": "desk@own.example"}},
    {"BASE_URL": "https://desk.example.com"},
    {"CLAMD": "tcp://127.0.0.1:3310"},
    {"CLAMD": "unix:///run/clamav/clamd.ctl"},
    {"OUTGOING_PROXY": "http://proxy.example.com:3128"},
    {"REDIS_URL": "rediss://:secret@redis.example.com:6380/1"},
    {"BIND": "0.0.0.0", "BASE_URL_IS_OURS": False, "BASE_URL": "https://desk.example.com"},
    {"S3_BUCKET": "b", "FILE_STORAGE": {"OPTIONS": {"access_key": None, "secret_key": None}}},
]


def found() -> set[str]:
    return {message.id for message in run_checks(tags=[TAG])}


@pytest.mark.parametrize(("code", "changes"), WRONG)
def test_refuses(settings, code, changes):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert found() == {code}


@pytest.mark.parametrize("changes", RIGHT)
def test_accepts(settings, changes):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert found() == set()


def test_refuses_data_in_the_checkout(settings):
    settings.DATA_DIR = settings.BASE_DIR / "data"
    assert found() == {"helpdesk.E003"}


def test_refuses_a_key_that_others_may_read(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    key = tmp_path / "keys" / "secret"
    key.parent.mkdir()
    key.write_text("x")
    key.chmod(0o640)
    assert found() == {"helpdesk.E004"}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://a@b/c", "DATABASE_URL must look like postgresql://"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL must look like postgresql://"),
        ("HELPDESK_PORT", "eighty", "HELPDESK_PORT must be a whole number, not 'eighty'."),
    ],
)
def test_an_unreadable_variable_ends_in_a_sentence(name, value, sentence):
    done = subprocess.run(
        [sys.executable, "-c", "import helpdesk.settings"],
        env=os.environ | {name: value},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
