import pytest
from django.test import Client

from channels_app.adapters.email.check import Outcome
from channels_app.models import Channel
from channels_app.web import mailboxes

pytestmark = pytest.mark.django_db
PASSWORD = "very secret"


@pytest.fixture
def admin(client: Client, ada) -> Client:
    client.force_login(ada)
    return client


def settings(**fields) -> dict[str, object]:
    return {
        "name": "Orders",
        "address": "Orders@desk.example",
        "aliases": "shop@desk.example, sale@desk.example",
        "is_active": "on",
        "imap_host": "imap.desk.example",
        "imap_port": "993",
        "imap_security": "tls",
        "imap_user": "orders",
        "imap_password": PASSWORD,
        "since": "2026-11-01",
        "smtp_host": "smtp.desk.example",
        "smtp_port": "587",
        "smtp_security": "starttls",
        "smtp_user": "orders",
        "smtp_password": PASSWORD,
        **fields,
    }


def test_a_mailbox_is_added(admin):
    assert admin.post("/settings/mailboxes/new/", settings()).url == "/settings/mailboxes/"
    channel = Channel.objects.get()
    assert channel.addresses == ["orders@desk.example", "shop@desk.example", "sale@desk.example"]
    assert channel.config["imap_host"] == "imap.desk.example"
    assert channel.config["since"] == "2026-11-01"
    assert channel.secrets == {"imap_password": PASSWORD, "smtp_password": PASSWORD}
    assert PASSWORD not in str(channel.config)


def test_a_password_goes_in_and_never_comes_out(admin):
    admin.post("/settings/mailboxes/new/", settings())
    channel = Channel.objects.get()
    page = f"/settings/mailboxes/{channel.pk}/"
    assert PASSWORD not in admin.get(page).content.decode()
    assert PASSWORD not in admin.post(page, settings(address="broken")).content.decode()
    admin.post(page, settings(name="Other", imap_password="", smtp_password="new one"))
    channel.refresh_from_db()
    assert channel.name == "Other"
    assert channel.secrets == {"imap_password": PASSWORD, "smtp_password": "new one"}


@pytest.mark.parametrize(
    "wrong",
    [{"address": "x"}, {"aliases": "x"}, {"imap_port": "0"}, {"name": ""}, {"since": "soon"}],
    ids=str,
)
def test_what_cannot_work_is_not_kept(wrong, admin):
    response = admin.post("/settings/mailboxes/new/", settings(**wrong))
    assert response.status_code == 422
    assert b'aria-invalid="true"' in response.content
    assert not Channel.objects.exists()


def test_an_address_belongs_to_one_mailbox(admin, mailbox):
    response = admin.post("/settings/mailboxes/new/", settings(address=mailbox.address.upper()))
    assert b"Another mailbox has this address" in response.content
    assert Channel.objects.count() == 1


def test_the_list_tells_how_each_is_doing(admin, mailbox):
    mailbox.last_error = "[AUTHENTICATIONFAILED]"
    mailbox.save()
    page = admin.get("/settings/mailboxes/").content.decode()
    assert "[AUTHENTICATIONFAILED]" in page
    assert "Trouble" in page


@pytest.mark.parametrize("what", ["imap", "smtp"])
def test_settings_are_tried_before_they_are_kept(what, admin, monkeypatch):
    tried = []

    def check(config, secrets):
        tried.append((config[f"{what}_host"], secrets[f"{what}_password"]))
        return Outcome(ok=False, message="The server refused the password.")

    monkeypatch.setitem(mailboxes.TESTS, what, check)
    fragment = admin.post(f"/settings/mailboxes/test/{what}/", settings()).content.decode()
    assert "The server refused the password." in fragment
    plain = admin.post("/settings/mailboxes/new/", settings(test=what)).content.decode()
    assert "The server refused the password." in plain
    assert tried == [(f"{what}.desk.example", PASSWORD)] * 2
    assert not Channel.objects.exists()


def test_a_kept_password_is_used_for_trying(admin, monkeypatch):
    admin.post("/settings/mailboxes/new/", settings())
    seen = []
    monkeypatch.setitem(
        mailboxes.TESTS, "imap", lambda config, secrets: seen.append(secrets) or Outcome(True, "ok")
    )
    data = settings(channel=Channel.objects.get().pk, imap_password="")
    admin.post("/settings/mailboxes/test/imap/", data)
    assert seen[0]["imap_password"] == PASSWORD


def test_something_else_cannot_be_tried(admin):
    assert admin.post("/settings/mailboxes/test/telnet/", settings()).status_code == 404


@pytest.mark.parametrize("who", ["alice", "sam"])
def test_mailboxes_are_for_admins(who, client, mailbox, request):
    client.force_login(request.getfixturevalue(who))
    for path in ("", "new/", f"{mailbox.pk}/"):
        assert client.get(f"/settings/mailboxes/{path}").status_code == 403
        assert client.post(f"/settings/mailboxes/{path}", settings()).status_code in (403, 405)
    assert client.post("/settings/mailboxes/test/imap/", settings()).status_code == 403
    assert Channel.objects.count() == 1
