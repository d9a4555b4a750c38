"""Languages that a company adds: known everywhere, in its own words where it has written any."""

import os
import struct
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings

from helpdesk import environment
from helpdesk.accounts import language

SHIPPED = [("en", "English"), ("hu", "Magyar")]
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Contact us"
msgstr "Schreiben Sie uns"
"""
ASKED = """
import django; django.setup()
from django.utils.translation import gettext, override
from helpdesk.supervisor import prepare
from knowledge.web import forms, place
from sop import starting
prepare.import_modules()
with override("de"):
    print(place.LANGUAGES["de"], gettext("Contact us"), gettext("Your requests"), len(starting.LANGUAGES))
"""


def test_further_ones_come_after_those_that_are_shipped(monkeypatch):
    monkeypatch.setenv("LANGUAGES", "de, pt-BR, hu")
    names = ["English", "Magyar", "Deutsch", "Português Brasileiro"]
    assert [name for _code, name in environment.languages("LANGUAGES", SHIPPED)] == names


def test_what_is_no_language_ends_the_start_with_a_sentence(monkeypatch):
    monkeypatch.setenv("LANGUAGES", "klingon")
    with pytest.raises(SystemExit, match="'klingon' is no code of a language"):
        environment.languages("LANGUAGES", SHIPPED)


def test_a_company_reads_its_own_words_and_else_english(tmp_path):
    own = tmp_path / "locale/de/LC_MESSAGES/django.po"
    own.parent.mkdir(parents=True)
    own.write_text(CATALOGUE)
    given = {
        "HELPDESK_DATA": str(tmp_path),
        "HELPDESK_LANGUAGES": "de",
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
    }
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASKED],
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split("\n")[0] == "Deutsch Schreiben Sie uns Your requests 3"


@pytest.fixture
def german(settings, tmp_path):
    """The desk with German, and as many words of it in the company's own catalogue as are asked for."""
    settings.LANGUAGES = [*settings.SHIPPED_LANGUAGES, ("de", "Deutsch")]
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]

    def write(words: int) -> None:
        file = tmp_path / "de/LC_MESSAGES/django.mo"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(struct.pack("=3I", 0x950412DE, 0, words))

    return write


@pytest.mark.django_db
def test_colleagues_are_offered_what_is_translated_nearly_whole(german, client, alice):
    shipped = [code for code, _name in settings.SHIPPED_LANGUAGES]
    assert [code for code, _name in language.of_screens()] == shipped
    alice.language = "de"
    alice.save()
    assert 'lang="de"' not in client.get("/sign-in/", headers={"Accept-Language": "de"}).content.decode()
    client.force_login(alice)
    page = client.get("/profile/").content.decode()
    assert '<html lang="en"' in page and "Deutsch" not in page
    german(3)
    assert [code for code, _name in language.of_screens()] == shipped
    german(100_000)
    page = client.get("/profile/").content.decode()
    assert '<html lang="de"' in page and "Deutsch" in page


def test_a_language_more_is_no_change_of_any_table():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    plain = [getattr(each, "base_field", each) for each in fields if hasattr(each, "deconstruct")]
    written = [each.deconstruct()[3].get("choices") for each in plain]
    assert settings.LANGUAGES not in written and len(written) > 100
