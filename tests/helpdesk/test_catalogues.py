"""Gathering texts and keeping their translations, on a machine without gettext."""

import gettext
from pathlib import Path

import pytest
from django.core.management import call_command

from helpdesk import catalogues, translations

CODE = """
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, npgettext, pgettext

A = _("Send")
# Translators: of a ticket
B = pgettext("status", "Open")
C = ngettext("%(n)s file", "%(n)s files", 2)
D = npgettext("mail", "%(n)s copy", "%(n)s copies", 2)
"""
PAGE = """
{% load i18n %}<p>
    {% translate "Send" %} {% translate "Open" context "verb" %}
  {% blocktranslate count n=n trimmed %}
     One
     ticket{% plural %}{{ n }} tickets{% endblocktranslate %}
{{ _("Said in a variable") }} {% translate "100%" %}</p>
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "tickets" / "migrations").mkdir(parents=True)
    (tmp_path / "templates" / "tickets").mkdir(parents=True)
    (tmp_path / "tickets" / "words.py").write_text(CODE)
    (tmp_path / "tickets" / "migrations" / "0001.py").write_text('_("An old name")')
    (tmp_path / "templates" / "tickets" / "page.html").write_text(PAGE)
    return tmp_path


def test_texts_of_code_and_templates_are_gathered(desk):
    found = {(message.context, message.id) for message in catalogues.gather(desk) if message.id}
    assert found == {
        (None, "Send"),
        ("status", "Open"),
        ("verb", "Open"),
        (None, ("%(n)s file", "%(n)s files")),
        ("mail", ("%(n)s copy", "%(n)s copies")),
        (None, ("One ticket", "%(n)s tickets")),
        (None, "Said in a variable"),
        (None, "100%%"),
    }


def test_a_text_names_its_files_and_its_remark(desk):
    gathered = catalogues.gather(desk)
    assert {file for file, _line in gathered.get("Send").locations} == {
        "tickets/words.py",
        "templates/tickets/page.html",
    }
    assert gathered.get("Open", context="status").auto_comments == ["Translators: of a ticket"]


def test_translations_are_kept_and_what_is_gone_goes(desk, tmp_path):
    locale = tmp_path / "locale"
    first = catalogues.gather(desk)
    assert len(catalogues.update(first, "ru", locale)) == len(first) == 8
    file = catalogues.path("ru", locale)
    file.write_text(file.read_text().replace('msgid "Send"\nmsgstr ""', 'msgid "Send"\nmsgstr "Отправить"'))

    (desk / "templates" / "tickets" / "page.html").write_text(
        "{% translate 'Send' %}{% translate 'Sender' %}"
    )
    left = catalogues.update(catalogues.gather(desk), "ru", locale)
    text = file.read_text()
    assert 'msgid "Send"\nmsgstr "Отправить"' in text
    assert 'msgid "Sender"\nmsgstr ""' in text, "a likeness is no translation"
    assert "Said in a variable" not in text
    assert len(left) == 4


def test_a_second_update_changes_nothing(desk, tmp_path):
    locale = tmp_path / "locale"
    gathered = catalogues.gather(desk)
    catalogues.update(gathered, "hu", locale)
    before = catalogues.path("hu", locale).read_bytes()
    catalogues.update(gathered, "hu", locale)
    assert catalogues.path("hu", locale).read_bytes() == before


def test_a_plural_lacking_one_form_is_not_translated(desk, tmp_path):
    locale = tmp_path / "locale"
    catalogues.update(catalogues.gather(desk), "ru", locale)
    file = catalogues.path("ru", locale)
    file.write_text(file.read_text().replace('files"\nmsgstr[0] ""\n', 'files"\nmsgstr[0] "файл"\n'))
    assert "файл" in file.read_text()
    left = [message.id for message in catalogues.untranslated(catalogues.read("ru", locale))]
    assert ("%(n)s file", "%(n)s files") in left


def test_what_is_compiled_speaks_russian(desk, tmp_path):
    locale = tmp_path / "locale"
    catalogues.update(catalogues.gather(desk), "ru", locale)
    file = catalogues.path("ru", locale)
    file.write_text(
        file.read_text().replace(
            'files"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""',
            'files"\nmsgstr[0] "%(n)s файл"\nmsgstr[1] "%(n)s файла"\nmsgstr[2] "%(n)s файлов"',
        )
    )
    [compiled] = translations.compile_changed(locale)
    with compiled.open("rb") as mo:
        russian = gettext.GNUTranslations(mo)
    said = [russian.ngettext("%(n)s file", "%(n)s files", n) % {"n": n} for n in (1, 3, 11, 21)]
    assert said == ["1 файл", "3 файла", "11 файлов", "21 файл"]


def test_the_command_writes_both_languages(desk, tmp_path, monkeypatch, capsys):
    gathered, updated = catalogues.gather(desk), []
    monkeypatch.setattr(catalogues, "gather", lambda: gathered)
    monkeypatch.setattr(catalogues, "update", lambda gathered, language: updated.append(language) or [])
    monkeypatch.setattr(translations, "compile_changed", list)
    call_command("messages")
    assert updated == ["ru", "hu"]
    call_command("messages", compile_only=True)
    assert updated == ["ru", "hu"]
    assert "ru: 8 texts, 0 to translate" in capsys.readouterr().out
