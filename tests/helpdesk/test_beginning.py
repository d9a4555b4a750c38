"""No test hands anything on to the one that a process happens to run after it."""

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import get_script_prefix, get_urlconf, set_script_prefix, set_urlconf
from django.utils import timezone
from django.utils.translation import activate, get_language

from helpdesk import wake as waking
from tests import beginning
from tickets import live

TWICE = pytest.mark.parametrize("after", ["hu", "ru"])  # whichever comes second sees what the first one left


@TWICE
def test_each_begins_in_the_language_time_zone_and_place_of_the_desk(after):
    assert get_language() == settings.LANGUAGE_CODE
    assert timezone.get_current_timezone_name() == settings.TIME_ZONE
    assert (get_script_prefix(), get_urlconf()) == ("/", None)
    activate(after)  # as a request does, in whose thread it stays
    timezone.activate("Asia/Tokyo")
    set_script_prefix("/brands/outlet/")
    set_urlconf("knowledge.web.urls")


@TWICE
def test_nothing_that_a_process_keeps_is_of_the_one_before(after):
    left = object()
    for module, name, _value in beginning.kept():
        assert type(getattr(module, name)) is not object, f"{module.__name__}.{name}"
        setattr(module, name, left)


@TWICE
@pytest.mark.django_db
def test_nobody_is_told_of_what_the_one_before_did(after):
    with transaction.atomic():
        assert not live._changed._names and not waking._filled._names
        live.publish("desk")
        waking.wake("inbound")
