"""Django's admin speaks the desk's languages wholly, its scripts too."""

import json
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.contrib import admin

LOCALE = Path(admin.__file__).parent / "locale"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "hu"])
def test_no_word_of_its_scripts_is_left_in_english(client, ada, language):
    ada.language = language
    ada.save()
    client.force_login(ada)
    said = client.get("/admin/jsi18n/").content.decode()
    words = read_po((LOCALE / "en/LC_MESSAGES/djangojs.po").open("rb"))
    single = [each.id for each in words if each.id and not each.context and isinstance(each.id, str)]
    known = json.loads(said.partition("const newcatalog = ")[2].partition(";\n")[0])
    assert [each for each in single if each not in known] == []
