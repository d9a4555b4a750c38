import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.canned.models import CannedResponse, RepeatedAnswer

pytestmark = pytest.mark.django_db
GIVEN = {"title": "Opening hours", "shortcut": "hours", "whose": "mine", "is_active": "on"}


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def lead(client, sam):
    client.force_login(sam)
    return client


def test_one_is_made_found_changed_and_removed(desk, alice, company):
    written = {**GIVEN, "body-en": "From {date.today} on.", "body-ru": "С {date.today}.", "status": "waiting"}
    made = desk.post("/canned/new/", {**written, "tag_add": "hours, shop", "channels": ["email"]})
    response = CannedResponse.objects.get()
    assert made["Location"] == f"/canned/{response.pk}/"
    assert (response.owner, response.channels) == (alice, ["email"])
    assert response.steps == {"status": "waiting", "tag_add": ["hours", "shop"]}
    for query in ("q=opening", "q=/hou", "q=From", "whose=mine&order=used"):
        assert b"Opening hours" in desk.get(f"/canned/?{query}").content
    for query in ("q=nothing", "whose=teams", "topic=return"):
        assert b"Opening hours" not in desk.get(f"/canned/?{query}").content
    desk.post(f"/canned/{response.pk}/", {**GIVEN, "title": "Hours", "body-hu": "Ma."})
    response.refresh_from_db()
    assert (response.title, response.steps) == ("Hours", {})
    assert [each.language for each in response.wordings.all()] == ["hu"]
    desk.post(f"/canned/{response.pk}/removal/")
    assert not CannedResponse.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "A response says something in at least one language."),
        ({"body-en": "{customer.nam}"}, "There is no such placeholder: {customer.nam}"),
        ({"body-en": "{if customer.name}"}, "A condition begins with"),
        ({"body-en": "x", "shortcut": "with space"}, "Letters, digits, - and _"),
        ({"body-en": "x", "whose": "everybody"}, "Select a valid choice"),
        ({"body-en": "x" * 20_001}, "at most 20000"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(given, said, desk, company):
    response = desk.post("/canned/new/", {**GIVEN, "body-hu": "Megmarad", **given} if given else GIVEN)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Opening hours" in page
    assert not CannedResponse.objects.exists()


def test_a_language_can_be_added(desk, company):
    page = desk.post("/canned/new/", {**GIVEN, "body-en": "Keep me", "further": "de", "add": "1"})
    assert b'name="body-de"' in page.content and b"Keep me" in page.content
    desk.post("/canned/new/", {**GIVEN, "body-en": "Hi", "body-de": "Hallo"})
    assert [each.language for each in CannedResponse.objects.get().wordings.all()] == ["en", "de"]


def test_who_may_not_change_it_reads_it(desk, late):
    page = desk.get(f"/canned/{late.pk}/").content.decode()
    assert "késik a csomagja." in page and "<textarea" not in page
    for path in ("", "removal/"):
        assert desk.post(f"/canned/{late.pk}/{path}", {**GIVEN, "body-en": "x"}).status_code == 403
    files = {"files": SimpleUploadedFile("a.txt", b"a")}
    assert desk.post(f"/canned/{late.pk}/files/", files).status_code == 403


def test_it_is_tried_on_a_ticket(lead, late, ticket):
    shown = lead.get(f"/canned/{late.pk}/trial/?ticket={ticket.number}").content.decode()
    assert "Hello Carol,\n\nyour parcel is late." in shown
    assert lead.get(f"/canned/{late.pk}/trial/?ticket=99").status_code == 422
    assert lead.get(f"/canned/{late.pk}/trial/").status_code == 200
    assert not ticket.drafts.exists()


def test_files_are_added_saved_and_taken_away(lead, late):
    lead.post(
        f"/canned/{late.pk}/files/", {"files": SimpleUploadedFile("cím ke.txt", b"abc"), "language": "hu"}
    )
    file = late.files.get()
    assert file.language == "hu"
    saved = lead.get(f"/canned/files/{file.pk}/")
    assert b"".join(saved.streaming_content) == b"abc"
    assert saved["Content-Disposition"] == "attachment; filename*=UTF-8''c%C3%ADm%20ke.txt"
    bad = SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 40)
    told = lead.post(f"/canned/{late.pk}/files/", {"files": bad}, follow=True)
    assert b"could do harm" in told.content
    lead.post(f"/canned/files/{file.pk}/removal/")
    assert not late.files.exists()


def test_a_repeated_answer_becomes_a_response_or_goes(lead, sam):
    rows = [
        RepeatedAnswer.objects.create(language="en", text=f"Answer {n}", digest=str(n), times=5, writers=2)
        for n in range(2)
    ]
    page = lead.get("/canned/").content.decode()
    assert "Answer 0" in page and "Written for 5 tickets" in page
    assert b"Give it a name" in lead.post(f"/canned/repeated/{rows[0].pk}/", follow=True).content
    lead.post(f"/canned/repeated/{rows[0].pk}/", {"title": "Often"})
    lead.post(f"/canned/repeated/{rows[1].pk}/", {"leave": "1"})
    assert CannedResponse.objects.get().wordings.get().body == "Answer 0"
    assert "Answer" not in lead.get("/canned/?q=zzz").content.decode()


def test_the_starter_set_is_one_button_of_an_admin(client, ada, sam, company):
    client.force_login(sam)
    assert client.post("/canned/starter-set/").status_code == 403
    client.force_login(ada)
    assert b"74 responses were added." in client.post("/canned/starter-set/", follow=True).content


def test_the_list_tells_its_words_in_the_readers_language_and_shows_gaps(desk, alice):
    alice.language = "ru"
    alice.save()
    desk.post(
        "/canned/new/", {**GIVEN, "body-en": "From {date.today} on.", "body-ru": "С {date.today} у нас."}
    )
    page = desk.get("/canned/").content.decode()
    assert "С … у нас." in page and "From" not in page
