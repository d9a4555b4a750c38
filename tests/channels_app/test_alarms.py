"""Trouble is told once, by another way than the failing one, and once more when it is over."""

import base64
import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID as Key

import pytest
from django.utils import timezone
from django.utils.translation import override

from channels_app import alarms, courier, health, inbound, notices
from channels_app.models import Channel, Grant, InboundRecord, Incident, Reconciliation
from helpdesk.embedded.processes import wait_for
from helpdesk.secrets import decrypt
from tests.mailservers import Dovecot, Postfix
from tickets import intake, replies
from tickets.models import Delivery

pytestmark = pytest.mark.django_db
NOW = timezone.now()
UUID = Key(int=7)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def box(mailbox: Channel) -> Channel:
    """A mailbox that was fetched a moment ago."""
    mailbox.config = {**mailbox.config, "imap_host": "imap.desk.example"}
    mailbox.last_good_at = NOW
    mailbox.save()
    Channel.objects.update(connected_at=NOW - timedelta(days=9))
    return mailbox


def silent(box: Channel, minutes: int, error: str = "") -> None:
    Channel.objects.filter(pk=box.pk).update(last_good_at=NOW - minutes * MINUTE, last_error=error)


def kinds(now=NOW) -> list[str]:
    return [kind for kind, _channel, _facts in alarms.troubles(now)]


def mails() -> list[EmailMessage]:
    """The notices that wait, as they will be read."""
    waiting = Delivery.objects.filter(kind="notice").order_by("pk")
    raw = [base64.b64decode(decrypt(one.payload["mail"])) for one in waiting]
    return [email.message_from_bytes(one, policy=email.policy.default) for one in raw]


def told() -> list[str]:
    return [mail["Subject"] for mail in mails()]


class TestTrouble:
    def test_all_is_well(self, box):
        assert kinds() == []

    @pytest.mark.parametrize(("minutes", "wrong"), [(14, []), (16, ["fetching"])])
    def test_a_mailbox_that_is_not_fetched(self, minutes, wrong, box):
        silent(box, minutes)
        assert kinds() == wrong

    def test_how_long_is_the_mailboxes_own_choice(self, box):
        box.config["alarm_minutes"] = 60
        box.save()
        silent(box, 40)
        assert kinds() == []

    @pytest.mark.parametrize(
        "fields", [{"is_active": False}, {"config": {}}, {"config": {"imap_host": ""}}], ids=str
    )
    def test_one_that_is_not_to_be_fetched_is_no_trouble(self, fields, box):
        silent(box, 99)
        Channel.objects.update(**fields)
        assert kinds() == []

    def test_a_mailbox_connected_a_moment_ago_has_time(self, box):
        Channel.objects.update(last_good_at=None, connected_at=NOW)
        assert kinds() == []
        Channel.objects.update(connected_at=NOW - timedelta(hours=1))
        assert kinds() == ["fetching"]

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"revoked_at": NOW}, ["consent"]),
            ({"failed_at": NOW - 5 * MINUTE}, []),
            ({"failed_at": NOW - 20 * MINUTE}, ["consent"]),
        ],
        ids=["revoked", "failed a moment ago", "failing for long"],
    )
    def test_consent(self, fields, wrong, box):
        Grant.objects.create(channel=box, provider="google", expires_at=NOW, granted_at=NOW, **fields)
        assert kinds() == wrong

    def test_mail_that_nobody_reads(self, box):
        record = inbound.journal(box, "x", b"x")
        assert kinds() == []
        InboundRecord.objects.filter(pk=record.pk).update(received_at=NOW - 20 * MINUTE)
        assert kinds() == ["waiting"]
        InboundRecord.objects.update(is_bulk=True)
        assert kinds() == []

    def test_a_quarantine_that_grows(self, box):
        for number in range(alarms.MANY):
            assert kinds() == []
            inbound.journal(box, f"{number}", b"x")
            InboundRecord.objects.update(state="quarantined")
        assert kinds() == ["quarantine"]
        silent(box, -120)
        assert kinds(NOW + timedelta(hours=2)) == []

    def test_answers_that_do_not_go_out(self, box, written, alice):
        delivery = replies.send(
            intake.receive(written()).ticket, author=alice, body="x", key=UUID
        ).deliveries.get()
        assert kinds(timezone.now()) == []
        Delivery.objects.update(
            created_at=NOW - 20 * MINUTE, due_at=NOW + 20 * MINUTE, attempts=3, error="No."
        )
        (found,) = alarms.troubles(timezone.now())
        assert found == ("sending", box.pk, {"count": 1, "reason": "No."})
        Delivery.objects.filter(pk=delivery.pk).update(state="sent")
        assert kinds() == []

    def test_a_reply_that_is_to_go_later_is_no_trouble(self, box, written, alice):
        replies.send(intake.receive(written()).ticket, author=alice, body="x", key=UUID)
        Delivery.objects.update(created_at=NOW - timedelta(days=1), due_at=NOW + timedelta(days=1))
        assert kinds() == []

    def test_mail_that_is_missing(self, box):
        row = Reconciliation.objects.create(
            channel=box, folder="INBOX", use="fetched", day=NOW.date(), missing=[1, 2]
        )
        assert list(alarms.troubles(NOW)) == [("missing", box.pk, {"count": 2})]
        Reconciliation.objects.filter(pk=row.pk).update(use="junk")
        assert kinds() == []

    def test_nothing_is_wrong_while_old_mail_comes_in(self, box):
        Reconciliation.objects.create(channel=box, folder="INBOX", use="fetched", day=NOW.date(), missing=[1])
        Channel.objects.update(backlog_left=10)
        assert kinds() == []


