"""Whether and how a mailbox asks how it went, as an admin sets it."""

import pytest
from django.test import Client

from channels_app.models import Channel
from tickets.inviting import wording

pytestmark = pytest.mark.django_db
USUAL = {
    f"{part}_{code}": getattr(said, part)
    for code, said in wording.DEFAULTS.items()
    for part in ("subject", "text")
}


def keep(browser: Client, mailbox: Channel, **fields: str):
    given = {**USUAL, "invite_to_rate": "on", "invite_after_hours": "6", **fields}
    response = browser.post(f"/settings/mailboxes/{mailbox.pk}/ratings/", given)
    mailbox.refresh_from_db()
    return response


def test_it_is_switched_on_with_a_delay_and_own_words(client, mailbox, ada):
    client.force_login(ada)
    page = client.get(f"/settings/mailboxes/{mailbox.pk}/ratings/").content.decode()
    assert "Как мы справились?" in page and 'value="4"' in page
    keep(client, mailbox, text_en="{good} or {bad}?")
    assert (mailbox.config["invite_to_rate"], mailbox.config["invite_after_hours"]) == (True, 6)
    assert mailbox.config["invitations"] == {"en": {"text": "{good} or {bad}?"}}


def test_a_slip_is_told_and_nothing_is_kept(client, mailbox, ada):
    client.force_login(ada)
    told = keep(client, mailbox, text_en="{good} or {bed}?").content.decode()
    assert "Nothing is filled in for {bed}." in told
    assert "The link {bad} has to stand in it." in keep(client, mailbox, text_en="{good}").content.decode()
    assert keep(client, mailbox, invite_after_hours="999").status_code == 422
    assert "invite_to_rate" not in mailbox.config
