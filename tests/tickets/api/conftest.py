"""A ticket with all that can hang on one."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets import drafts, replies, search
from tickets.models import Message, Ticket


@pytest.fixture
def answered(ticket, alice) -> Ticket:
    """Carol's ticket, answered by Alice with a file, and a note beside it."""
    draft = drafts.save(ticket, author=alice, mode="reply", body="Tomorrow.")
    drafts.attach(draft, name="Plan.txt", content=b"0123456789", content_type="text/plain")
    replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4(), draft=draft)
    replies.add_note(ticket, author=alice, body="She is upset", key=uuid.uuid4())
    search.index(Message.objects.values_list("pk", flat=True))
    return ticket


@pytest.fixture
def counted():
    """How many queries an act takes."""

    def count(act) -> int:
        with CaptureQueriesContext(connection) as seen:
            act()
        return len(seen)

    return count


@pytest.fixture
def till(program, alice):
    return program(alice, "tickets:write", "customers:read", "deliveries:read")
