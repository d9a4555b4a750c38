"""A provider's web requests to a mailbox."""

import base64
import json

import pytest
from django.test import Client

from channels_app import hooks
from channels_app.models import Channel


@pytest.fixture
def secret(mailbox: Channel) -> str:
    return hooks.rotate(mailbox)


@pytest.fixture
def post(mailbox: Channel, secret: str):
    """Sends a request as the provider does: JSON for a dict or list, else a form."""

    def post(provider: str, data, *, password: str = secret, headers: dict | None = None):
        words = base64.b64encode(f"desk:{password}".encode()).decode()
        kind = (
            {}
            if isinstance(data, dict) and data.pop("_form", False)
            else {"content_type": "application/json"}
        )
        address = f"/hooks/mail/{mailbox.pk}/{provider}/"
        given = {"Authorization": f"Basic {words}", **(headers or {})}
        return Client().post(address, data if not kind else json.dumps(data), headers=given, **kind)

    return post
