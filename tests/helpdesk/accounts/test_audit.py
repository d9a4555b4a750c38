"""Who signed in, changed, took out or read what: told once, in ids and codes, and kept for a while."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app import inbound, mailboxes
from helpdesk.accounts import audit, tasks
from helpdesk.accounts.models import AuditEntry, Company
from tests.people import PASSWORD
from tickets.models import Message

pytestmark = pytest.mark.django_db

NO_TEAMS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


@pytest.fixture
def office(client, ada):
    client.force_login(ada)
    return client


def told(kind: str) -> AuditEntry:
    return AuditEntry.objects.get(kind=kind)


def as_is(user, **fields) -> dict:
    kept = {
        name: getattr(user, name)
        for name in ("email", "name", "role", "language", "time_zone", "theme", "undo_seconds")
    }
    return {**kept, "is_active": "on", **NO_TEAMS, **fields}


def test_signing_in_and_out(client, alice):
    client.post("/sign-in/", {"login": alice.email, "password": PASSWORD}, REMOTE_ADDR="198.51.100.7")
    client.post("/sign-out/")
    entry = told("signed_in")
    assert (entry.actor, entry.about, entry.data) == (alice, alice, {"ip": "198.51.100.7"})
    assert told("signed_out").about == alice


def test_rights_with_what_they_became(office, ada, alice):
    office.post(f"/admin/accounts/user/{alice.pk}/change/", as_is(alice, role="supervisor"))
    entry = told("rights_changed")
    assert (entry.actor, entry.about) == (ada, alice)
    assert entry.data == {"fields": ["role"], "role": "supervisor", "is_active": True}


def test_a_name_is_no_right(office, alice):
    office.post(f"/admin/accounts/user/{alice.pk}/change/", as_is(alice, name="Alice H."))
    assert not AuditEntry.objects.filter(kind="rights_changed").exists()


def test_a_new_colleague(office, ada):
    person = {"email": "dora@desk.example", "name": "Dora", "role": "agent", "usable_password": "true"}
    office.post(
        "/admin/accounts/user/add/", {**person, "password1": PASSWORD, "password2": PASSWORD, **NO_TEAMS}
    )
    entry = told("person_made")
    assert (entry.actor, entry.about.name, entry.data) == (ada, "Dora", {"role": "agent"})


def test_a_password_set_by_an_admin(office, ada, alice):
    form = {
        "usable_password": "true",
        "password1": "kettle zeppelin lamp",
        "password2": "kettle zeppelin lamp",
    }
    office.post(f"/admin/accounts/user/{alice.pk}/password/", form)
    entry = told("password_changed")
    assert (entry.actor, entry.about, entry.data) == (ada, alice, {})


def test_who_joined_a_team(office, ada, orders, bob):
    form = {"name": "Orders", "icon": "users", "position": "1", **NO_TEAMS}
    form |= {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    membership = bob.memberships.get()
    form |= {"memberships-INITIAL_FORMS": "1", "memberships-0-id": membership.pk}
    form |= {"memberships-0-team": orders.pk, "memberships-0-user": bob.pk, "memberships-0-DELETE": "on"}
    office.post(f"/admin/accounts/team/{orders.pk}/change/", form)
    entry = told("teams_changed")
    assert (entry.actor, entry.data) == (ada, {"team": orders.pk, "members": []})


def test_a_setting_of_the_company(office, ada, company):
    kept = {
        name: getattr(company, name)
        for name in ("name", "language", "time_zone", "reopen_days", "silent_days")
    }
    kept |= {
        "flood_mails": 30,
        "flood_minutes": 10,
        "audit_days": 730,
        "bin_days": 9,
        "two_factor": "admins",
        "quote": "last",
        "promise_minutes": 60,
        "reading_days": 3,
        "day_ends": "18:00",
    }
    office.post("/admin/accounts/company/1/change/", kept)
    entry = told("setting_changed")
    assert (entry.actor, entry.data["table"]) == (ada, "accounts.company")
    assert entry.data["fields"] == ["bin_days", "two_factor"]


def test_settings_of_a_mailbox_by_name_and_never_the_password(mailbox, ada):
    new = {"imap_password": "hunter2hunter2"}
    mailboxes.change(mailbox, config={"smtp_port": 25}, secrets=new, actor=ada)
    entry = told("setting_changed")
    assert (entry.actor, entry.data["row"]) == (ada, mailbox.pk)
    assert entry.data["fields"] == ["imap_password", "smtp_port"]
    assert "hunter2" not in str(entry.data)
    mailboxes.change(mailbox, config={"smtp_port": 25}, actor=ada)
    assert AuditEntry.objects.count() == 1  # nothing was changed, nothing is told


def test_reading_a_mail_as_it_arrived(client, alice, mailbox, ticket):
    record = inbound.journal(mailbox, "x", b"From: x@y.example\n\nhello")
    Message.objects.filter(ticket=ticket).update(record=record)
    message = Message.objects.get(ticket=ticket)
    client.force_login(alice)
    client.get(f"/messages/{message.pk}/raw/")
    client.get(f"/quarantine/{record.pk}/raw/")
    entries = AuditEntry.objects.filter(kind="raw_read").order_by("id")
    assert [(entry.actor, entry.data) for entry in entries] == [
        (alice, {"message": message.pk}),
        (alice, {"record": record.pk}),
    ]


def test_it_is_searched_and_cannot_be_changed(office, alice, ada):
    audit.record(AuditEntry.Kind.SIGNED_IN, actor=alice, about=alice, ip="198.51.100.7")
    audit.record(AuditEntry.Kind.SIGNED_IN, actor=ada, about=ada, ip="192.0.2.1")
    entry = AuditEntry.objects.get(actor=alice)
    page = office.get("/admin/accounts/auditentry/?q=alice&kind__exact=signed_in").content.decode()
    assert "198.51.100.7" in page and "192.0.2.1" not in page
    assert office.post(f"/admin/accounts/auditentry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert office.post(f"/admin/accounts/auditentry/{entry.pk}/change/", {"kind": "x"}).status_code == 403


def test_old_entries_are_erased(company, alice):
    Company.objects.update(audit_days=30)
    for days in (29, 31):
        audit.record(AuditEntry.Kind.SIGNED_IN, actor=alice, about=alice, days=days)
        AuditEntry.objects.filter(data__days=days).update(at=timezone.now() - timedelta(days=days))
    tasks.tidy()
    assert [entry.data["days"] for entry in AuditEntry.objects.all()] == [29]
