import pytest
from django.test import Client

from channels_app.models import Flood, InboundRecord
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
State = InboundRecord.State
MAIL = b"""From: Robot <noreply@shop.example>
To: support@desk.example
Subject: =?utf-8?q?Szab=C3=B3?=
Message-ID: <a1@shop.example>

I am away until Monday.
"""


@pytest.fixture
def broken(mailbox) -> InboundRecord:
    return InboundRecord.objects.create(
        channel=mailbox, source_key="q", state=State.QUARANTINED, body=b"\xff\x00broken", error="no charset"
    )


@pytest.fixture
def automatic(mailbox) -> InboundRecord:
    return InboundRecord.objects.create(
        channel=mailbox, source_key="a", state=State.AUTOMATIC, body=MAIL, size=len(MAIL)
    )


@pytest.fixture
def desk(client: Client, alice) -> Client:
    client.force_login(alice)
    return client


def test_each_tray_shows_its_own(desk, broken, automatic):
    quarantine = desk.get("/quarantine/").content.decode()
    assert "no charset" in quarantine
    assert "noreply@shop.example" not in quarantine
    tray = desk.get("/quarantine/?tab=automatic").content.decode()
    assert "noreply@shop.example" in tray
    assert "Szabó" in tray


def test_the_reason_is_told_in_the_readers_language(desk, broken, alice):
    InboundRecord.objects.update(error="It names no sender.")
    alice.language = "hu"
    alice.save()
    assert "Nincs megadva feladó." in desk.get("/quarantine/").content.decode()


def test_an_empty_tray_says_so(desk):
    assert b"Everything could be read" in desk.get("/quarantine/").content
    assert b"No automatic mail" in desk.get("/quarantine/?tab=automatic").content


def test_bytes_nobody_could_read_are_shown_as_words(desk, broken):
    broken.body = b"<script>alert(1)</script>\x00\xff"
    broken.save()
    page = desk.get(f"/quarantine/{broken.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_the_raw_mail_is_saved_byte_for_byte_and_cannot_act(desk, automatic):
    response = desk.get(f"/quarantine/{automatic.pk}/raw/")
    assert response.content == MAIL
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def test_a_broken_mail_is_read_again(desk, broken):
    for _ in range(2):
        assert desk.post(f"/quarantine/{broken.pk}/replay/").url == "/quarantine/"
    broken.refresh_from_db()
    assert broken.state == State.PENDING


def test_automatic_mail_becomes_a_ticket_once(desk, automatic):
    first, second = (desk.post(f"/quarantine/{automatic.pk}/release/") for _ in range(2))
    assert first.url == second.url == f"/tickets/{Ticket.objects.get().number}/"
    automatic.refresh_from_db()
    assert automatic.state == State.DONE


def test_what_cannot_become_a_ticket_is_told(desk, broken):
    broken.body = b""
    broken.save()
    page = desk.post(f"/quarantine/{broken.pk}/release/", follow=True)
    assert page.status_code == 200


@pytest.mark.parametrize("which", ["broken", "automatic"])
def test_it_can_be_put_aside(which, desk, request):
    record = request.getfixturevalue(which)
    desk.post(f"/quarantine/{record.pk}/dismiss/")
    record.refresh_from_db()
    assert record.state == State.DISMISSED


def test_another_team_reaches_nothing(client, mallory, broken):
    client.force_login(mallory)
    assert b"no charset" not in client.get("/quarantine/").content
    for path in ("", "raw/"):
        assert client.get(f"/quarantine/{broken.pk}/{path}").status_code == 404
    for verb in ("replay", "release", "dismiss"):
        assert client.post(f"/quarantine/{broken.pk}/{verb}/").status_code == 404
    broken.refresh_from_db()
    assert broken.state == State.QUARANTINED


class TestFloods:
    @pytest.fixture
    def flood(self, mailbox) -> Flood:
        return Flood.objects.create(address="carol@mail.example", channel=mailbox, kept=184)

    def test_the_alarm_names_the_address(self, client, alice, flood):
        client.force_login(alice)
        page = client.get("/quarantine/").content.decode()
        assert "carol@mail.example" in page and "184 mails are kept aside" in page

    def test_it_is_loud_in_the_navigation_everywhere(self, client, alice, flood):
        client.force_login(alice)
        page = client.get("/tickets/").content.decode()
        item = page[page.index('id="nav-quarantine"') :]
        assert 'class="count due"' in item[: item.index("</a>")]

    @pytest.mark.parametrize(("what", "allowed"), [("through", True), ("aside", False)])
    def test_it_is_decided_once(self, client, alice, flood, what, allowed):
        client.force_login(alice)
        client.post(f"/quarantine/floods/{flood.pk}/{what}/")
        flood.refresh_from_db()
        assert flood.allowed is allowed and flood.settled_at
        assert "carol@mail.example</strong>" not in client.get("/quarantine/").content.decode()

    def test_another_team_finds_nothing(self, client, mallory, flood):
        client.force_login(mallory)
        assert "carol@" not in client.get("/quarantine/").content.decode()
        assert client.post(f"/quarantine/floods/{flood.pk}/through/").status_code == 404
