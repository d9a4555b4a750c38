"""The suggestion box in the workspace: supervisors decide, agents read and take up tickets."""

import uuid

import pytest

from knowledge.models import HelpCentre, Suggestion, SuggestionComment
from knowledge.suggestions import deciding, posting
from tickets import properties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company")]


@pytest.fixture
def row(carol) -> Suggestion:
    return posting.post(
        "Wrap gifts",
        "For birthdays",
        language="en",
        customer=carol,
        key=uuid.uuid4(),
        centre=HelpCentre(pk=1),
    )


def decision(**fields: str) -> dict[str, str]:
    plain = {"title": "Wrap gifts", "text": "", "language": "en", "shown": "public", "status": "planned"}
    return {**plain, "answer": "From May on.", **fields}


def test_a_supervisor_publishes_and_decides(client, row, sam, django_assert_max_num_queries):
    client.force_login(sam)
    page = f"/suggestions/{row.pk}/"
    with django_assert_max_num_queries(25):
        assert "Save and publish" in client.get(page).content.decode()
    client.post(page, decision(shown="waiting", status="new", publish="1"))
    row.refresh_from_db()
    assert row.shown == "public"
    assert "in five minutes" in client.post(page, decision(), follow=True).content.decode()
    row.refresh_from_db()
    assert (row.status, row.answer) == ("planned", "From May on.")


def test_an_agent_reads_answers_and_decides_nothing(client, row, alice, sam):
    client.force_login(alice)
    page = f"/suggestions/{row.pk}/"
    told = client.get(page).content.decode()
    assert "Save and publish" not in told and "Carol Reyes" in told
    assert client.post(page, decision()).status_code == 403
    other = posting.note("Other", "", language="en", actor=alice, key=uuid.uuid4())
    assert client.post(f"{page}joining/", {"into": other.pk}).status_code == 403
    client.post(f"{page}comments/", {"text": "We like it", "key": uuid.uuid4()})
    said = SuggestionComment.objects.get()
    assert (said.author, said.shown) == (alice, "public")
    assert client.post(f"{page}comments/{said.pk}/", {"shown": "hidden"}).status_code == 403


def test_lists_by_what_waits_and_by_words(client, row, carol, sam):
    client.force_login(sam)
    deciding.change(row, shown="public", actor=sam)
    posting.note("Longer hours", "", language="en", actor=sam, key=uuid.uuid4())
    posting.comment(Suggestion.objects.get(pk=row.pk), "Please", customer=carol, key=uuid.uuid4())
    assert "1 comment waits" in client.get("/suggestions/?show=waiting").content.decode()
    assert "Longer hours" not in client.get("/suggestions/?q=wrap").content.decode()
    assert "Longer hours" not in client.get("/suggestions/?show=new").content.decode()
    assert "No suggestion fits" in client.get("/suggestions/?show=hidden").content.decode()


def test_two_are_united_and_comments_are_let_through(client, row, carol, sam):
    client.force_login(sam)
    deciding.change(row, shown="public", actor=sam)
    said = posting.comment(Suggestion.objects.get(pk=row.pk), "Please", customer=carol, key=uuid.uuid4())
    client.post(f"/suggestions/{row.pk}/comments/{said.pk}/", {"shown": "public"})
    said.refresh_from_db()
    assert said.shown == "public"
    other = posting.note("Gift paper", "", language="en", actor=sam, key=uuid.uuid4())
    told = client.post(f"/suggestions/{row.pk}/joining/", {"into": "nobody"}, follow=True)
    assert "Choose another" in told.content.decode()
    client.post(f"/suggestions/{row.pk}/joining/", {"into": other.pk})
    row.refresh_from_db()
    assert (
        row.merged_into == other and "United with" in client.get(f"/suggestions/{row.pk}/").content.decode()
    )


def test_a_ticket_is_taken_up_by_one_click(client, ticket, alice, mallory):
    properties.set_kind(ticket, "suggestion", actor=alice)
    client.force_login(mallory)
    beside = f"/tickets/{ticket.number}/suggestion/"
    assert client.post(beside).status_code == 404 and not Suggestion.objects.exists()
    client.force_login(alice)
    assert "suggestion/" in client.get(f"/tickets/{ticket.number}/articles/").content.decode()
    assert "Make it a suggestion" in client.get(beside).content.decode()
    for _ in range(2):
        client.post(beside)
    made = Suggestion.objects.get()
    told = client.get(beside, headers={"HX-Request": "true"}).content.decode()
    assert made.title in told and "<html" not in told
    assert f"#{ticket.number}" in client.get(f"/suggestions/{made.pk}/").content.decode()
