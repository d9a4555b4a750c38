"""Secrets at rest."""

import pytest
from django.db import connection

from channels_app.models import Channel
from helpdesk import secrets

pytestmark = pytest.mark.django_db


def test_a_secret_is_not_readable_in_the_database(mailbox):
    mailbox.secrets = {"imap_password": "hush-hush"}
    mailbox.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secrets FROM channels_app_channel")
        assert "hush" not in cursor.fetchone()[0]
    assert Channel.objects.get().secrets["imap_password"] == "hush-hush"


def test_a_secret_is_never_printed(mailbox):
    mailbox.secrets = {"imap_password": "hush-hush"}
    mailbox.save()
    assert "hush" not in f"{Channel.objects.get().secrets!r} {Channel.objects.get().secrets}"


def test_another_key_cannot_read_it_and_says_so(settings):
    token = secrets.encrypt("hush-hush")
    settings.ENCRYPTION_KEY = "another key"
    with pytest.raises(secrets.Unreadable, match="cannot be read"):
        secrets.decrypt(token)
