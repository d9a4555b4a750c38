"""The desk's own keys, and what they prove to push services (RFC 8292)."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.utils import timezone

from tickets.models import Device, PushKeys
from tickets.telling.push import vapid
from tickets.telling.push.encryption import from_text

pytestmark = pytest.mark.django_db


def test_keys_are_made_once_and_kept_encrypted(db):
    own = vapid.keys()
    assert vapid.keys() == own == PushKeys.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secrets FROM tickets_pushkeys")
        assert "PRIVATE" not in cursor.fetchone()[0]
    assert "PRIVATE" in own.secrets["private"] and "PRIVATE" not in repr(own.secrets)


def test_a_push_is_signed_for_its_service_alone_and_for_less_than_a_day(settings):
    settings.BASE_URL = "https://desk.example"
    own, now = vapid.keys(), timezone.now()
    kind, _space, told = vapid.header("https://push.example:8443/a/b?c", own, now=now).partition(" ")
    parts = dict(each.split("=", 1) for each in told.split(", "))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_text(parts["k"]))
    claims = jwt.decode(parts["t"], point, algorithms=["ES256"], audience="https://push.example:8443")
    assert kind == "vapid" and parts["k"] == own.public
    assert 0 < claims["exp"] - now.timestamp() <= 24 * 3600
    assert claims["sub"] == "https://desk.example"


def test_without_https_the_contact_is_an_address_of_mail(settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert vapid.contact() == "mailto:desk@127.0.0.1"


def test_with_another_encryption_key_all_begins_anew(alice, settings):
    before = vapid.keys().public
    Device.objects.create(user=alice, endpoint="https://fcm.googleapis.com/1", secrets={"auth": "x"})
    settings.ENCRYPTION_KEY = "another"
    assert vapid.keys().public != before
    assert not Device.objects.exists(), "browsers are bound to the old key"