class TestTelling:
    def test_once_when_it_begins_and_once_when_it_is_over(self, box, sam, alice):
        silent(box, 20, "imap.desk.example does not answer on port 993.")
        for minute in range(3):
            alarms.watch(NOW + minute * MINUTE)
        assert told() == ["Alarm: Mail is not fetched (Support)"]
        notice = Delivery.objects.get()
        assert notice.recipients == {"to": [sam.email]}
        assert "imap.desk.example does not answer on port 993." in mails()[0].get_content()
        silent(box, 0)
        alarms.watch(NOW + 4 * MINUTE)
        assert len(told()) == 1
        silent(box, -9)
        alarms.watch(NOW + 9 * MINUTE)
        assert told()[1:] == ["Over: Mail is not fetched (Support)"]
        assert Incident.objects.get().ended_at == NOW + 9 * MINUTE

    def test_trouble_that_comes_and_goes_is_one(self, box, sam):
        for minute in range(12):
            silent(box, 20 - minute if minute % 2 == 0 else -minute)
            alarms.watch(NOW + minute * MINUTE)
        assert told() == ["Alarm: Mail is not fetched (Support)"]

    def test_two_watchers_at_once_tell_it_once(self, box, sam):
        silent(box, 20)
        alarms.watch(NOW)
        alarms.watch(NOW)
        assert Incident.objects.count() == len(told()) == 1

    def test_it_is_never_sent_to_the_failing_mailbox_itself(self, box, ada):
        ada.email = box.address
        ada.save()
        silent(box, 20)
        alarms.watch(NOW)
        assert told() == []

    @pytest.mark.parametrize("kind", Incident.Kind.values)
    @pytest.mark.parametrize("language", ["ru", "hu"])
    def test_every_kind_has_its_sentence(self, kind, language, box):
        facts = {"count": 3, "minutes": 20, "reason": "No."}
        incident = Incident(kind=kind, channel=box, facts=facts)
        english = alarms.sentence(incident)
        assert alarms.sentence(Incident(kind=kind)) != english
        with override(language):
            assert alarms.sentence(incident) != english

    def test_another_mailbox_sends_it(self, box):
        other = Channel.objects.create(
            kind="email", name="A", address="a@desk.example", config={"smtp_host": "mx.desk.example"}
        )
        third = Channel.objects.create(
            kind="email", name="B", address="b@desk.example", config={"smtp_host": "mx.desk.example"}
        )
        Incident.objects.create(kind="sending", channel=other, began_at=NOW, seen_at=NOW)
        assert notices._chosen_mailbox(box.pk) == third
        third.delete()
        assert notices._chosen_mailbox(box.pk) == other
        other.delete()
        assert notices._chosen_mailbox(box.pk) == box

    @pytest.mark.dovecot
    @pytest.mark.postfix
    def test_it_arrives(self, box, sam, dovecot: Dovecot, postfix: Postfix):
        sam.email = "erin@mail.example"
        sam.save()
        dovecot.empty(sam.email)
        Channel.objects.create(
            kind="email",
            name="Returns",
            address="returns@desk.example",
            config={"smtp_host": "127.0.0.1", "smtp_port": postfix.port, "smtp_security": "none"},
        )
        silent(box, 20)
        alarms.watch(NOW)
        courier.drain()
        assert Delivery.objects.get().state == "sent"
        wait_for(lambda: bool(dovecot.inbox(sam.email)), 10)
        mail = dovecot.inbox(sam.email)[0]
        assert b"From: Help desk <returns@desk.example>" in mail
        assert b"Subject: Alarm: Mail is not fetched (Support)" in mail
        assert b"/settings/health/" in mail

    def test_with_no_mailbox_to_send_it_waits(self, box, sam):
        Channel.objects.update(config={"imap_host": "imap.desk.example"})
        silent(box, 20)
        alarms.watch(NOW)
        courier.drain()
        assert Delivery.objects.get().state == "pending"


