"""The palette: commands by name in three languages, for whom they are; tickets and customers one may see."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from knowledge import writing
from knowledge.canned import keeping
from tests.architecture import test_roles
from tests.tickets.web.conftest import HTMX
from tickets import macros, search, views
from tickets.models import Message, Organisation
from tickets.web.palette_commands import PLACES

pytestmark = pytest.mark.django_db
ELSEWHERE = {
    "tickets:home tickets:list": "the views lead there",
    "tickets:new": "an action",
    "tickets:fresh tickets:here tickets:nav tickets:filters": "parts of pages",
    "tickets:batch-menu tickets:new-known": "parts of pages",
    "tickets:palette tickets:palette-found": "the palette itself",
    "tickets:search-hits tickets:search-corrections tickets:search-suggestions": "what is found",
    "health manifest worker offline": "for programs",
    "knowledge:robots knowledge:help-sitemap knowledge:help-theme": "for programs",
    "account_login account_inactive account_signup account_reauthenticate": "signing in",
    "account_reset_password": "signing in",
    "account_reset_password_done account_reset_password_from_key_done account_set_password": "signing in",
    "mfa_authenticate mfa_login_webauthn set_language": "signing in",
    "channels:first-mailbox": "the first steps of a new desk",
    "channels:consent-back": "where a provider leads back to",
}
"""Addresses of pages that are no places of the palette, and why."""


def names(page) -> dict[str, str]:
    """Title → names in the other languages."""
    return {each.title: each.also for _title, group in page.context["groups"] for each in group}


def test_commands_are_named_in_three_languages(desk):
    known = names(desk.get("/palette/"))
    assert "Клиенты" in known["Customers"] and "Ügyfelek" in known["Customers"]
    assert "Статус: Решено" in known["Status: Resolved"]


def test_in_the_readers_own_language_first(as_, alice):
    alice.language = "ru"
    alice.save()
    known = names(as_(alice).get("/palette/"))
    assert "Customers" in known["Клиенты"]


def test_places_are_for_whom_they_are(as_, alice, sam, ada):
    assert "Health of mail" not in names(as_(alice).get("/palette/"))
    assert "Health of mail" in names(as_(sam).get("/palette/"))
    assert "Django admin" not in names(as_(sam).get("/palette/"))
    assert "Django admin" in names(as_(ada).get("/palette/"))


def test_every_place_opens(as_, ada):
    desk = as_(ada)
    for _title, group in desk.get("/palette/").context["groups"]:
        for each in group:
            assert not each.url or desk.get(each.url).status_code in (200, 302), each.title


def test_every_page_that_opens_by_its_name_alone_is_there_for_whom_it_is():
    """By the table of who may what: a new page is a place of the palette, or stands above with a reason."""
    places = {each.place: each.role for each in PLACES if each.place}
    not_here = {name for names in ELSEWHERE for name in names.split()}
    assert not not_here & places.keys()
    wrong = []
    for name, (_anonymous, alice, _mallory, sam, ada, _gone) in test_roles.rows().items():
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        opens = [
            role for role, cell in (("", alice), ("lead", sam), ("admin", ada)) if cell.startswith("yes/")
        ]
        if opens and name not in not_here and places.get(name) != opens[0]:
            wrong.append((name, opens[0], places.get(name)))
    assert not wrong


def test_saved_views_are_those_one_may_use(as_, alice, mallory):
    views.make("Fires", actor=alice, owner=alice, filters={"priority": "urgent"})
    assert "Fires" in names(as_(alice).get("/palette/"))
    assert "Fires" not in names(as_(mallory).get("/palette/"))


def test_macros_and_responses_are_those_one_may_use_and_read_first(as_, alice, mallory, desk, ticket):
    macro = macros.make("Lost by the carrier", steps={"priority": 4}, actor=alice, owner=alice)
    keeping.make("Where it is", wordings={"en": {"body": "On its way."}}, actor=alice, owner=alice)
    assert not {"Lost by the carrier", "Where it is"} & set(names(as_(mallory).get("/palette/")))
    page = desk.get("/palette/")
    assert {"Lost by the carrier", "Where it is"} <= set(names(page))
    groups = dict(page.context["groups"])
    here = {each.title: each.here for group in groups.values() for each in group}
    read = desk.get(here["Lost by the carrier"].replace("/0/", f"/{ticket.number}/"), headers=HTMX)
    assert 'class="macro-preview"' in read.content.decode()
    read = desk.get(here["Where it is"].replace("/0/", f"/{ticket.number}/"))
    assert "On its way." in read.content.decode()
    asked = desk.post("/tickets/batches/", {"number": ticket.number, "macro": macro.pk, "place": "view=mine"})
    assert 'name="place" value="view=mine"' in asked.content.decode()


def test_admins_have_each_mailbox_and_each_table_by_name(as_, ada, sam, mailbox):
    known = names(as_(ada).get("/palette/"))
    assert {"Mailbox: Support", "Teams", "Custom fields"} <= set(known)
    assert "Почтовый ящик: Support" in known["Mailbox: Support"]
    assert not {"Mailbox: Support", "Custom fields"} & set(names(as_(sam).get("/palette/")))


def test_keys_are_shown_as_on_the_sheet(desk):
    page = desk.get("/palette/").content.decode()
    sheet = desk.get("/tickets/").content.decode()
    for _title, group in desk.get("/palette/").context["groups"]:
        for each in group:
            keys = "</kbd> <kbd>".join(each.keys.split())
            assert not each.keys or f"<kbd>{keys}</kbd>" in sheet, each.title
    with override("en"):
        assert 'data-press="e"' in page


def test_tickets_and_customers_are_found(desk, as_, mallory, ticket):
    search.index(Message.objects.values_list("pk", flat=True))
    for query in (str(ticket.number), "parcel", "reyes"):
        assert desk.get(f"/palette/found/?q={query}").context["tickets"] == [ticket], query
        assert as_(mallory).get(f"/palette/found/?q={query}").context["tickets"] == []
    assert [str(each) for each in desk.get("/palette/found/?q=rey").context["customers"]] == ["Carol Reyes"]
    assert as_(mallory).get("/palette/found/?q=rey").context["customers"] == []
    assert desk.get("/palette/found/?q=r").context["customers"] == []


def test_organisations_and_articles_are_found(desk, sam):
    Organisation.objects.create(name="Northwind")
    Organisation.objects.create(name="Lakeside")
    row = writing.begin(title="How to wax a table", language="en", category=None, actor=sam)
    writing.save(row, actor=sam, title="How to wax a table", summary="", html="<p>Thinly.</p>")
    writing.publish(row, actor=sam)
    found = desk.get("/palette/found/?q=north").context
    assert [str(each) for each in found["organisations"]] == ["Northwind"]
    assert desk.get("/palette/found/?q=waxing").context["articles"] == [row]


def test_commands_ask_few_questions(desk, django_assert_max_num_queries):
    desk.get("/palette/")
    with django_assert_max_num_queries(10):
        desk.get("/palette/")


def test_commands_are_found_by_what_other_programs_call_them(desk):
    known = names(desk.get("/palette/"))
    assert {"merge", "объединить", "összevonás"} <= set(known["Make it one with another ticket"].split(" · "))
    assert "merge" in known["Make them one"] and "2FA" in known["Second step at sign-in"]
