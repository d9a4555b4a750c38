"""An admin who posts whatever they like into Django admin: what must stay as it is stays, and says why."""

import uuid
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import Model
from django.template.response import TemplateResponse
from django.test import Client

from channels_app.models import Channel, Flood, Grant, Hook, OAuthClient
from channels_app.webhooks.models import Webhook
from helpdesk import secrets
from helpdesk.accounts.admin.people import UserForm
from helpdesk.accounts.models import AuditEntry, Company, Membership, ServiceAccount, Team, User
from helpdesk.showcase import ReadOnly
from tests.architecture.source import APPS
from tests.helpdesk import test_admin
from tests.helpdesk.test_admin import desk, no_menu, office, page, registered, session, standing
from tests.people import PASSWORD, hire
from tickets.models import Customer, Event, Identity, ImportRun, Organisation, PicturePermission, Ticket

# The menu beside each page is half of its cost; `test_admin` looks at pages with it.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_menu")]
__all__ = ["desk", "no_menu", "office", "session", "standing"]
company, orders, alice = test_admin.company, test_admin.orders, test_admin.alice
ada, mailbox, written = test_admin.ada, test_admin.mailbox, test_admin.written

SECRET = "kettle-zeppelin-lamp"
MAY_ADD = {ImportRun}  # by a form that hands the file to a verb
NO_TEAMS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


def shown_only() -> list[type[Model]]:
    return [model for model in registered() if isinstance(admin.site._registry[model], ReadOnly)]


def state() -> dict[str, str]:
    """A sum over all rows of each table of ours, but for what tells of the walk itself."""
    models = [model for model in admin.site._registry if model.__module__.partition(".")[0] in APPS]
    tables = [
        each._meta.db_table for each in [*models, Identity, Membership] if each not in (AuditEntry, User)
    ]
    asked = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(row::text, ' ' ORDER BY row::text)) FROM {table} AS row"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return dict(cursor.fetchall())


@pytest.fixture(scope="module")
def untouched(standing: dict[str, Any]) -> dict[str, str]:
    """The sums as every test finds them."""
    return state()


def garbage(model: type[Model]) -> dict[str, str]:
    """A value for each column, by its own name: what a form that does not exist would send."""
    return {field.name: "1" for field in model._meta.concrete_fields} | {"post": "yes", "_save": "Save"}


@pytest.mark.parametrize("model", shown_only(), ids=lambda model: model.__name__)
def test_no_post_changes_what_is_only_shown(office: Client, untouched, model, monkeypatch):
    office.raise_request_exception = False
    row = model._default_manager.order_by("pk").first()
    doors = [page(model, "change", row.pk), page(model, "delete", row.pk), page(model, "history", row.pk)]
    if model not in MAY_ADD:
        doors.append(page(model, "add"))
    for url in doors:
        assert office.post(url).status_code in (200, 400, 403, 405), url
    with monkeypatch.context() as unread:
        unread.setattr(TemplateResponse, "rendered_content", "")  # the same page, whatever is sent
        for url in doors:
            for body in (garbage(model), {**garbage(model), "_popup": "1", "_to_field": "id"}):
                assert office.post(url, body).status_code in (200, 400, 403, 405), url
    chosen = {"_selected_action": [row.pk], "select_across": "1", "post": "yes"}
    for action in ("delete_selected", "no_such_action", ""):
        assert office.post(page(model, "changelist"), {**chosen, "action": action}).status_code < 500
    edited = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": row.pk, "_save": "Save"}
    assert office.post(page(model, "changelist"), {**edited, **garbage(model)}).status_code < 500
    assert state() == untouched


@pytest.mark.parametrize("model", registered(), ids=lambda model: model.__name__)
def test_nonsense_breaks_no_page(office: Client, model):
    """Ids of nothing, other tables' fields, forms without their management: an answer, never a crash."""
    office.raise_request_exception = False
    for what, args in (("change", ["2000000000"]), ("change", ["x'--"]), ("delete", ["2000000000"])):
        for method in (office.get, office.post):
            assert method(page(model, what, *args)).status_code < 500
    queries = ("?o=99", "?p=x", "?q=%00", "?e=1", "?password__startswith=a", "?user__password=a", "?id__in=x")
    for query in queries:
        assert office.get(page(model, "changelist") + query).status_code < 500, query
    if model not in shown_only():
        row = admin.site._registry[model].get_queryset(request_of(office)).first()
        assert office.post(page(model, "change", row.pk), {"name": "x"}).status_code < 500
        assert office.post(page(model, "add"), garbage(model)).status_code < 500


