"""What people type, and the key of what a page sends, as fields of a form."""

import uuid

import pytest
from django.forms import ValidationError

from tickets.web.typed import Key, Words


def test_words_stay_as_they_were_written_but_for_the_ends_of_lines():
    assert Words().clean("  Hello,\r\n\r\nyours \n") == "  Hello,\n\nyours \n"
    assert Words(required=False).clean(None) == ""
    with pytest.raises(ValidationError):
        Words().clean("")


def test_the_key_of_the_page_is_kept_and_one_is_made_where_there_is_none():
    key = uuid.uuid4()
    assert Key().clean(str(key)) == key
    assert Key().clean("") != Key().clean("")
    with pytest.raises(ValidationError):
        Key().clean("not a key")
