"""Reading, writing and following procedures in the browser, without scripts and with htmx."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knowledge.canned import keeping
from knowledge.models import Picture
from sop import following
from sop.models import Following, Procedure, Wording
from tests.sop.conftest import row

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x06\x00\x00\x00"


@pytest.fixture
def desk(client: Client, alice) -> Client:
    client.force_login(alice)
    return client


def typed(wording: Wording, **fields) -> dict:
    """The form as the page has it."""
    data = {"title": wording.title, "seen": wording.updated_at.isoformat(), "steps": len(wording.steps)}
    for place, step in enumerate(wording.steps):
        told = {"key": step["key"], "title": step["title"], "html": step["html"], "body": ""}
        data |= {f"s{place}-{name}": value for name, value in told.items()}
        for number, choice in enumerate(step["choices"]):
            data |= {f"s{place}-choice{number}": choice["text"], f"s{place}-to{number}": choice["to"]}
    return {**data, **fields}


def test_one_is_begun_written_and_put_before_a_supervisor(desk, chapter, sam):
    begun = desk.post("/procedures/new/", {"title": "Gift wrap", "language": "en", "chapter": chapter.pk})
    wording = Wording.objects.get()
    address = f"/procedures/{wording.procedure_id}/en/"
    assert begun["Location"] == address and "Add the first step" in desk.get(address).content.decode()
    added = desk.post(address, typed(wording, act="add:0"))
    assert added["Location"] == f"{address}#step-0"
    wording.refresh_from_db()
    text = {"s0-title": "Ask for the paper", "s0-body": "Which one?\n- oak\n- pine"}
    choices = {"s0-choice0": "Oak", "s0-to0": "end"}
    desk.post(address, typed(wording, review="1", words="wrapping", **text, **choices))
    wording.refresh_from_db()
    [step] = wording.steps
    assert step["html"] == "<p>Which one?</p><ul><li>oak</li><li>pine</li></ul>"
    assert step["choices"] == [{"key": "1", "text": "Oak", "to": "end"}] and wording.state == "review"
    desk.force_login(sam)
    desk.post(address, typed(wording, publish="1", note="The first"))
    wording.refresh_from_db()
    assert wording.published.note == "The first"
    page = desk.get(f"/procedures/{wording.procedure_id}/").content.decode()
    assert "Ask for the paper" in page and "Oak" in page


def test_steps_are_moved_and_removed_without_losing_what_leads_to_them(desk, edition):
    address = f"/procedures/{edition.wording.procedure_id}/en/"
    desk.post(address, typed(row(edition), act="up:4"))
    assert [step["key"] for step in row(edition).steps] == ["look", "moves", "search", "tell", "gift"]
    desk.post(address, typed(row(edition), act="remove:2"))
    assert [step["key"] for step in row(edition).steps] == ["look", "moves", "tell", "gift"]
    assert [each["to"] for each in row(edition).steps[1]["choices"]] == ["tell", ""]


def test_text_without_the_editor_counts_when_it_was_changed(desk, edition):
    address = f"/procedures/{edition.wording.procedure_id}/en/"
    desk.post(address, typed(row(edition), **{"s0-body": "Is there a scan?"}))
    assert row(edition).steps[0]["html"] == "<p>Is there a scan?</p>"
    desk.post(address, typed(row(edition), **{"s0-body": "Is there a new scan?"}))
    assert row(edition).steps[0]["html"] == "<p>Is there a new scan?</p>"


def test_a_picture_stands_in_its_step(desk, edition):
    address = f"/procedures/{edition.wording.procedure_id}/en/"
    sent = {"s0-picture": SimpleUploadedFile("scan.png", PNG), "s0-alt": "The page of the carrier"}
    desk.post(address, typed(row(edition), **sent))
    assert Picture.objects.get().token in row(edition).steps[0]["html"]
    refused = {"s0-picture": SimpleUploadedFile("x.png", b"<svg/>")}
    assert "no picture" in desk.post(address, typed(row(edition), **refused)).content.decode()


def test_two_who_write_are_told_and_nothing_typed_is_lost(desk, edition):
    address = f"/procedures/{edition.wording.procedure_id}/en/"
    first = typed(row(edition))
    desk.post(address, first)
    told = desk.post(address, {**first, "s0-title": "Mine"}).content.decode()
    assert "Somebody else has saved" in told and 'value="Mine"' in told


def test_versions_are_compared_and_taken_up(desk, edition, sam):
    address = f"/procedures/{edition.wording.procedure_id}/en/"
    desk.force_login(sam)
    desk.post(address, typed(row(edition), publish="1", **{"s0-title": "Look at the tracking page"}))
    page = desk.get(f"{address}versions/2/").content.decode()
    assert "<ins> page</ins>" in page and "Unchanged lines" in page
    assert "first version" in desk.get(f"{address}versions/1/").content.decode()
    desk.post(f"{address}versions/1/restore/")
    assert row(edition).steps[0]["title"] == "Look at the tracking" and row(edition).has_changes


def test_one_more_language_begins_with_the_steps(desk, edition):
    pk = edition.wording.procedure_id
    made = desk.post(f"/procedures/{pk}/translations/", {"language": "hu", "source": "en"})
    assert made["Location"] == f"/procedures/{pk}/hu/"
    assert len(Wording.objects.get(language="hu").steps) == 5


def test_where_it_stands_is_settled(desk, edition, sam, orders):
    pk, place = edition.wording.procedure_id, {"place-chapter": edition.wording.procedure.chapter_id}
    fields = {**place, "place-review_months": "3", "place-importance": "1", "place-teams": orders.pk}
    desk.post(f"/procedures/{pk}/place/", {**fields, "language": "en"})
    assert not Procedure.objects.get().teams.exists()
    desk.force_login(sam)
    desk.post(f"/procedures/{pk}/place/", {**fields, "place-kinds": ["support"], "language": "en"})
    assert list(Procedure.objects.get().teams.all()) == [orders] and Procedure.objects.get().kinds == [
        "support"
    ]
    wrong = desk.post(f"/procedures/{pk}/place/", {**fields, "place-review_months": "x", "language": "en"})
    assert "Enter a whole number" in wrong.content.decode()


def test_all_are_listed_by_category_and_found_as_one_types(
    desk, edition, guide, django_assert_max_num_queries
):
    guide("Change the invoice", words="invoice, tax number")
    page = desk.get("/procedures/?category=lost").content.decode()
    assert "Lost parcels" in page and "The parcel has not come" in page
    with django_assert_max_num_queries(30):
        found = desk.get("/procedures/?q=invoices", headers=HTMX).content.decode()
    assert "<html" not in found and found.index("Change the invoice") < found.index("The parcel has not come")
    assert "The parcel has not come" in desk.get("/palette/found/?q=parcel").content.decode()


def test_beside_the_ticket_one_is_followed_with_one_click(desk, ticket, edition, alice, bob):
    address = f"/tickets/{ticket.number}/procedures/"
    assert address in desk.get(f"/tickets/{ticket.number}/").content.decode()
    panel = desk.get(address, headers=HTMX).content.decode()
    assert "The parcel has not come" in panel and "Words: parcel" in panel
    begun = desk.post(address, {"procedure": edition.wording.procedure_id, "language": "en"}, headers=HTMX)
    assert (
        "Look at the tracking" in begun.content.decode() and "Tell the customer" not in begun.content.decode()
    )
    made = Following.objects.get()
    place = f"{address}{made.pk}/"
    desk.post(f"{place}steps/", {"step": "look", "done": "1"})
    chosen = desk.post(f"{place}steps/", {"step": "moves", "choice": "1"}, headers=HTMX).content.decode()
    assert "Tell the customer a date" in chosen
    desk.force_login(bob)
    assert "Alice Hartmann" in desk.get(place).content.decode()
    refused = desk.post(f"{place}steps/", {"step": "tell", "reason": " "}).content.decode()
    assert "Why is the step left out?" in refused
    desk.post(f"{place}steps/", {"step": "tell", "reason": "They rang us"})
    assert "Steps are left" in desk.post(f"{place}ending/").content.decode()
    desk.post(f"{place}ending/", {"reason": "All is said"})
    made.refresh_from_db()
    assert made.outcome == "otherwise" and "They rang us" in desk.get(place).content.decode()
    history = desk.get(f"/tickets/{ticket.number}/history/").content.decode()
    assert "“The parcel has not come · 1” followed by Alice Hartmann" in history
    desk.post(f"{place}resuming/")
    assert following.begin(ticket, edition, actor=alice) == made


def test_it_is_searched_beside_the_ticket(desk, ticket, guide):
    guide("Change the invoice", words="invoice, tax number")
    found = desk.get(f"/tickets/{ticket.number}/procedures/?q=invoice", headers=HTMX).content.decode()
    assert "Change the invoice" in found and "sop-panel" not in found.partition("hx-target")[0]


def test_of_a_ticket_that_one_may_not_see_nothing_is_seen(client, ticket, edition, alice, mallory):
    made = following.begin(ticket, edition, actor=alice)
    client.force_login(mallory)
    for url in (f"/tickets/{ticket.number}/procedures/", f"/tickets/{ticket.number}/procedures/{made.pk}/"):
        assert client.get(url).status_code == 404 and client.post(url).status_code in (404, 405)


def test_a_canned_response_goes_with_a_step(desk, edition, alice, sam, ticket):
    late = keeping.make("Late", actor=sam, wordings={"en": {"body": "It is late."}})
    address = f"/procedures/{edition.wording.procedure_id}/en/"
    assert "Late" in desk.get(address).content.decode()
    desk.force_login(sam)
    desk.post(address, typed(row(edition), publish="1", **{"s0-response": str(late.pk)}))
    published = row(edition).published
    assert published.steps[0]["links"] == [{"kind": "response", "key": str(late.pk)}]
    desk.force_login(alice)
    begun = following.begin(ticket, published, actor=alice)
    page = desk.get(f"/tickets/{ticket.number}/procedures/{begun.pk}/").content.decode()
    assert f'data-put href="/tickets/{ticket.number}/canned/{late.pk}/?mode=reply"' in page
    late.is_active = False
    late.save()
    assert "data-put" not in desk.get(f"/tickets/{ticket.number}/procedures/{begun.pk}/").content.decode()
