import uuid

import pytest

from tests.tickets.web.conftest import HTMX
from tickets import deliveries, fates, replies
from tickets.models import Delivery, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(ticket, alice) -> Delivery:
    delivery = replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4()).deliveries.get()
    fates.delivery_failed(delivery, "550 no such user")
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
    assert b"no such user" not in client.get("/deliveries/").content
    for verb in ("resend", "drop"):
        assert client.post(f"/deliveries/{failed.pk}/{verb}/").status_code == 404
    failed.refresh_from_db()
    assert failed.state == Delivery.State.FAILED


class TestNotices:
    """The desk's own mail that did not go out: only an admin sees it, and decides."""

    @pytest.fixture
    def notice(self) -> Delivery:
        notice = deliveries.queue(Delivery.Kind.NOTICE, recipients={"to": ["bob@desk.example"]})
        Delivery.objects.filter(pk=notice.pk).update(state=Delivery.State.FAILED, error="535 wrong password")
        return notice

    def test_an_admin_sees_it_and_why(self, as_, ada, notice):
        page = as_(ada).get("/deliveries/").content.decode()
        assert "bob@desk.example" in page
        assert "535 wrong password" in page
        assert b"Not sent" in as_(ada).get("/tickets/").content

    @pytest.mark.parametrize(("verb", "state"), [("resend", "pending"), ("drop", "dropped")])
    def test_and_decides(self, verb, state, as_, ada, notice):
        assert as_(ada).post(f"/deliveries/{notice.pk}/{verb}/").url == "/deliveries/"
        notice.refresh_from_db()
        assert notice.state == state

    def test_nobody_else_does(self, as_, alice, sam, notice):
        for colleague in (alice, sam):
            client = as_(colleague)
            assert "wrong password" not in client.get("/deliveries/").content.decode()
            assert client.post(f"/deliveries/{notice.pk}/drop/").status_code == 404

    def test_a_call_of_a_webhook_has_a_page_of_its_own(self, as_, ada):
        call = deliveries.queue(Delivery.Kind.WEBHOOK, lane="7")
        Delivery.objects.filter(pk=call.pk).update(state=Delivery.State.FAILED, error="HTTP 500")
        assert "HTTP 500" not in as_(ada).get("/deliveries/").content.decode()
        assert as_(ada).post(f"/deliveries/{call.pk}/drop/").status_code == 404


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
