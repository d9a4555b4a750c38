import uuid

import pytest

from tests.tickets.web.conftest import HTMX
from tickets import replies
from tickets.models import Delivery, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(ticket, alice) -> Delivery:
    delivery = replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4()).deliveries.get()
    replies.delivery_failed(delivery, "550 no such user")
    delivery.refresh_from_db()
    return delivery


def test_what_was_not_sent_stands_in_the_list_with_the_reason(desk, failed):
    page = desk.get("/deliveries/").content.decode()
    assert "550 no such user" in page
    assert "carol@mail.example" in page


def test_an_empty_list_says_so(desk):
    assert b"Everything went out" in desk.get("/deliveries/").content


def test_another_team_sees_and_moves_nothing(as_, mallory, failed):
    client = as_(mallory)
    assert b"550" not in client.get("/deliveries/").content
    for verb in ("resend", "drop"):
        assert client.post(f"/deliveries/{failed.pk}/{verb}/").status_code == 404
    failed.refresh_from_db()
    assert failed.state == Delivery.State.FAILED


@pytest.mark.parametrize(("verb", "state"), [("resend", "pending"), ("drop", "dropped")])
def test_a_person_decides_once(verb, state, desk, failed):
    for _ in range(2):
        assert desk.post(f"/deliveries/{failed.pk}/{verb}/", {"from_list": "1"}).url == "/deliveries/"
    failed.refresh_from_db()
    assert failed.state == state
    assert Event.objects.filter(kind=Event.Kind.DELIVERY_RETRIED).count() == 1


def test_on_the_ticket_the_answer_is_the_ticket(desk, failed, ticket):
    fragment = desk.post(f"/deliveries/{failed.pk}/resend/", headers=HTMX).content.decode()
    assert "550 no such user" not in fragment
    assert "Sent once more by Alice Hartmann" in fragment
