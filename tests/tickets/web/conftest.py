"""People in front of the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from helpdesk.accounts.models import User

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_(db) -> Callable[[User], Client]:
    """A browser in which this colleague has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def desk(as_, alice) -> Client:
    """Alice's browser."""
    return as_(alice)