def request_of(office: Client) -> Any:
    return office.get("/admin/").wsgi_request


def test_imports_of_nothing_are_not_found(office):
    for act in ("start", "stop"):
        assert office.post(f"/admin/tickets/importrun/2000000000/{act}/").status_code == 404


def test_no_page_holds_a_secret(office, desk, ada, alice):
    """Whatever is kept encrypted or as a digest is on no list, no record, no history, no search."""
    Channel.objects.update(secrets={"imap_password": SECRET, "smtp_password": SECRET, "hook": SECRET})
    for model in (OAuthClient, Grant, Webhook):
        model._default_manager.update(secrets={"current": SECRET})
    totp = {"secret": secrets.encrypt(SECRET)}
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data=totp)
    alice.set_password(SECRET)
    alice.save()
    hidden = [SECRET, alice.password, alice.tokens.get().digest]
    for model in registered():
        urls = [page(model, "changelist")]
        for row in admin.site._registry[model].get_queryset(request_of(office))[:3]:
            urls += [page(model, what, row.pk) for what in ("change", "history", "delete")]
        for url in urls:
            content = office.get(url).content.decode()
            assert not [each for each in hidden if each in content], url


WHY = {
    User: "deactivated, not deleted",
    ServiceAccount: "deactivated, not deleted",
    Company: "it stays",
    Channel: "switched off, not deleted",
    Customer: "belong to them",
    Organisation: "give them another one first",
    Team: "give them to another team first",
    Ticket: "part of the history",
}


@pytest.mark.parametrize("model", WHY, ids=lambda model: model.__name__)
def test_what_others_hang_on_is_kept_and_the_page_says_why(office, desk, model):
    Customer.objects.update(organisation=Organisation.objects.first())
    row = admin.site._registry[model].get_queryset(request_of(office)).order_by("pk").first()
    before = state()
    for method in (office.get, office.post):
        answer = method(page(model, "delete", row.pk), {"post": "yes"})
        assert answer.status_code == 403 and WHY[model] in answer.content.decode()
    listed = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    office.post(page(model, "changelist"), listed)
    assert state() == before


def test_an_organisation_of_nobody_goes_and_it_is_told(office, desk, ada):
    empty = Organisation.objects.first()
    pk = empty.pk
    assert office.post(page(Organisation, "delete", pk), {"post": "yes"}).status_code == 302
    told = Event.objects.get(kind=Event.Kind.ORGANISATION_REMOVED)
    assert (told.user, told.data) == (ada, {"organisation": pk})
    Organisation.objects.create(name="Hillside")
    chosen = {"action": "delete_selected", "_selected_action": [Organisation.objects.get().pk], "post": "yes"}
    office.post(page(Organisation, "changelist"), chosen)
    assert (
        not Organisation.objects.exists() and Event.objects.filter(kind="organisation_removed").count() == 2
    )


def test_changes_to_organisations_are_told(office, ada):
    office.post(page(Organisation, "add"), {"name": "Hillside", "domains": "", "notes": ""})
    made = Organisation.objects.get(name="Hillside")
    office.post(page(Organisation, "change", made.pk), {"name": "Hillside", "domains": "lake.example"})
    told = Event.objects.filter(kind__startswith="organisation").order_by("id")
    assert [(each.kind, each.user, each.data) for each in told] == [
        ("organisation_made", ada, {"organisation": made.pk}),
        ("organisation_changed", ada, {"organisation": made.pk, "fields": ["domains"]}),
    ]


def person(user: User, **fields: object) -> dict[str, object]:
    names = ("email", "name", "role", "language", "time_zone", "theme", "signature", "undo_seconds")
    kept = {name: getattr(user, name) for name in names}
    return {**kept, "is_active": "on", **NO_TEAMS, **fields}


