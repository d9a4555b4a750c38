"""Service accounts: programs that admins make, which work by tokens and never sign in."""

import re
import uuid

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.test import Client

from helpdesk.accounts import programs, sso
from helpdesk.accounts.models import AuditEntry, Membership, ServiceAccount, Token, User
from tests.api import Program, refused
from tests.people import PASSWORD
from tickets import access, assignment
from tickets.models import Event
from tickets.web import history
from tickets.web.names import Names

pytestmark = pytest.mark.django_db

FORM = {"name": "Till", "scopes": ["tickets:write"], "lasts": "never"}


@pytest.fixture
def office(client: Client, ada: User) -> Client:
    client.force_login(ada)
    client.post("/sign-in/again/", {"password": PASSWORD})
    return client


@pytest.fixture
def shop(ada, orders) -> ServiceAccount:
    made = programs.create(name="Web shop", role="agent", actor=ada)
    Membership.objects.create(team=orders, user=made)
    return made


def new_token(office: Client, account: ServiceAccount) -> Program:
    url = f"/admin/accounts/serviceaccount/{account.pk}/token/"
    page = office.post(url, {**FORM, "key": str(uuid.uuid4())})
    assert "no-store" in page["Cache-Control"]
    secret = re.search(r'value="(hd_[^"]+)"', page.content.decode())[1]
    return Program(Token.objects.get(user=account), secret)


def test_an_admin_makes_one_with_a_team_and_a_token(office, ada, orders, ticket):
    teams = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-team": orders.pk,
    }
    office.post("/admin/accounts/serviceaccount/add/", {"name": "Web shop", "role": "agent", **teams})
    shop = ServiceAccount.objects.get()
    assert shop.is_program and not shop.has_usable_password() and shop.email.endswith("@programs.invalid")
    assert list(shop.teams.all()) == [orders]
    entry = AuditEntry.objects.get(kind="person_made")
    assert (entry.actor, entry.about.pk, entry.data["program"]) == (ada, shop.pk, True)
    till = new_token(office, shop)
    assert till.get("me/").json()["is_program"] is True
    assert till.patch(f"tickets/{ticket.number}/", {"priority": "high"}).status_code == 200
    assert AuditEntry.objects.get(kind="token_made").about.pk == shop.pk
    page = office.get(f"/admin/accounts/serviceaccount/{shop.pk}/change/").content.decode()
    assert "hd_" not in page and f"/admin/accounts/token/?user__id__exact={shop.pk}" in page


def test_what_it_does_is_told_as_a_programs_deed(office, shop, ticket, program, alice):
    new_token(office, shop).patch(f"tickets/{ticket.number}/", {"priority": "high"})
    event = Event.objects.get(kind=Event.Kind.PRIORITY_CHANGED)
    assert event.user.pk == shop.pk
    assert history.sentence(event, Names()).endswith("by Web shop (program)")
    shown = program(alice).get(f"events/{event.pk}/").json()["user"]
    assert shown == {"id": shop.pk, "name": "Web shop", "is_program": True}
    office.post(f"/admin/accounts/serviceaccount/{shop.pk}/token/", {**FORM, "key": str(uuid.uuid4())})
    page = office.get(f"/admin/tickets/event/{event.pk}/change/").content.decode()
    assert f"/admin/accounts/serviceaccount/{shop.pk}/change/" in page
    assert "(program)" in office.get("/admin/tickets/event/?kind__exact=priority_changed").content.decode()


def test_nobody_signs_in_as_one(shop, company, client):
    ServiceAccount.objects.filter(pk=shop.pk).update(password=User(password="").password)
    shop.set_password(PASSWORD)
    shop.save()
    assert authenticate(None, email=shop.email, password=PASSWORD) is None
    client.force_login(shop, backend="helpdesk.accounts.backend.StaffBackend")
    assert client.get("/tickets/").status_code == 302
    mail.outbox.clear()
    client.post("/sign-in/password/", {"email": shop.email})
    assert not any("/sign-in/password/" in each.body for each in mail.outbox)


def test_single_sign_on_does_not_open_it(shop, rf):
    login = type("Login", (), {"is_existing": True, "user": shop})()
    adapter = sso.SingleSignOnAdapter()
    said = sso.Claims(email=shop.email, name="", groups=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sso, "claims", lambda _login: said)
        with pytest.raises(sso.Refused):
            adapter._admit(rf.get("/"), login)


def test_it_is_given_no_ticket_and_no_admin_duty(shop, ticket, alice):
    assert shop not in access.colleagues(ticket)
    with pytest.raises(assignment.CannotTake):
        assignment.assign(ticket, User.objects.get(pk=shop.pk), actor=alice)


def test_deactivated_its_tokens_are_dead(office, shop, ticket):
    till = new_token(office, shop)
    form = {
        "name": "Web shop",
        "role": "agent",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }
    office.post(f"/admin/accounts/serviceaccount/{shop.pk}/change/", form)
    refused(till.get(f"tickets/{ticket.number}/"), 401, "not-signed-in")


def test_its_tokens_outlive_whoever_made_them(office, shop, ticket, ada):
    till = new_token(office, shop)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert till.get(f"tickets/{ticket.number}/").status_code == 200


def test_its_tokens_are_made_by_admins_alone_who_gave_their_password(client, shop, alice, ada):
    url = f"/admin/accounts/serviceaccount/{shop.pk}/token/"
    client.force_login(alice)
    assert client.post(url, {**FORM, "key": str(uuid.uuid4())}).status_code == 302
    client.force_login(ada)
    asked = client.post(url, {**FORM, "key": str(uuid.uuid4())})
    assert asked.status_code == 302 and asked["Location"].startswith("/sign-in/again/")
    assert not Token.objects.exists()


def test_people_and_programs_have_a_table_each(office, shop, alice):
    people = office.get("/admin/accounts/user/").content.decode()
    assert "Alice Hartmann" in people and "Web shop" not in people
    assert "Web shop" in office.get("/admin/accounts/serviceaccount/").content.decode()
    looked_for = office.get(f"/admin/accounts/user/{shop.pk}/change/")
    assert looked_for["Location"] == f"/admin/accounts/serviceaccount/{shop.pk}/change/"
    password = f"/admin/accounts/user/{shop.pk}/password/"
    assert office.post(password, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 404
    assert office.get(f"/admin/accounts/serviceaccount/{alice.pk}/token/").status_code == 404
