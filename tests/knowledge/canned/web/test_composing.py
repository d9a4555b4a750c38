import uuid

import pytest

from knowledge.canned import keeping
from knowledge.canned.models import Use
from tickets.models import Batch

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def at(ticket):
    return f"/tickets/{ticket.number}/canned/"


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


class TestOffers:
    def test_the_composer_gets_options_once(self, desk, at, late, django_assert_max_num_queries):
        desk.get(f"{at}?options")
        with django_assert_max_num_queries(14):
            response = desk.get(f"{at}?options")
        shown = response.content.decode()
        assert 'role="option"' in shown and 'data-shortcut="late"' in shown
        assert "your parcel … is late." in shown  # what is filled in when it is taken
        again = desk.get(f"{at}?options", headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_without_scripts_it_is_a_page(self, desk, at, late):
        page = desk.get(at).content.decode()
        assert f'href="{at}{late.pk}/?mode=reply"' in page

    def test_nobody_else_sees_the_ticket(self, client, mallory, at, late):
        client.force_login(mallory)
        for address in (at, f"{at}?options", f"{at}{late.pk}/"):
            assert client.get(address).status_code == 404

    def test_anothers_own_is_not_offered(self, desk, at, made, bob):
        own = made("Bob's", actor=bob, owner=bob)
        made("Off", is_active=False)
        assert b"data-pk" not in desk.get(f"{at}?options").content
        assert desk.post(f"{at}{own.pk}/", {"mode": "reply"}).status_code == 404


class TestOne:
    def test_it_is_read_filled_in(self, desk, at, ticket, late):
        ticket.customer.language = "de"
        ticket.customer.save()
        for address in (f"{at}{late.pk}/", f"{at}{late.pk}/?preview"):
            page = desk.get(address).content.decode()
            assert "Hello Carol,\n\nyour parcel is late." in page
            assert "There is no wording in DE: this is English." in page
        assert "Tisztelt Carol Reyes!" in desk.get(f"{at}{late.pk}/?language=hu").content.decode()

    def test_what_is_missing_is_told(self, desk, at, made):
        response = made("X", "Order {order.number}")
        assert "Number of the order" in desk.get(f"{at}{response.pk}/?preview").content.decode()

    def test_the_composer_gets_its_words_and_what_was_done(self, desk, at, ticket, made):
        response = made("X", steps={"tag_add": ["late"]})
        given = {"key": str(uuid.uuid4()), "mode": "reply"}
        told = desk.post(f"{at}{response.pk}/", given, headers=JSON).json()
        assert (told["text"], told["html"], told["files"]) == ("Hello there.", "", 0)
        assert "Add tags: late" in told["toast"]
        ticket.refresh_from_db()
        assert ticket.tags == ["late"]
        desk.post(f"/tickets/{ticket.number}/macro-undo/", {"pick": Batch.objects.get().pk})
        assert Use.objects.count() == 1
        given = {"key": str(uuid.uuid4()), "mode": "reply", "words_only": "1"}
        assert desk.post(f"{at}{response.pk}/", given, headers=JSON).json()["toast"] == ""

    def test_without_scripts_its_words_go_into_the_draft(self, desk, at, ticket, late, ada):
        keeping.attach(late, actor=ada, name="a.txt", content=b"a", content_type="text/plain")
        response = desk.post(f"{at}{late.pk}/", {"key": str(uuid.uuid4()), "mode": "note", "language": "hu"})
        assert response["Location"] == f"/tickets/{ticket.number}/#composer"
        draft = ticket.drafts.get()
        assert (draft.mode, draft.attachments.count()) == ("note", 1)
        assert draft.body.endswith("késik a csomagja.")

    def test_actions_for_somebody_who_is_gone_are_told(self, desk, at, made, bob):
        response = made("X", steps={"assignee": bob.pk})
        bob.is_active = False
        bob.save()
        given = {"key": str(uuid.uuid4())}
        told = desk.post(f"{at}{response.pk}/", given, headers=JSON)
        assert (told.status_code, "Assignee" in told.json()["error"]) == (409, True)
        assert desk.post(f"{at}{response.pk}/", given).status_code == 302
        assert not Use.objects.exists()


def test_a_placeholder_is_never_sent(desk, ticket):
    given = {"body": "Order {order.numbr}", "key": str(uuid.uuid4()), "sure": "placeholder:order.numbr"}
    response = desk.post(f"/tickets/{ticket.number}/replies/", given, headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert b"order.numbr" in response.content
    assert not ticket.messages.filter(direction="out").exists()
