"""Who sends a push, shown to the push service: keys of this desk, made once (RFC 8292)."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.db import transaction

from helpdesk.secrets import Unreadable
from tickets.models import Device, PushKeys
from tickets.telling.push import encryption

LASTS = timedelta(hours=12)  # a day at most


def keys() -> PushKeys:
    """The keys of this desk, made now where there are none.

    Where they cannot be read any more, because the desk's own key is another one, they are made anew; what
    browsers gave for the old ones is worth nothing then, and they give new ones when they come next.
    """
    try:
        return PushKeys.objects.first() or _made()
    except Unreadable:
        return _made_anew()


@transaction.atomic
def _made_anew() -> PushKeys:
    Device.objects.all().delete()
    PushKeys.objects.all().delete()
    return _made()


def _made() -> PushKeys:
    private = ec.generate_private_key(encryption.CURVE)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = encryption.to_text(encryption.raw(private.public_key()))
    PushKeys.objects.bulk_create(
        [PushKeys(pk=1, public=public, secrets={"private": pem})], ignore_conflicts=True
    )
    return PushKeys.objects.get()  # another process may have been first


def header(endpoint: str, own: PushKeys, *, now: datetime) -> str:
    """The Authorization for a push to this address (RFC 8292, 3): for its origin alone, for half a day."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + LASTS).timestamp()),
        "sub": contact(),
    }
    token = jwt.encode(claims, own.secrets["private"], algorithm="ES256")
    return f"vapid t={token}, k={own.public}"


def contact() -> str:
    """Whom a push service turns to in trouble: an address of the web, or of mail where there is no HTTPS."""
    base = str(settings.BASE_URL)
    return base if base.startswith("https://") else f"mailto:desk@{urlsplit(base).hostname or 'localhost'}"
