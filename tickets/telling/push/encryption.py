"""A message that only the browser it is for can read (RFC 8291 on RFC 8188, "aes128gcm"). Pure."""

import base64
import binascii
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
MOST = 3900  # bytes of content: push services take bodies of 4096 (RFC 8030, 7.2)
SECRET = 16  # bytes of a browser's secret, and of a salt
_LAST = b"\x02"  # what ends the last record


class BadKeys(ValueError):
    """The keys are none that a browser gives."""


def encrypted(
    content: bytes,
    *,
    p256dh: str,
    auth: str,
    salt: bytes = b"",
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a push; `salt` and `own` are new for each but in tests. Raises BadKeys, ValueError."""
    if len(content) > MOST:
        raise ValueError("too long for a push")
    theirs, secret = read(p256dh, auth)
    salt, own = salt or os.urandom(SECRET), own or ec.generate_private_key(CURVE)
    ours = raw(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    key = _derived(shared, secret, b"WebPush: info\x00" + raw(theirs) + ours, 32)
    seal = AESGCM(_derived(key, salt, b"Content-Encoding: aes128gcm\x00", 16))
    nonce = _derived(key, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return header + seal.encrypt(nonce, content + _LAST, None)


def read(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """A browser's public key and its secret. Raises BadKeys."""
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_text(p256dh))
        secret = from_text(auth)
    except (ValueError, binascii.Error) as error:
        raise BadKeys from error
    if len(secret) != SECRET:
        raise BadKeys
    return theirs, secret


def raw(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as an uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def to_text(content: bytes) -> str:
    """base64url without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes of base64url, with or without padding. Raises ValueError, binascii.Error."""
    bare = text.strip().rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