class TestSeeing:
    @pytest.mark.parametrize("who", ["ada", "sam"])
    def test_those_in_charge_see_it_on_every_page(self, who, client, box, request):
        client.force_login(request.getfixturevalue(who))
        assert b'class="alarm' not in client.get("/tickets/").content
        silent(box, 20)
        alarms.watch(NOW)
        page = client.get("/tickets/").content.decode()
        assert "Support: Mail has not been fetched for 20 minutes." in page
        assert "Mail has not been fetched" in client.get("/settings/health/").content.decode()

    def test_agents_do_not(self, client, box, alice):
        silent(box, 20)
        alarms.watch(NOW)
        client.force_login(alice)
        assert b'class="alarm' not in client.get("/tickets/").content
        assert client.get("/settings/health/").status_code == 403

    def test_a_mailbox_shows_what_it_had_within_a_day(self, client, box, ada):
        Incident.objects.create(
            kind="fetching", channel=box, began_at=NOW - 9 * MINUTE, seen_at=NOW, ended_at=NOW
        )
        client.force_login(ada)
        page = client.get(f"/settings/mailboxes/{box.pk}/health/").content.decode()
        assert "Mail is not fetched:" in page


def test_health_counts_what_waits_and_how_late_mail_is(box, written, alice, django_assert_num_queries):
    record = inbound.journal(box, "x", b"x", arrived_at=timezone.now() - timedelta(seconds=90))
    inbound.journal(box, "y", b"x", arrived_at=timezone.now() - timedelta(days=400), is_bulk=True)
    replies.send(intake.receive(written()).ticket, author=alice, body="x", key=UUID)
    with django_assert_num_queries(5):
        (found,) = health.of_all([box])
    assert (found.arrived, found.waiting, found.old_waiting, found.unsent, found.failed) == (1, 1, 1, 1, 0)
    assert timedelta(seconds=89) < found.lag < timedelta(seconds=95)
    assert found.verdict == "ok"
    InboundRecord.objects.filter(pk=record.pk).update(state="quarantined")
    assert health.of_all([box])[0].quarantined == 1


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"is_active": False}, "off"),
        ({"last_error": "No."}, "bad"),
        ({"last_good_at": None}, "new"),
        ({}, "ok"),
    ],
    ids=str,
)
def test_the_verdict_of_a_mailbox(fields, verdict, box):
    Channel.objects.update(**fields)
    assert health.of_all(list(Channel.objects.all()))[0].verdict == verdict
