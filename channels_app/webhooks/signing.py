"""Signatures of the Standard Webhooks specification, version 1 (HMAC-SHA256, symmetric). Pure."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as receivers enter it: the prefix and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def body(payload: Mapping[str, Any]) -> bytes:
    """The very bytes that are sent and signed; the same at every attempt."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def headers(secrets_: Iterable[str], *, id_: str, at: int, body: bytes) -> dict[str, str]:
    """The three headers for a message sent at `at` (Unix seconds): a signature for each valid secret."""
    signatures = [f"v1,{_sign(secret, id_, at, body)}" for secret in secrets_ if secret]
    return {"webhook-id": id_, "webhook-timestamp": str(at), "webhook-signature": " ".join(signatures)}


def _sign(secret: str, id_: str, at: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join([id_.encode(), str(at).encode(), body])
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