@pytest.mark.parametrize("taken", [{"role": "agent"}, {"is_active": ""}], ids=str)
def test_the_last_admin_stays_one_whoever_asks(office, ada, taken):
    """Two who take each other's rights away at once: the second is refused, as nobody else is left."""
    zoe = hire("zoe@desk.example", "Zoe", User.Role.ADMIN)
    programs_count_for_nothing = ServiceAccount.objects.create(
        email="p@x.example", role="admin", is_program=True
    )
    assert programs_count_for_nothing.is_admin
    User.objects.filter(pk=ada.pk).update(role=User.Role.AGENT)  # by Zoe, a moment ago
    form = UserForm({**person(zoe), **taken}, instance=User.objects.get(pk=zoe.pk))
    assert not form.is_valid() and "last admin" in str(form.errors)
    User.objects.filter(pk=ada.pk).update(role=User.Role.ADMIN)
    assert UserForm({**person(zoe), **taken}, instance=User.objects.get(pk=zoe.pk)).is_valid()


def test_nobody_takes_their_own_password_away(office, ada):
    office.post(f"/admin/accounts/user/{ada.pk}/password/", {"usable_password": "false"})
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_no_two_colleagues_write_from_one_address(office, alice, bob):
    url = page(User, "change", bob.pk)
    assert office.post(url, person(bob, email="ALICE@desk.example")).status_code == 200
    assert office.post(url, person(bob, further_addresses="Alice@desk.example")).status_code == 200
    assert (
        office.post(url, person(bob, further_addresses="bob@home.example, Bob@home.example")).status_code
        == 302
    )
    bob.refresh_from_db()
    assert bob.further_addresses == ["bob@home.example"]
    taken = page(User, "change", alice.pk)
    assert office.post(taken, person(alice, further_addresses="bob@home.example")).status_code == 200


def inline(customer: Customer, identity: Identity, **fields: object) -> dict[str, object]:
    first = {"id": identity.pk, "customer": customer.pk, "kind": identity.kind, "value": identity.value}
    forms = {f"identities-0-{name}": value for name, value in {**first, **fields}.items()}
    own = {"name": customer.name, "importance": customer.importance}
    return {**own, "identities-TOTAL_FORMS": "1", "identities-INITIAL_FORMS": "1", **forms}


def only_address(customer: Customer) -> Identity:
    customer.identities.exclude(value="carol@mail.example").delete()
    return customer.identities.get()


def test_a_customer_keeps_an_address(office, carol):
    url, known = page(Customer, "change", carol.pk), only_address(carol)
    assert office.post(url, inline(carol, known, DELETE="on")).status_code == 200
    for value in ("no address", "x@", ""):
        assert office.post(url, inline(carol, known, value=value)).status_code == 200
    assert list(carol.identities.all()) == [known]
    nobody = {"name": "Nobody", "identities-TOTAL_FORMS": "0", "identities-INITIAL_FORMS": "0"}
    assert office.post(page(Customer, "add"), nobody).status_code == 200
    assert not Customer.objects.filter(name="Nobody").exists()


def test_another_customers_address_is_not_taken_by_an_inline(office, carol):
    eve = Customer.objects.create(name="Eve")
    theirs = Identity.objects.create(customer=eve, kind="email", value="eve@mail.example")
    office.raise_request_exception = False
    tampered = inline(carol, theirs, value="mine@mail.example")
    assert office.post(page(Customer, "change", carol.pk), tampered).status_code < 500
    theirs.refresh_from_db()
    assert (theirs.customer, theirs.value) == (eve, "eve@mail.example")


def test_a_change_of_a_customer_is_told_like_any_other(office, carol, ada):
    known = only_address(carol)
    office.post(page(Customer, "change", carol.pk), {**inline(carol, known), "country": "hu"})
    told = Event.objects.get(kind=Event.Kind.CUSTOMER_CHANGED)
    assert (told.user, told.data) == (ada, {"customer": carol.pk, "fields": ["country"]})
    carol.refresh_from_db()
    assert carol.country == "HU"
    for wrong in ({"time_zone": "Mars/Base"}, {"country": "H1"}, {"language": "<b>"}):
        assert (
            office.post(page(Customer, "change", carol.pk), {**inline(carol, known), **wrong}).status_code
            == 200
        )


