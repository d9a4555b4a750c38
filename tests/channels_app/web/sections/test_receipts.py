"""The words of the receipts, as an admin sets them."""

import pytest
from django.test import Client

from channels_app import mailboxes
from channels_app.models import Channel
from tickets.acknowledging import wording

pytestmark = pytest.mark.django_db
USUAL = {
    f"{part}_{code}": getattr(said, part)
    for code, said in wording.DEFAULTS.items()
    for part in ("expected", "subject", "text")
}


@pytest.fixture
def admin(client: Client, ada) -> Client:
    client.force_login(ada)
    return client


def keep(browser: Client, mailbox: Channel, **fields):
    response = browser.post(f"/settings/mailboxes/{mailbox.pk}/receipts/", {**USUAL, **fields})
    mailbox.refresh_from_db()
    return response


def test_a_new_mailbox_sends_receipts():
    columns = {"name": "Orders", "address": "orders@desk.example"}
    assert mailboxes.connect(columns=columns, config={}, secrets={}).config["acknowledge"] is True


def test_the_page_shows_the_desks_words_in_each_language(admin, mailbox):
    page = admin.get(f"/settings/mailboxes/{mailbox.pk}/receipts/").content.decode()
    for words in ("We have received your message", "Мы получили ваше сообщение", "Megkaptuk üzenetét"):
        assert words in page


def test_own_words_are_kept_and_the_desks_are_not_copied(admin, mailbox):
    assert keep(admin, mailbox, acknowledge="on", expected_hu="két órán belül").status_code == 302
    assert mailbox.config["acknowledge"] is True
    assert mailbox.config["receipts"] == {"hu": {"expected": "két órán belül"}}
    keep(admin, mailbox)
    assert (mailbox.config["acknowledge"], mailbox.config["receipts"]) == (False, {})


def test_a_name_that_nothing_is_filled_in_for_is_an_error(admin, mailbox):
    response = keep(admin, mailbox, text_en="Your {subject} has come")
    assert response.status_code == 422
    assert "Nothing is filled in for {subject}." in response.content.decode()
    assert "receipts" not in mailbox.config


def test_agents_do_not_get_there(client, alice, mailbox):
    client.force_login(alice)
    assert client.get(f"/settings/mailboxes/{mailbox.pk}/receipts/").status_code in (302, 403, 404)
