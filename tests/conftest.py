"""Starts the servers before Django reads its settings; the people of the tests are in `people.py`."""

import gc
import os

import django
import pytest
from django.conf import settings
from django.template import Context, Template
from django.test.signals import template_rendered
from pytest_django.plugin import blocking_manager_key

from helpdesk import translations
from tests import emptying, schema, servers

if "PYTEST_XDIST_WORKER" not in os.environ:
    translations.compile_changed()  # else what was pulled meanwhile is read in English
_end_servers = servers.start()
os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk.settings"
django.setup()
del os.environ[
    "DJANGO_SETTINGS_MODULE"
]  # a worker of xdist that inherits it reads settings before its servers run
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
emptying.install()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # 0.4 s a person else

MAKER = pytest.StashKey[schema.Maker]()
FIRST = (  # the longest files, so that none of them is what everybody waits for at the end
    "browser/test_screens",
    "architecture/test_roles",
    "journeys/test_durability",
    "helpdesk/test_supervisor",
    "helpdesk/test_admin_invariants",
    "journeys/test_the_main_job",
    "api/test_access",
    "api/test_contract",
)
pytest_plugins = [
    *("tests.beginning", "tests.people", "tests.api", "tests.standing", "tests.ruling"),
    *("tests.peers", "tests.mailservers", "tests.nameserver", "tests.again"),
]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: compressed ones hold the time, and no two processes would agree."""
    return argname if isinstance(val, bytes) else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """The processes of a run have to agree on the names of the tests: no time may stand in them."""
    if "datetime.datetime(" in item.nodeid:
        raise pytest.UsageError(f"{item.nodeid}: give this case an id without a time")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The processes of a run take the files as they come."""
    items.sort(key=lambda item: next((n for n, file in enumerate(FIRST) if file in item.nodeid), len(FIRST)))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.pluginmanager.hasplugin("dsession"):  # it will start processes
        session.config.stash[MAKER] = schema.begin(session.config.stash[blocking_manager_key])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Called before the test database is made: it is a copy, where there is something to copy."""
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = schema.made()


@pytest.fixture(scope="session", autouse=True)
def outermost_templates_told(django_test_environment: None) -> None:
    """What a page was given (`response.context`) is told of its outermost template alone.

    Django copies it for each template included as well, thousands of times in a walk through all pages.
    """
    setattr(Template, "_render", _rendered)  # noqa: B010  its stubs do not know it


def _rendered(template: Template, context: Context) -> str:
    if context.template is template:
        template_rendered.send(sender=template, template=template, context=context)
    return template.nodelist.render(context)


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: no need to look for garbage in it, 0.8 s each time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if maker := config.stash.get(MAKER, None):
        schema.end(maker, config.stash[blocking_manager_key])
    _end_servers()
