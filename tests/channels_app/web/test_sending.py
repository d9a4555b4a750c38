"""How a mailbox sends and what its letters look like, as an admin sets it up."""

import re

import pytest
from django.test import Client

from tests.channels_app.adapters.email.test_relays import GOOD, double  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, ada) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def at(mailbox) -> str:
    return f"/settings/mailboxes/{mailbox.pk}/"


def keep(office: Client, url: str, given: dict[str, object]) -> int:
    return office.post(url, given).status_code


def test_a_provider_is_chosen_and_its_key_never_shown(office, at, mailbox):
    given = {
        "outgoing": "postmark",
        "provider_key": "server-token-1",
        "mails_a_minute": "30",
        "system_mail": "on",
    }
    assert keep(office, f"{at}provider/", given) == 302
    mailbox.refresh_from_db()
    assert (mailbox.config["outgoing"], mailbox.config["mails_a_minute"]) == ("postmark", 30)
    assert mailbox.config["system_mail"] is True
    assert mailbox.secrets["provider_key"] == "server-token-1"
    assert mailbox.config["smtp_host"] == "127.0.0.1", "the server is still there to go back to"
    assert b"server-token-1" not in office.get(f"{at}provider/").content


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"outgoing": "postmark"}, "Postmark wants this key."),
        ({"outgoing": "mailjet", "provider_key": "one"}, "Mailjet wants this key."),
        ({"outgoing": "mailgun", "provider_key": "one", "provider_region": "us-east-1"}, "no such region"),
        ({"outgoing": "pigeon"}, "pigeon"),
        ({"outgoing": "smtp", "mails_a_minute": "0"}, "1"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_kept(given, wrong, office, at, mailbox):
    page = office.post(f"{at}provider/", given)
    assert page.status_code == 422
    assert wrong in page.content.decode()
    mailbox.refresh_from_db()
    assert "outgoing" not in mailbox.config


def test_a_kept_key_is_not_given_to_another_provider(office, at, mailbox):
    keep(office, f"{at}provider/", {"outgoing": "postmark", "provider_key": "one"})
    assert keep(office, f"{at}provider/", {"outgoing": "postmark"}) == 302
    assert keep(office, f"{at}provider/", {"outgoing": "brevo"}) == 422
    assert keep(office, f"{at}provider/", {"outgoing": "smtp"}) == 302


def test_letters_are_written_language_by_language(office, at, mailbox):
    given = {
        "reply_line": "on",
        "en_signature": "{agent}\r\n{company}",
        "hu_footer": "Üdvözlettel",
        "ru_header": " ",
    }
    assert keep(office, f"{at}letters/", given) == 302
    mailbox.refresh_from_db()
    assert mailbox.config["letters"] == {
        "en": {"signature": "{agent}\n{company}"},
        "hu": {"footer": "Üdvözlettel"},
    }
    assert (mailbox.config["subject_number"], mailbox.config["reply_line"]) == (False, True)
    page = office.get(f"{at}letters/").content.decode()
    assert "{agent}\n{company}" in page and "Üdvözlettel" in page


def test_a_new_mailbox_puts_the_number_into_the_subject(office, at):
    page = office.get(f"{at}letters/").content.decode()
    assert re.search(r'<input[^>]*name="subject_number"[^>]* checked', page)


def test_trusted_forwarders_are_domains(office, at, mailbox):
    assert keep(office, f"{at}senders/", {"forwarders": "@Lists.example; example, groups.io"}) == 422
    assert keep(office, f"{at}senders/", {"forwarders": "@Lists.example; groups.io"}) == 302
    mailbox.refresh_from_db()
    assert mailbox.config["forwarders"] == ["lists.example", "groups.io"]
    assert "lists.example, groups.io" in office.get(f"{at}senders/").content.decode()


def test_how_much_is_quoted_is_the_mailboxs_own_choice(office, at, mailbox):
    assert "As everywhere: The message that is answered" in office.get(f"{at}letters/").content.decode()
    assert keep(office, f"{at}letters/", {"quote": "whole"}) == 302
    mailbox.refresh_from_db()
    assert mailbox.config["quote"] == "whole"
    assert '<option value="whole" selected>' in office.get(f"{at}letters/").content.decode()
    assert keep(office, f"{at}letters/", {"quote": "half"}) != 302


@pytest.mark.parametrize("section", ["provider", "letters"])
def test_only_admins_set_this_up(section, client, alice, at):
    client.force_login(alice)
    assert client.get(f"{at}{section}/").status_code in (403, 404)


def test_the_test_mail_goes_through_the_provider(office, at, mailbox, double):  # noqa: F811
    mailbox.config = {"outgoing": "postmark", "provider_url": double.url}
    mailbox.secrets = {"provider_key": "one"}
    mailbox.save()
    double.answer = GOOD["postmark"]
    given = {"channel": mailbox.pk, "smtp_port": 587, "smtp_security": "tls"}
    told = office.post("/settings/mailboxes/test/mail/", given).content.decode()
    assert "on its way" in told
    assert len(double.asked) == 1
    double.status, double.answer = 401, {"Message": "bad key"}
    assert "does not accept this key" in office.post("/settings/mailboxes/test/mail/", given).content.decode()
