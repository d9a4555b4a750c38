"""Django admin as a whole: for admins alone, every page opens and passes the policy, with few queries."""

from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channels_app.models import Channel, InboundRecord
from channels_app.webhooks import models as webhook_models
from helpdesk import showcase
from helpdesk.accounts.models import (
    AuditEntry,
    Company,
    Holiday,
    Membership,
    Shift,
    Team,
    Token,
    User,
)
from helpdesk.rest.models import Answer
from knowledge.canned.models import ResponseFile, Wording
from knowledge.models import centre as centre_models
from tests import people
from tests.architecture.source import APPS
from tests.architecture.test_templates import offences
from tests.architecture.test_words import own_models
from tests.helpdesk import full_desk
from tests.standing import lent, made
from tickets import drafts
from tickets.models import (
    Attachment,
    Customer,
    Delivery,
    Draft,
    Event,
    Identity,
    Message,
    Reaction,
    Ticket,
    Union,
)

pytestmark = pytest.mark.django_db

INLINE = {Identity, Membership, Shift, Holiday, webhook_models.Answer, Wording, ResponseFile}
INLINE |= {centre_models.Domain, centre_models.CentreChannel}
NEVER_TOUCHED = (
    Ticket,
    Message,
    Attachment,
    Draft,
    Event,
    Reaction,
    Delivery,
    InboundRecord,
    Token,
    AuditEntry,
    Answer,
    Union,
)
MOST_QUERIES = 16
OF_THE_MENU = 3  # of them: it asks whether what there is one of is there already


def registered() -> list[type[Model]]:
    return [model for model in admin.site._registry if model.__module__.partition(".")[0] in APPS]


def page(model: type[Model], what: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


@pytest.fixture(scope="module")
def standing(lasting) -> dict[str, Any]:
    """The desk with its people, and the session of its admin."""
    known = made(people.company, people.orders, people.alice, people.ada, people.mailbox, people.written)
    known["desk"] = full_desk.filled(known["written"], known["company"], known["alice"])
    browser = Client()
    browser.force_login(known["ada"])
    return known | {"session": browser.cookies}


company, orders, alice = lent("company"), lent("orders"), lent("alice")
ada, mailbox, written, desk = lent("ada"), lent("mailbox"), lent("written"), lent("desk")
session = lent("session")


@pytest.fixture
def office(client: Client, db, session: SimpleCookie) -> Client:
    client.cookies = session
    return client


@pytest.fixture
def no_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu of all tables is the same on every page and half of its cost: some tests do without."""
    monkeypatch.setattr(admin.site, "get_app_list", lambda *args, **named: [])


def test_every_table_of_the_desk_is_there():
    assert set(registered()) | INLINE >= {model for model in own_models() if model.__name__ != "Heartbeat"}


def test_nothing_of_djangos_own_offers_a_way_round():
    names = {model.__name__ for model in admin.site._registry}
    assert not names & {"Group", "Permission", "EmailAddress", "EmailConfirmation", "Session"}


@pytest.mark.usefixtures("no_menu")
@pytest.mark.parametrize("model", registered(), ids=lambda model: model.__name__)
def test_every_list_and_every_record_opens_and_passes_the_policy(office, model):
    row = (
        model._default_manager.order_by("-pk").first() if model is not User else User.objects.people().last()
    )
    assert row is not None
    urls = [page(model, "changelist"), page(model, "changelist") + "?q=1001", page(model, "change", row.pk)]
    for url in urls:
        with CaptureQueriesContext(connection) as seen:
            response = office.get(url)
        assert response.status_code == 200, url
        assert list(offences(response.content.decode())) == [], url
        assert len(seen) <= MOST_QUERIES - OF_THE_MENU, [query["sql"] for query in seen]


@pytest.mark.usefixtures("no_menu")
@pytest.mark.parametrize("model", registered(), ids=lambda model: model.__name__)
def test_a_form_for_a_new_one_opens_where_there_may_be_one(office, model, rf, ada):
    request = rf.get("/")
    request.user = ada
    allowed = admin.site._registry[model].has_add_permission(request)
    response = office.get(page(model, "add"))
    assert response.status_code == (200 if allowed else 403)
    assert list(offences(response.content.decode())) == []


@pytest.mark.parametrize("model", NEVER_TOUCHED, ids=lambda model: model.__name__)
def test_what_verbs_write_is_only_shown(office, model):
    row = model._default_manager.order_by("-pk").first()
    before = model._default_manager.count()
    for url in (page(model, "add"), page(model, "change", row.pk), page(model, "delete", row.pk)):
        assert office.post(url, {"post": "yes"}).status_code == 403
    listed = office.post(
        page(model, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk]}
    )
    assert listed.status_code in (200, 302)
    assert model._default_manager.count() == before


@pytest.mark.parametrize("model", [User, Company, Channel, Customer], ids=lambda model: model.__name__)
def test_what_is_set_up_is_not_deleted(office, model):
    row = model._default_manager.first()
    assert office.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("person", ["alice", "sam", "mallory"])
def test_the_rest_of_the_staff_stays_outside(client, request, desk, person):
    client.force_login(request.getfixturevalue(person))
    for url in ("/admin/", page(Ticket, "changelist"), page(User, "add")):
        assert client.get(url).status_code in (302, 403)


def test_the_index_names_what_there_is(office):
    content = office.get("/admin/").content.decode()
    assert all(f'href="{page(model, "changelist")}"' in content for model in registered())
    assert list(offences(content)) == []


@pytest.mark.parametrize("what", ["changelist", "add", "change"])
def test_the_menu_beside_a_page_asks_little_and_passes_the_policy(office, desk, monkeypatch, what):
    url = page(Channel, what, *[desk.channel_id] * (what == "change"))
    with CaptureQueriesContext(connection) as beside:
        content = office.get(url).content.decode()
    assert all(f'href="{page(model, "changelist")}"' in content for model in registered())
    assert list(offences(content)) == []
    monkeypatch.setattr(admin.site, "get_app_list", lambda *args, **named: [])
    with CaptureQueriesContext(connection) as alone:
        office.get(url)
    assert len(beside) <= len(alone) + OF_THE_MENU


def test_lists_are_counted_cheaply(office, monkeypatch):
    monkeypatch.setattr(showcase, "COUNTED", 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ticket")
    everything = showcase.QuickPaginator(Ticket.objects.order_by("pk"), 50)
    assert everything.count == Ticket.objects.count()
    assert showcase.QuickPaginator(Ticket.objects.filter(status="open").order_by("pk"), 50).count == 1


def test_a_draft_shows_that_not_what_is_written(office):
    draft = Draft.objects.first()
    for url in (page(Draft, "change", draft.pk), page(Draft, "changelist")):
        assert "My own business" not in office.get(url).content.decode()


def test_a_file_in_a_draft_is_nobody_elses(office, desk, alice):
    draft = drafts.save(desk, author=alice, mode="note", body="")
    file = drafts.attach(draft, name="secret.txt", content=b"s", content_type="text/plain")
    assert "secret.txt" not in office.get(page(Attachment, "changelist")).content.decode()
    assert office.get(page(Attachment, "change", file.pk)).status_code == 302


def test_a_team_with_tickets_stays(office, orders, returns):
    assert office.post(page(Team, "delete", orders.pk), {"post": "yes"}).status_code == 403
    assert office.post(page(Team, "delete", returns.pk), {"post": "yes"}).status_code == 302
    assert list(Team.objects.all()) == [orders]
