"""A browser as the desk sees it: an address at a push service, two keys, and the means to read what comes."""

import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from helpdesk.accounts.models import User
from tickets.telling.push import devices, vapid
from tickets.telling.push.encryption import from_text, raw, to_text


def leave(user: User) -> None:
    """A row in every table of devices."""
    vapid.keys()
    devices.keep(user, **Browser().said, session="x", name="Firefox")


def private(text: str) -> ec.EllipticCurvePrivateKey:
    """The private key whose number this is."""
    return ec.derive_private_key(int.from_bytes(from_text(text), "big"), ec.SECP256R1())


@dataclass(kw_only=True)
class Browser:
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"sixteen of bytes"
    endpoint: str = "https://fcm.googleapis.com/fcm/send/1"

    @property
    def keys(self) -> dict[str, str]:
        """What it says of itself (W3C Push API)."""
        return {"p256dh": to_text(raw(self.key.public_key())), "auth": to_text(self.secret)}

    @property
    def said(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, **self.keys}

    def reads(self, body: bytes) -> bytes:
        """What a push says (RFC 8188, 2.1, and RFC 8291, 3.4)."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert size >= len(sealed), "one record"
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        info = b"WebPush: info\0" + raw(self.key.public_key()) + theirs
        shared = self.key.exchange(ec.ECDH(), point)
        main = HKDF(algorithm=SHA256(), length=32, salt=self.secret, info=info).derive(shared)
        key, nonce = (
            HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(main)
            for length, info in ((16, b"Content-Encoding: aes128gcm\0"), (12, b"Content-Encoding: nonce\0"))
        )
        content = AESGCM(key).decrypt(nonce, sealed, None)
        assert content.endswith(b"\x02"), "the last record"
        return content[:-1]

    def told(self, body: bytes) -> dict[str, Any]:
        return json.loads(self.reads(body))
