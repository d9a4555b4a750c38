import pytest
from django.test import Client

from channels_app import mailboxes
from channels_app.adapters.email.check import Outcome
from channels_app.models import Channel
from channels_app.web import connecting
from channels_app.web.sections import SECTIONS

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
    response = admin.post("/settings/mailboxes/new/", settings())
    channel = Channel.objects.get()
    assert response.url == f"/settings/mailboxes/{channel.pk}/"
    assert channel.addresses == ["orders@desk.example", "shop@desk.example", "sale@desk.example"]
    assert channel.config["imap_host"] == "imap.desk.example"
    assert channel.config["since"] == "2026-11-01"
    assert channel.secrets == {"imap_password": PASSWORD, "smtp_password": PASSWORD}
    assert PASSWORD not in str(channel.config)


@pytest.fixture
def kept(admin) -> Channel:
    """A mailbox with passwords."""
    admin.post("/settings/mailboxes/new/", settings())
    return Channel.objects.get()


def test_a_password_goes_in_and_never_comes_out(admin, kept):
    for section in SECTIONS:
        page = f"/settings/mailboxes/{kept.pk}/{section.slug}/"
        assert PASSWORD not in admin.get(page).content.decode()
        assert (
            PASSWORD not in admin.post(page, settings(imap_port="x", smtp_port="x", name="")).content.decode()
        )
    admin.post(f"/settings/mailboxes/{kept.pk}/incoming/", settings(imap_password=""))
    admin.post(f"/settings/mailboxes/{kept.pk}/sending/", settings(smtp_password="new one"))
    kept.refresh_from_db()
    assert kept.secrets == {"imap_password": PASSWORD, "smtp_password": "new one"}


@pytest.mark.parametrize(("slug", "kind"), [("incoming", "imap"), ("sending", "smtp")])
def test_a_kept_password_is_for_its_own_server_only(slug, kind, admin, kept):
    """Whoever sits at an admin's screen cannot have a password sent to a server of theirs."""
    elsewhere = {f"{kind}_host": "evil.example", f"{kind}_password": ""}
    response = admin.post(f"/settings/mailboxes/{kept.pk}/{slug}/", settings(**elsewhere))
    assert response.status_code == 422
    assert b"Enter the password again" in response.content
    elsewhere |= {"channel": kept.pk}
    told = admin.post(f"/settings/mailboxes/test/{kind}/", settings(**elsewhere)).content
    assert b"Fill in the fields" in told
    admin.post(f"/settings/mailboxes/{kept.pk}/{slug}/", settings(**elsewhere, **{f"{kind}_user": "x"}))
    kept.refresh_from_db()
    assert kept.config[f"{kind}_host"] == f"{kind}.desk.example"


def test_a_section_changes_its_own_settings_and_no_others(admin, kept):
    admin.post(f"/settings/mailboxes/{kept.pk}/general/", {"name": "Other", "address": "other@desk.example"})
    before = Channel.objects.get()
    assert (before.name, before.is_active) == ("Other", False)
    assert before.config == kept.config
    admin.post(f"/settings/mailboxes/{kept.pk}/sending/", settings(smtp_host="mx.example", name="Third"))
    after = Channel.objects.get()
    assert (after.name, after.config["smtp_host"]) == ("Other", "mx.example")
    assert after.config["imap_host"] == "imap.desk.example"


def test_two_admins_at_two_sections_do_not_undo_each_other(kept):
    one, other = Channel.objects.get(), Channel.objects.get()
    mailboxes.change(one, columns={"name": "Other"}, config={"since": "2026-01-01"}, secrets={"x": "1"})
    mailboxes.change(other, config={"from_name": "Ada"}, secrets={"imap_password": ""})
    kept.refresh_from_db()
    assert (kept.name, kept.config["since"], kept.config["from_name"]) == ("Other", "2026-01-01", "Ada")
    assert kept.secrets == {"smtp_password": PASSWORD, "x": "1"}


