"""Channels and their journal as an admin sees them."""

import pytest
from django.urls import reverse

from channels_app import inbound
from channels_app.models import Channel, InboundRecord

pytestmark = pytest.mark.django_db

LIST = "admin:channels_app_inboundrecord_changelist"
MAIL = b"""From: Dora <dora@mail.example>
To: support@desk.example
Subject: Away
Message-ID: <a@mail.example>

I am away.
"""


@pytest.fixture
def office(client, ada):
    client.force_login(ada)
    return client


def record(mailbox: Channel, state: str, body: bytes = MAIL) -> InboundRecord:
    made = inbound.journal(mailbox, state, body)
    InboundRecord.objects.filter(pk=made.pk).update(state=state, error="odd", attempts=3)
    return InboundRecord.objects.get(pk=made.pk)


def act(office, action: str, *rows: InboundRecord) -> str:
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return office.post(reverse(LIST), data, follow=True).content.decode()


def test_quarantined_mail_is_tried_again_and_nothing_else_is(office, mailbox, ada):
    quarantined, done = record(mailbox, "quarantined"), record(mailbox, "done")
    assert "Done for 1 row." in act(office, "replay", quarantined, done)
    quarantined.refresh_from_db()
    done.refresh_from_db()
    assert (quarantined.state, quarantined.attempts) == ("pending", 0)
    assert quarantined.envelope["handled_by"] == ada.pk
    assert done.state == "done"


def test_automatic_mail_becomes_a_ticket(office, mailbox):
    automatic = record(mailbox, "automatic")
    act(office, "release", automatic)
    automatic.refresh_from_db()
    assert automatic.state == "done"
    assert automatic.messages.get().ticket.subject == "Away"


def test_what_cannot_become_a_ticket_says_why_and_stays(office, mailbox):
    automatic = record(mailbox, "automatic", b"")
    assert "was left as it is" in act(office, "release", automatic)
    automatic.refresh_from_db()
    assert automatic.state == "automatic"


def test_mail_is_put_aside(office, mailbox):
    rows = [record(mailbox, state) for state in ("quarantined", "automatic", "pending")]
    assert "Done for 2 rows." in act(office, "dismiss", *rows)
    assert sorted(InboundRecord.objects.values_list("state", flat=True)) == [
        "dismissed",
        "dismissed",
        "pending",
    ]


@pytest.fixture
def secretive(mailbox) -> Channel:
    mailbox.secrets = {"imap_password": "open sesame"}
    mailbox.save()
    return mailbox


def form(mailbox: Channel, **fields) -> dict:
    return {"name": mailbox.name, "team": mailbox.team_id, "language": "en", "is_active": "on", **fields}


def test_a_password_goes_in_and_never_comes_out(office, secretive):
    url = reverse("admin:channels_app_channel_change", args=[secretive.pk])
    office.post(url, form(secretive, smtp_password="kettle"))
    secretive.refresh_from_db()
    assert dict(secretive.secrets) == {"imap_password": "open sesame", "smtp_password": "kettle"}
    page = office.get(url).content.decode()
    assert "sesame" not in page
    assert "kettle" not in page
    assert page.count("A password is kept") == 2


def test_an_empty_field_keeps_the_password(office, secretive):
    url = reverse("admin:channels_app_channel_change", args=[secretive.pk])
    assert office.post(url, form(secretive, name="Orders", address="other@desk.example")).status_code == 302
    secretive.refresh_from_db()
    assert dict(secretive.secrets) == {"imap_password": "open sesame"}
    assert (secretive.name, secretive.address) == ("Orders", "support@desk.example")


def test_no_password_lies_readable_in_the_database(secretive):
    with_raw = Channel.objects.raw("SELECT id, secrets AS name FROM channels_app_channel")
    assert "sesame" not in with_raw[0].name


def test_receipts_are_worded_in_the_admin_too(office, mailbox):
    page = office.get(f"/admin/channels_app/channel/{mailbox.pk}/change/")
    given = {name: value for name, value in page.context["adminform"].form.initial.items() if value}
    given |= {"acknowledge": "on", "text_ru": "Номер {number}"}
    office.post(f"/admin/channels_app/channel/{mailbox.pk}/change/", given)
    mailbox.refresh_from_db()
    assert mailbox.config["acknowledge"] is True
    assert mailbox.config["receipts"] == {"ru": {"text": "Номер {number}"}}
    assert mailbox.config["smtp_host"]
