"""A mailbox writes to itself: out through Postfix, back through Dovecot, recognised, no ticket."""

import pytest
from django.test import Client
from django.utils import timezone

from channels_app import inbound, trips
from channels_app.models import InboundRecord, RoundTrip
from channels_app.web.trips import PATIENCE
from tests.channels_app.adapters.email.mails import raw
from tests.journeys import desk
from tests.mailservers import PASSWORD
from tickets.models import Ticket


@pytest.fixture
def admin(client: Client, ada) -> Client:
    client.force_login(ada)
    return client


@pytest.mark.django_db(transaction=True)
@pytest.mark.dovecot
@pytest.mark.postfix
def test_a_test_mail_comes_back_and_is_recognised(admin, mailbox, dovecot, postfix, settings):
    settings.SMTP_LISTENER_PORT = 0
    dovecot.empty(mailbox.address)
    mailbox.config = {
        "imap_host": "127.0.0.1",
        "imap_port": dovecot.port,
        "imap_security": "none",
        "imap_user": mailbox.address,
        "smtp_host": "127.0.0.1",
        "smtp_port": postfix.port,
        "smtp_security": "none",
    }
    mailbox.secrets = {"imap_password": PASSWORD}
    mailbox.save()
    with desk.at_work():
        told = admin.post(f"/settings/mailboxes/{mailbox.pk}/trips/", headers={"HX-Request": "true"})
        assert b"Waiting for it" in told.content
        desk.soon(lambda: RoundTrip.objects.get().came_back_at, seconds=10)
        page = admin.get(f"/settings/mailboxes/{mailbox.pk}/trips/{RoundTrip.objects.get().pk}/")
        assert b"Both ways work" in page.content
    assert InboundRecord.objects.get().state == InboundRecord.State.TEST
    assert not Ticket.objects.exists()


@pytest.mark.django_db
def test_one_that_cannot_be_sent_says_why(admin, mailbox):
    told = admin.post(f"/settings/mailboxes/{mailbox.pk}/trips/", headers={"HX-Request": "true"})
    assert b"takes no connection on port 9" in told.content


@pytest.mark.django_db
def test_one_that_stays_away_is_told_of(admin, mailbox):
    trip = trips.begin(mailbox, trips.new_id("desk.example"))
    RoundTrip.objects.update(sent_at=timezone.now() - PATIENCE * 2)
    page = admin.get(f"/settings/mailboxes/{mailbox.pk}/trips/{trip.pk}/")
    assert b"has not come back" in page.content
    assert admin.get(f"/settings/mailboxes/{mailbox.pk}/trips/{trip.pk + 1}/").status_code == 404


@pytest.mark.django_db
def test_a_mail_that_only_pretends_is_a_mail_like_any_other(mailbox):
    record = inbound.journal(mailbox, "x", raw(Message_ID=f"<{trips.new_id('desk.example')}>"))
    inbound.drain()
    record.refresh_from_db()
    assert record.state == InboundRecord.State.DONE