def test_there_are_no_other_sections(admin, kept):
    assert admin.get(f"/settings/mailboxes/{kept.pk}/nonsense/").status_code == 404


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

    monkeypatch.setitem(connecting.TESTS, what, check)
    fragment = admin.post(f"/settings/mailboxes/test/{what}/", settings()).content.decode()
    assert "The server refused the password." in fragment
    plain = admin.post("/settings/mailboxes/new/", settings(test=what)).content.decode()
    assert "The server refused the password." in plain
    assert tried == [(f"{what}.desk.example", PASSWORD)] * 2
    assert not Channel.objects.exists()


@pytest.mark.parametrize("path", ["/settings/mailboxes/test/imap/", "/settings/mailboxes/{pk}/incoming/"])
def test_a_kept_password_is_used_for_trying(path, admin, kept, monkeypatch):
    seen = []
    monkeypatch.setitem(
        connecting.TESTS, "imap", lambda config, secrets: seen.append(secrets) or Outcome(True, "It opens.")
    )
    data = settings(channel=kept.pk, imap_password="", test="imap")
    assert b"It opens." in admin.post(path.format(pk=kept.pk), data).content
    assert seen[0]["imap_password"] == PASSWORD


def test_something_else_cannot_be_tried(admin):
    assert admin.post("/settings/mailboxes/test/telnet/", settings()).status_code == 404


@pytest.mark.parametrize("who", ["alice", "sam"])
def test_mailboxes_are_for_admins(who, client, mailbox, request):
    client.force_login(request.getfixturevalue(who))
    for path in ("", "new/", f"{mailbox.pk}/", f"{mailbox.pk}/incoming/"):
        assert client.get(f"/settings/mailboxes/{path}").status_code == 403
        assert client.post(f"/settings/mailboxes/{path}", settings()).status_code in (403, 405)
    assert client.post("/settings/mailboxes/test/imap/", settings()).status_code == 403
    assert Channel.objects.count() == 1


class TestConnecting:
    """The address first; the rest follows from it as far as it can be found."""

    def find(self, admin, address: str, path: str = "/settings/mailboxes/new/") -> str:
        return admin.post(path, {"find": "1", "address": address}).content.decode()

    def test_it_asks_for_the_address_alone(self, admin):
        page = admin.get("/settings/mailboxes/new/").content.decode()
        assert 'name="address"' in page
        assert "imap_host" not in page

    @pytest.mark.parametrize("path", ["/settings/mailboxes/new/", "/welcome/mailbox/"])
    def test_a_known_provider_fills_in_its_servers_and_says_what_it_wants(self, path, admin):
        page = self.find(admin, "tallow.pine@gmail.com", path)
        assert 'value="imap.gmail.com"' in page
        assert 'value="smtp.gmail.com"' in page
        assert 'value="tallow.pine@gmail.com"' in page
        assert 'value="Tallow pine"' in page
        assert "app password" in page
        assert not Channel.objects.exists()

    def test_an_unknown_one_is_said_to_be(self, admin, nameserver):
        assert "No servers were found" in self.find(admin, "info@shop.example")

    def test_an_address_that_is_none_or_taken_is_asked_for_again(self, admin, mailbox):
        assert "Another mailbox has this address" in self.find(admin, mailbox.address)
        assert admin.post("/settings/mailboxes/new/", {"find": "1", "address": "x"}).status_code == 422

    def test_one_password_serves_both_ways(self, admin):
        data = settings(same_sign_in="on", smtp_user="", smtp_password="")
        admin.post("/settings/mailboxes/new/", data)
        channel = Channel.objects.get()
        assert channel.config["smtp_user"] == "orders"
        assert channel.secrets == {"imap_password": PASSWORD, "smtp_password": PASSWORD}

    def test_both_ways_are_tried_at_once(self, admin, monkeypatch):
        for kind in ("imap", "smtp"):
            monkeypatch.setitem(
                connecting.TESTS, kind, lambda config, secrets, kind=kind: Outcome(True, f"{kind} opens.")
            )
        told = admin.post("/settings/mailboxes/test/all/", settings(same_sign_in="on")).content.decode()
        assert "imap opens." in told
        assert "smtp opens." in told

    def test_with_no_server_there_is_nothing_to_try(self, admin):
        told = admin.post("/settings/mailboxes/test/all/", settings(imap_host="", smtp_host=""))
        assert b"No server is named" in told.content
