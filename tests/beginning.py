"""Each test begins as if it were the first of its process: what it finds in memory is nobody else's.

What a process keeps for a while, so that not every mail and page asks for it, would otherwise be what the
test before wrote, as long as that was seconds ago; and which one that was depends on who runs how fast.
"""

import math
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import clear_script_prefix, set_urlconf
from django.utils import timezone, translation

from channels_app import floods
from channels_app.webhooks import subscriptions
from helpdesk import aftermath, wake
from helpdesk.rest import pace
from knowledge import centres
from tickets import counting, live
from tickets.classification import own, topics
from tickets.deception import suspecting
from tickets.expected import figures
from tickets.manners import notes, shipped
from tickets.priority import settling
from tickets.routing import placing
from tickets.rules import compiling
from tickets.search import documents
from tickets.sla import policies


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """In the desk's language, time zone and place: a page that was read before left its reader's."""
    translation.deactivate()
    timezone.deactivate()
    clear_script_prefix()
    set_urlconf(None)
    for module, name, value in kept():
        setattr(module, name, value)
    for told in (live._changed, wake._filled):
        told._names.clear()  # what was rolled back would be told with the next commit
    aftermath._gathering.waiting.clear()


def kept() -> list[tuple[Any, str, object]]:
    """What a process keeps of the database for a while, as a test finds it: (module, name, value).

    What most tests would have to ask for on their way, and few are about, is known to be nothing, for ever;
    what a test counts is counted when it asks. Tests of the keeping itself put there what they need.
    """
    return [
        (figures, "_kept", figures.Kept(until=math.inf)),
        (notes, "_kept", notes._Kept(shipped.places(), until=math.inf)),
        (placing, "_kept", placing._Kept(until=math.inf)),
        (settling, "_kept", settling._Kept(until=math.inf)),
        (policies, "_kept", policies._Kept(until=math.inf)),
        (compiling, "_kept", compiling.Known(until=math.inf)),
        (counting, "KEPT", 0.0),
        (documents, "KEPT", 0.0),
        (documents, "_known", []),
        (floods, "LIMITS_SECONDS", -1.0),
        (floods, "_limits", None),
        (subscriptions, "_wanted", None),
        (suspecting, "_snapshot", None),
        (centres, "_kept", centres.Kept()),
        (own, "_kept", own._Kept()),
        (topics, "_kept", topics._Kept()),
        (pace, "_local", pace._Local()),
    ]


@pytest.fixture(autouse=True)
def fresh_cache(request: pytest.FixtureRequest) -> None:
    """Rate limits counted in one test must not reach the next."""
    marked = request.node.get_closest_marker("django_db") is not None
    if marked or "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        cache.clear()