def test_a_membership_of_another_team_is_not_taken_by_an_inline(office, orders, returns, mallory):
    theirs = Membership.objects.get(user=mallory)
    tampered = {
        "name": "Orders",
        "icon": "users",
        "position": "1",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": theirs.pk,
        "memberships-0-team": orders.pk,
        "memberships-0-user": mallory.pk,
        "memberships-0-DELETE": "on",
    }
    office.raise_request_exception = False
    assert office.post(page(Team, "change", orders.pk), tampered).status_code < 500
    assert Membership.objects.get(user=mallory).team == returns


@pytest.mark.parametrize(
    "wrong", [{"audit_days": 0}, {"bin_days": 0}, {"flood_minutes": 0}, {"audit_days": 10**12}], ids=str
)
def test_the_company_keeps_its_history_and_its_bin(office, company, wrong):
    fields = ("name", "language", "time_zone", "reopen_days", "silent_days", "bin_days", "flood_mails")
    kept = {name: getattr(company, name) for name in (*fields, "flood_minutes", "two_factor", "audit_days")}
    kept["quote"] = company.quote
    assert office.post(page(Company, "change", 1), {**kept, **wrong}).status_code == 200
    company.refresh_from_db()
    assert {name: getattr(company, name) for name in wrong} != wrong


def test_settings_leave_their_history(office, desk, ada, returns):
    """Who changed which setting when: in the record's own history, and in the audit log."""
    form = {
        "name": "Support",
        "team": returns.pk,
        "language": "en",
        "is_active": "on",
        "smtp_password": SECRET,
    }
    office.post(page(Channel, "change", desk.channel_id), form)
    team = {"name": "Back", "icon": "users", "position": "3", **NO_TEAMS}
    office.post(page(Team, "change", returns.pk), team)
    for model, pk in ((Channel, desk.channel_id), (Team, returns.pk)):
        assert LogEntry.objects.get(content_type__model=model._meta.model_name, object_id=pk).user == ada
        told = AuditEntry.objects.filter(kind="setting_changed", data__table=model._meta.label_lower).get()
        assert (told.actor, told.data["row"]) == (ada, pk)
        assert str(ada) in office.get(page(model, "history", pk)).content.decode()
        assert SECRET not in str(told.data)


def test_floods_and_pictures_are_decided_by_verbs(office, desk, ada):
    flood, granted = Flood.objects.get(), PicturePermission.objects.get()
    office.post(page(Flood, "changelist"), {"action": "let_through", "_selected_action": [flood.pk]})
    flood.refresh_from_db()
    assert flood.allowed and flood.settled_at
    assert AuditEntry.objects.get(data__table="channels_app.flood").actor == ada
    chosen = {"action": "withdraw", "_selected_action": [granted.pk]}
    office.post(page(PicturePermission, "changelist"), chosen)
    assert not PicturePermission.objects.exists()
    assert Event.objects.get(kind=Event.Kind.PICTURES_CHANGED).user == ada


def test_a_hook_of_a_provider_is_shown_without_its_secret(office, desk):
    hook = Hook.objects.get()
    assert SECRET not in office.get(page(Hook, "change", hook.pk)).content.decode()


def test_a_forged_key_makes_no_second_token(office, ada):
    account = ServiceAccount.objects.create(email="p@x.example", name="Shop", is_program=True)
    office.post("/sign-in/again/", {"password": PASSWORD})
    url = f"/admin/accounts/serviceaccount/{account.pk}/token/"
    form = {"name": "Till", "scopes": ["tickets:read"], "lasts": "30", "key": str(uuid.uuid4())}
    first, second = office.post(url, form), office.post(url, form)
    assert account.tokens.count() == 1
    assert "hd_" in first.content.decode() and 'value="hd_' not in second.content.decode()


def test_the_own_password_is_changed_where_it_is_told(office):
    """Django admin has a page for it that ends no session and tells nobody."""
    assert office.get("/admin/password_change/")["Location"] == "/profile/password/"
    form = {"old_password": PASSWORD, "new_password1": "kettle zeppelin", "new_password2": "kettle zeppelin"}
    assert office.post("/admin/password_change/", form)["Location"] == "/profile/password/"
