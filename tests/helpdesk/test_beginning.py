"""No test hands anything on to the one that a process happens to run after it."""

import pytest
from django.conf import settings
from django.utils.translation import activate, get_language


@pytest.mark.parametrize("after", ["hu", "ru"])
def test_each_begins_in_the_language_of_the_desk(after):
    assert get_language() == settings.LANGUAGE_CODE
    activate(after)  # as a request does, in whose thread it stays
