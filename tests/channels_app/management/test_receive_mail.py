"""`manage.py receive_mail`: the same bytes through the door."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.channels_app.adapters.email.mails import raw
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def receive(tmp_path, capsys):
    def receive(mail: bytes, *options: str) -> dict:
        path = tmp_path / "a.eml"
        path.write_bytes(mail)
        call_command("receive_mail", *options, str(path))
        line = capsys.readouterr().out.splitlines()[-1]  # above it may stand what the log says
        return json.loads(line)

    return receive


def test_a_mail_becomes_a_ticket(receive, mailbox):
    told = receive(raw())
    assert (told["state"], told["error"]) == ("done", "")
    assert Ticket.objects.get().pk == told["ticket"]
    assert Message.objects.get().text == "It has not come."


def test_the_same_mail_twice_is_one_message(receive, mailbox):
    assert receive(raw()) == receive(raw())
    assert Message.objects.count() == 1


def test_an_unreadable_mail_is_in_quarantine(receive, mailbox):
    told = receive(raw(drop=("From",)))
    assert (told["state"], told["ticket"]) == ("quarantined", None)
    assert told["error"]


def test_an_unreadable_path_is_told(mailbox, capsys, tmp_path):
    call_command("receive_mail", str(tmp_path / "missing.eml"))
    assert "missing.eml" in json.loads(capsys.readouterr().out)["error"]


def test_the_mailbox_is_the_one_that_is_named(receive, mailbox):
    assert receive(raw(To="else@where.example"), "--mailbox", mailbox.address)["state"] == "done"
    with pytest.raises(CommandError):
        receive(raw(), "--mailbox", "nobody@desk.example")
