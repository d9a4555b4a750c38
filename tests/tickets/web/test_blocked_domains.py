import pytest

from channels_app.messages import Sender
from tickets import intake
from tickets.models import BlockedDomain, Ticket

pytestmark = pytest.mark.django_db


def test_the_page_asks_and_does(as_, sam, alice, written):
    desk = as_(sam)
    asked = desk.post("/customers/blocked/domains/", {"domain": "@GMail.com"})
    assert (asked.status_code, 'name="sure"' in asked.content.decode()) == (409, True)
    assert desk.post("/customers/blocked/domains/", {"domain": "nothing"}).status_code == 422
    desk.post("/customers/blocked/domains/", {"domain": "spam.example"})
    sender = Sender(identity_kind="email", identity="a@spam.example")
    held = intake.receive(written(sender=sender)).ticket
    page = as_(alice).get("/customers/blocked/").content.decode()
    assert "@spam.example" in page and "1 ticket is held" in page and "/undo/" not in page
    pk = BlockedDomain.objects.get().pk
    desk.post(f"/customers/blocked/domains/{pk}/undo/", {"restore": "1"})
    held.refresh_from_db()
    assert held.folder == Ticket.Folder.DESK
