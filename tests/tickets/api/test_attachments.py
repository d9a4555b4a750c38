"""Files by API: whole, in parts, and never by guess."""

import pytest
from django.test import Client

from channels_app import inbound
from tests.api import refused
from tickets import drafts
from tickets.models import Attachment, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(answered) -> Attachment:
    """Ten bytes, the digits."""
    return Attachment.objects.get(message__ticket=answered)


@pytest.fixture
def address(file) -> str:
    return f"attachments/{file.pk}/content/"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_file_is_described_and_saved(program, alice, file, address):
    till = program(alice)
    shown = till.get(f"attachments/{file.pk}/").json()
    assert (shown["name"], shown["size"], shown["content_type"]) == ("Plan.txt", 10, "text/plain")
    whole = till.get(shown["url"])
    assert body(whole) == b"0123456789"
    assert whole["Content-Type"] == "application/octet-stream"
    assert whole["Content-Disposition"].startswith('attachment; filename="Plan.txt"')
    assert (whole["Content-Length"], whole["Accept-Ranges"]) == ("10", "bytes")
    assert "sandbox" in whole["Content-Security-Policy"] and whole["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=-50", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
    ],
)
def test_a_part_of_a_file(program, alice, address, asked, status, content, told):
    answer = program(alice).get(address, range=asked)
    assert (answer.status_code, body(answer), answer.get("Content-Range")) == (status, content, told)


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=-0", "bytes=99-100"])
def test_a_part_that_is_not_there(program, alice, address, asked):
    answer = program(alice).get(address, range=asked)
    refused(answer, 416, "range")
    assert answer["Content-Range"] == "bytes */10"


def test_a_part_of_another_version_is_the_whole(program, alice, file, address):
    till = program(alice)
    tag = till.get(address)["ETag"]
    assert body(till.get(address, range="bytes=0-3", if_range=tag)) == b"0123"
    assert body(till.get(address, range="bytes=0-3", if_range='"other"')) == b"0123456789"
    assert till.get(address, if_none_match=tag).status_code == 304


def test_a_head_tells_the_size_alone(program, alice, address):
    answer = program(alice).call("HEAD", address)
    assert (answer["Content-Length"], body(answer)) == ("10", b"")


def test_guessing_opens_nothing(program, mallory, bob, alice, file, address, answered):
    refused(program(mallory).get(address), 404, "not-found")
    begun = drafts.save(answered, author=alice, mode="reply", body="And")
    mine = drafts.attach(begun, name="x", content=b"x", content_type="text/plain")
    refused(program(bob).get(f"attachments/{mine.pk}/content/"), 404, "not-found")
    assert program(alice).get(f"attachments/{mine.pk}/content/").status_code == 200


def test_a_file_needs_the_scope_of_its_ticket(program, alice, address):
    refused(program(alice, "customers:read", "raw:read").get(address), 403, "scope")


def test_a_file_whose_bytes_are_gone(program, alice, file, address):
    Attachment.objects.filter(pk=file.pk).update(sha256="0" * 64)
    refused(program(alice).get(address), 404, "not-found")


def test_a_message_as_it_arrived(program, alice, answered):
    record = inbound.journal(answered.channel, "x", b"From: carol\r\n\r\nHello")
    message = answered.messages.get(direction="in")
    Message.objects.filter(pk=message.pk).update(record=record)
    answer = program(alice, "tickets:read", "raw:read").get(f"messages/{message.pk}/raw/")
    assert answer.content == b"From: carol\r\n\r\nHello"
    assert answer["Content-Disposition"].startswith("attachment")
    for scopes in (["tickets:write"], ["raw:read"]):
        refused(program(alice, *scopes).get(f"messages/{message.pk}/raw/"), 403, "scope")


def test_nobody_reads_a_file_without_a_token(address):
    assert Client().get(f"/api/v1/{address}").status_code == 401
