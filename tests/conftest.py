"""Starts the servers before Django reads its settings; the people of the tests are in `people.py`."""

import os

import django
import pytest
from django.conf import settings

from tests import emptying, servers

_end_servers = servers.start()
os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk.settings"
django.setup()
del os.environ[
    "DJANGO_SETTINGS_MODULE"
]  # a worker of xdist that inherits it reads settings before its servers run
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
emptying.install()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # 0.4 s a person else

pytest_plugins = ["tests.people", "tests.api", "tests.peers", "tests.mailservers", "tests.nameserver"]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: compressed ones hold the time, and no two processes would agree."""
    return argname if isinstance(val, bytes) else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """The processes of a run have to agree on the names of the tests: no time may stand in them."""
    if "datetime.datetime(" in item.nodeid:
        raise pytest.UsageError(f"{item.nodeid}: give this case an id without a time")


def pytest_unconfigure(config: pytest.Config) -> None:
    _end_servers()
