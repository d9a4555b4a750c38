"""The bell, colleagues to mention, and whom one meets on a ticket."""

import uuid

import pytest

from tests.tickets.web.conftest import HTMX
from tickets import drafts, notifications, presence, replies, scheduling
from tickets.models import Draft, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(ticket, alice, bob) -> Notification:
    note = replies.add_note(ticket, author=bob, body="@Alice", key=uuid.uuid4())
    notifications.notify([alice], Notification.Kind.MENTIONED, ticket=ticket, message=note, by=bob)
    return Notification.objects.get()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_line_leads_to_its_note_and_is_read_then(headers, desk, told, ticket):
    page = desk.get("/notifications/", headers=headers).content.decode()
    assert f"Bob Marchetti mentions you on #{ticket.number}" in page
    assert 'id="bell-count">1' in desk.get("/tickets/").content.decode()
    answer = desk.post(f"/notifications/{told.pk}/opening/")
    assert answer["Location"] == f"/tickets/{ticket.number}/#message-{told.message_id}"
    told.refresh_from_db()
    assert told.read_at


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_all_can_be_read_at_once_by_their_reader_alone(headers, desk, told, as_, bob):
    assert as_(bob).post(f"/notifications/{told.pk}/opening/").status_code == 404
    as_(bob).post("/notifications/reading/")
    assert Notification.objects.unread().count() == 1
    desk.post("/notifications/reading/", headers=headers)
    assert not Notification.objects.unread().exists()


def test_an_author_is_told_when_a_supervisor_takes_a_reply_back(desk, ticket, as_, sam, alice):
    desk.post(
        f"/tickets/{ticket.number}/replies/", {"body": "x", "key": str(uuid.uuid4()), "later": "monday"}
    )
    scheduling.take_back(Draft.objects.get(), actor=sam)
    assert "took your reply" in desk.get("/notifications/").content.decode()


def test_colleagues_to_mention_are_those_who_may_see_the_ticket(desk, ticket, bob, sam, mallory):
    at = f"/tickets/{ticket.number}/colleagues/"
    assert b"Bob Marchetti" in desk.get(f"{at}?q=marc").content
    everybody = desk.get(at).content.decode()
    assert "Sam Okafor" in everybody and "Mallory" not in everybody and "Alice" not in everybody


def test_a_colleague_who_looks_sees_the_draft_grow_and_no_other_team_does(desk, ticket, bob, as_, mallory):
    drafts.save(ticket, author=bob, mode="reply", body="Dear Carol, half a")
    presence.come(ticket.pk, bob, writes=True)
    company = desk.get(f"/tickets/{ticket.number}/company/").content.decode()
    assert "Bob Marchetti is writing" in company and "Dear Carol, half a" in company
    assert "Dear Carol, half a" in desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert as_(mallory).get(f"/tickets/{ticket.number}/company/").status_code == 404
    presence.go(ticket.pk, bob.pk)


def test_the_channels_limits_and_the_signature_are_shown(desk, ticket, alice, mailbox):
    alice.signature = "Alice, orders"
    alice.save()
    page = desk.get(f"/tickets/{ticket.number}/sending/").content.decode()
    for words in ("Support", "Alice, orders", "files up to 25 MB each"):
        assert words in page


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_what_is_of_no_ticket_names_none(headers, desk, alice):
    notifications.notify([alice], Notification.Kind.READING, ticket=None)
    page = desk.get("/notifications/", headers=headers).content.decode()
    assert "No subject" not in page and "#i-book" in page
