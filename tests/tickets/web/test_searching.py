"""The search page: chips, hints, corrections, suggestions, where the words stand."""

import json

import pytest

from tests.tickets.web.conftest import HTMX
from tickets import fields, intake, search
from tickets.models import CustomField, Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(ticket) -> Ticket:
    search.index(Message.objects.values_list("pk", flat=True))
    return ticket


def test_operators_are_chips_that_can_be_taken_off(desk, indexed):
    page = desk.get("/tickets/?q=from:carol+parcel")
    assert [(chip.text, chip.without) for chip in page.context["chips"]] == [
        ("from:carol", "view=open&q=parcel")
    ]
    alone = desk.get("/tickets/?q=from:carol").context["chips"]
    assert [chip.without for chip in alone] == ["view=open&q="], "a search stays one"


def test_what_makes_no_sense_is_told(desk, indexed):
    page = desk.get("/tickets/?q=is:opne+parcel").content.decode()
    assert "“opne” is nothing that can be asked for" in page
    assert f"row-{indexed.number}" in page


def test_a_correction_is_offered(desk, indexed):
    page = desk.get("/tickets/?q=parcle").content.decode()
    assert "Did you mean" in page
    assert 'href="/tickets/?q=parcel"' in page
    assert "Did you mean" not in desk.get("/tickets/?q=giraffe").content.decode()


def test_few_hits_ask_for_corrections_once_the_page_is_there(desk, written, indexed):
    odd = intake.receive(written(subject="-", text="My parcle"))
    search.index([odd.pk])
    page = desk.get("/tickets/?q=parcle").content.decode()
    assert "Did you mean" not in page
    assert "/search/corrections/?q=parcle" in page
    assert b'href="/tickets/?q=parcel"' in desk.get("/search/corrections/?q=parcle").content


def test_as_one_types_the_hints_come_with_the_rows(desk, indexed):
    rows = desk.get("/tickets/?q=parcel+is:x&live=1", headers=HTMX).content.decode()
    assert 'id="search-told"' in rows and "hx-swap-oob" in rows and "is:x" in rows
    assert "search-told" not in desk.get("/tickets/?q=parcel", headers=HTMX).content.decode()


def test_suggestions_are_a_list_to_choose_from(desk, indexed):
    page = desk.get("/search/suggestions/?q=is:res").content.decode()
    assert 'role="option"' in page and 'data-text="is:resolved "' in page
    assert desk.get("/search/suggestions/?q=%00&at=999").status_code == 200


def test_where_the_words_stand(desk, as_, mallory, indexed):
    asked = f"/search/hits/?q=parcels&number={indexed.number}&number=x"
    found = json.loads(desk.get(asked).content)
    assert "parcel" in [form.lower() for form in found["forms"]]
    assert str(indexed.number) in found["excerpts"]
    assert json.loads(as_(mallory).get(asked).content) == {"forms": [], "excerpts": {}}


def test_the_ticket_that_was_found_knows_what_was_looked_for(desk, indexed):
    assert b"<search-hits" in desk.get(f"/tickets/{indexed.number}/?q=parcel").content
    assert b"<search-hits" not in desk.get(f"/tickets/{indexed.number}/").content


def test_a_search_asks_few_questions(desk, indexed, django_assert_max_num_queries):
    desk.get("/tickets/?q=parcel")
    with django_assert_max_num_queries(20):
        desk.get("/tickets/?q=parcel")


@pytest.fixture
def size(db) -> CustomField:
    options = [{"value": "l", "labels": {"en": "Large"}}, {"value": "s", "labels": {"en": "Small"}}]
    return CustomField.objects.create(
        of="ticket", key="size", kind="choice", labels={"en": "Size"}, options=options
    )


def test_own_fields_are_filters_of_a_list(desk, size, ticket, written):
    large = intake.receive(written(subject="Large one")).ticket
    Ticket.objects.filter(pk=large.pk).update(custom=fields.changed("ticket", {}, {"size": "l"}))
    form = desk.get("/tickets/filters/").content.decode()
    assert 'name="custom-size"' in form and "Large" in form
    page = desk.get("/tickets/?view=open&custom-size=l")
    assert [row.subject for row in page.context["rows"]] == ["Large one"]
    assert [chip.text for chip in page.context["chips"]] == ["Size: Large"]
    assert desk.get("/tickets/filters/?view=open&custom=size:l").context["form"].initial["custom-size"] == "l"
    assert len(desk.get("/tickets/?view=open&custom-size=").context["rows"]) == 2


def test_own_fields_are_kept_in_a_view(desk, size, alice, ticket):
    given = {"title": "Large", "whose": "me", "view": "open", "order": "urgent", "custom-size": "l"}
    where = desk.post("/views/new/", given).url
    assert desk.get(where).context["chips"][0].text == "Size: Large"
    assert len(desk.get(f"{where}&custom-size=").context["rows"]) == 1, "taken away for once"
