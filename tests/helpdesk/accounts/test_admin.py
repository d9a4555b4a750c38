"""People, teams and the company, set up by an admin."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from helpdesk.accounts.models import Company, Membership, User

pytestmark = pytest.mark.django_db

ADD = "admin:accounts_user_add"
CHANGE = "admin:accounts_user_change"
PASSWORD = "kettle zeppelin lamp"
NO_TEAMS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


@pytest.fixture
def office(client, ada):
    client.force_login(ada)
    return client


def new(**fields) -> dict:
    person = {"email": "Dora@Desk.example", "name": "Dora", "role": "agent", "usable_password": "true"}
    return {**person, "password1": PASSWORD, "password2": PASSWORD, **NO_TEAMS, **fields}


def as_is(user: User, **fields) -> dict:
    kept = {
        name: getattr(user, name)
        for name in ("email", "name", "role", "language", "time_zone", "theme", "undo_seconds")
    }
    return {**kept, "signature": user.signature, "is_active": "on", **NO_TEAMS, **fields}


def test_a_colleague_is_made_with_password_role_and_team(office, orders):
    teams = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-team": orders.pk,
    }
    response = office.post(reverse(ADD), new(role="supervisor", **teams))
    assert response.status_code == 302
    dora = User.objects.get(email="dora@desk.example")
    assert (dora.role, dora.is_superuser, list(dora.teams.all())) == ("supervisor", False, [orders])
    assert authenticate(None, email="dora@desk.example", password=PASSWORD) == dora


def test_a_weak_password_is_refused(office):
    response = office.post(reverse(ADD), new(password1="12345678", password2="12345678"))
    assert response.status_code == 200
    assert not User.objects.filter(name="Dora").exists()


def test_one_address_is_one_colleague_however_it_is_written(office, alice):
    assert office.post(reverse(ADD), new(email="ALICE@desk.example")).status_code == 200
    assert User.objects.filter(email__iexact="alice@desk.example").count() == 1


def test_a_colleague_is_changed(office, alice):
    response = office.post(reverse(CHANGE, args=[alice.pk]), as_is(alice, role="supervisor", language="hu"))
    assert response.status_code == 302
    alice.refresh_from_db()
    assert (alice.role, alice.language) == ("supervisor", "hu")


@pytest.mark.parametrize(
    ("field", "value"), [("language", "xx"), ("time_zone", "Mars/Base"), ("role", "owner")]
)
def test_what_is_not_on_a_list_is_refused(office, alice, field, value):
    assert office.post(reverse(CHANGE, args=[alice.pk]), as_is(alice, **{field: value})).status_code == 200


def test_nobody_becomes_a_superuser_by_a_form(office, alice):
    page = office.get(reverse(CHANGE, args=[alice.pk])).content.decode()
    assert "is_superuser" not in page
    office.post(reverse(CHANGE, args=[alice.pk]), as_is(alice, is_superuser="on", user_permissions="1"))
    alice.refresh_from_db()
    assert not alice.is_superuser
    assert not alice.user_permissions.exists()


def test_nobody_takes_their_own_rights_away(office, ada):
    office.post(reverse(CHANGE, args=[ada.pk]), {**as_is(ada, role="agent"), "is_active": ""})
    ada.refresh_from_db()
    assert (ada.role, ada.is_active) == ("admin", True)


def test_who_is_deactivated_is_out_at_once(office, alice):
    other = Client()
    other.force_login(alice)
    assert other.get(reverse("tickets:list")).status_code == 200
    office.post(reverse(CHANGE, args=[alice.pk]), {**as_is(alice), "is_active": ""})
    assert other.get(reverse("tickets:list")).status_code == 302


def test_a_password_is_set_anew_and_never_shown(office, alice):
    page = office.get(reverse(CHANGE, args=[alice.pk])).content.decode()
    assert alice.password not in page
    url = reverse("admin:auth_user_password_change", args=[alice.pk])
    assert office.get(url).status_code == 200
    office.post(url, {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD})
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_a_member_joins_a_team_once(office, orders, alice):
    url = reverse("admin:accounts_team_change", args=[orders.pk])
    membership = Membership.objects.get(team=orders, user=alice)
    form = {
        "name": "Orders",
        "icon": "users",
        "position": "1",
        "memberships-TOTAL_FORMS": "2",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": membership.pk,
        "memberships-0-team": orders.pk,
        "memberships-0-user": alice.pk,
        "memberships-1-team": orders.pk,
        "memberships-1-user": alice.pk,
    }
    assert office.post(url, form).status_code == 200
    assert orders.memberships.count() == 1


COMPANY = {
    "flood_mails": 30,
    "flood_minutes": 10,
    "name": "Tallow",
    "language": "hu",
    "time_zone": "Europe/Budapest",
    "reopen_days": 7,
    "silent_days": 5,
    "bin_days": 9,
    "quote": "last",
    "two_factor": "nobody",
    "audit_days": 730,
    "promise_minutes": 60,
    "reading_days": 3,
    "day_ends": "18:00",
}


def test_there_is_one_company(office):
    assert office.post(reverse("admin:accounts_company_add"), COMPANY).status_code == 302
    assert (Company.load().pk, Company.load().name, Company.load().bin_days) == (1, "Tallow", 9)
    assert office.get(reverse("admin:accounts_company_add")).status_code == 403
    changed = office.post(reverse("admin:accounts_company_change", args=[1]), {**COMPANY, "open_desk": "on"})
    assert changed.status_code == 302
    assert Company.load().open_desk


@pytest.mark.django_db(transaction=True)
def test_open_pages_of_a_colleague_ask_for_their_rights_anew(office, alice, heard):
    heard()
    office.post(reverse(CHANGE, args=[alice.pk]), {**as_is(alice), "is_active": ""})
    assert f"user-{alice.pk}" in heard()
