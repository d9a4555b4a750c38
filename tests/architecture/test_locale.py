"""What stands on a screen is translated, wholly, into every language of the desk."""

import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings
from django.utils.dates import MONTHS

from helpdesk import catalogues
from tests.architecture.source import ROOT

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
SAME_EVERYWHERE = re.compile(r"^[\W\d_]*$|^\S+$")  # signs, and single words such as "Status" or "API"


@cache
def gathered() -> Catalog:
    return catalogues.gather()


def translated(language: str) -> Iterator[tuple[Message, list[str], list[str]]]:
    """Each translated text: its ids and its strings."""
    for message in catalogues.read(language):
        if message.id:
            ids = message.id if message.pluralizable else [message.id]
            strings = message.string if message.pluralizable else [message.string]
            yield message, list(ids), list(filter(None, strings))


def test_every_language_of_the_desk_has_its_plural_forms():
    assert set(LANGUAGES) == set(catalogues.PLURALS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_the_sources_say(language):
    file = catalogues.path(language)
    assert file.exists(), "write it: manage.py messages"
    assert file.read_bytes() == catalogues.render(gathered(), language), (
        "bring it up to date: manage.py messages"
    )


def test_no_word_of_ours_stands_for_a_month_of_django():
    """Where "May" is a heading of ours without a context, it is the month too."""
    assert not [message.id for message in gathered() if message.id in MONTHS.values() and not message.context]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    wrong = [str(message.id) for message in catalogues.untranslated(catalogues.read(language))]
    assert not wrong, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_placeholders_tags_and_line_ends(language):
    wrong = [
        ids[0]
        for _message, ids, strings in translated(language)
        for string in strings
        if not any(kept(source, string) for source in ids)
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_not_the_english_text(language):
    wrong = [
        ids[0]
        for _message, ids, strings in translated(language)
        if strings[:1] == ids[:1] and not SAME_EVERYWHERE.match(PLACEHOLDER.sub("", TAG.sub("", ids[0])))
    ]
    assert not wrong, wrong


def test_numbers_are_said_as_each_language_says_them():
    forms = {
        "ru": [(1, 0), (2, 1), (5, 2), (11, 2), (12, 2), (21, 0), (24, 1), (112, 2)],
        "hu": [(1, 0), (2, 1)],
    }
    for language, cases in forms.items():
        catalogue = catalogues.read(language)
        rule = c2py(catalogue.plural_expr)
        assert [rule(number) for number, _form in cases] == [form for _number, form in cases]
        assert catalogue.num_plurals == max(form for _number, form in cases) + 1


# Words that are no language: keys, codes, names of the desk's own.
NO_LANGUAGE = re.compile(
    r"\b(Esc|Enter|Ctrl|Shift|Tab|Alt|Cmd|kB|MB|GB|CC|RSS|SMTP|IMAP|TLS|STARTTLS|UTC|"
    r"English|Русский|Magyar|[A-Za-z]|[\w.-]+@[\w.-]+|https?://\S+)\b|&\w+;"
)


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "templates").rglob("*.html")),
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_a_template_says_nothing_untranslatable(path: Path):
    assert not list(unwrapped(path.read_text()))


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>Send</p>", ["Send"]),
        ('<p>{% translate "Send" %}</p>', []),
        ("<p>{% blocktranslate %}Send {{ a }}{% endblocktranslate %}</p>", []),
        ('<button title="Send">', ["Send"]),
        ("<button title=\"{% translate 'Send' %}\" class='big button'>", []),
        ("<kbd>Ctrl</kbd> + <kbd>K</kbd> &middot; {{ a }}", []),
        ("{# a remark #}{% comment %}another{% endcomment %}<!-- one more -->", []),
        ('<a href="/help" aria-label="Help {{ number }}">', ["Help"]),
    ],
)
def test_what_is_left_unwrapped_is_seen(markup, said):
    assert list(unwrapped(markup)) == said


@pytest.mark.parametrize(
    ("source", "string", "kept_"),
    [
        ("%(count)s files", "%(count)s файла", True),
        ("%(count)s files", "%(cnt)s файла", False),
        ("<b>Send</b>", "<b>Отправить</b>", True),
        ("<b>Send</b>", "Отправить", False),
        ("Line\n", "Строка\n", True),
        ("Line\n", "Строка", False),
    ],
)
def test_what_a_translator_loses_is_seen(source, string, kept_):
    assert kept(source, string) is kept_


def kept(source: str, string: str) -> bool:
    """Whether a translation has the same placeholders, tags and outer line ends as its source."""
    same_ends = source.startswith("\n") == string.startswith("\n") and source.endswith(
        "\n"
    ) == string.endswith("\n")
    return same_ends and all(
        sorted(pattern.findall(source)) == sorted(pattern.findall(string)) for pattern in (PLACEHOLDER, TAG)
    )


def unwrapped(markup: str) -> Iterator[str]:
    """Words for people that stand in a template outside of every translation tag."""
    for pattern in (
        r"{#.*?#}|<!--.*?-->|{%\s*comment.*?endcomment\s*%}",
        r"{%\s*blocktrans.*?{%\s*endblocktrans\w*\s*%}",
        r"{%.*?%}|{{.*?}}",
        r"<(script|style)\b.*?</\1>",
    ):
        markup = re.sub(pattern, " ", markup, flags=re.DOTALL)
    spoken = re.findall(r"\b(?:title|alt|placeholder|aria-label)=(?:\"([^\"]*)\"|'([^']*)')", markup)
    texts = [*re.sub(r"<[^>]*>", "\n", markup).split("\n"), *("".join(pair) for pair in spoken)]
    for text in texts:
        if re.search(r"[^\W\d_]", NO_LANGUAGE.sub("", text)):
            yield text.strip()
