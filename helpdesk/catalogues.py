"""The catalogues of translations: gathered from the sources and kept up to date, without GNU gettext."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from helpdesk.translations import LOCALE

ROOT = LOCALE.parent
APPS = ("helpdesk", "channels_app", "tickets", "knowledge", "sop")

# Unicode CLDR "Language Plural Rules", in the form that gettext reads.
PLURALS = {
    "ru": "nplurals=3; plural="
    "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "hu": "nplurals=2; plural=(n != 1);",
}

_SINGLE = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None}
_PLURAL = {"ngettext": (1, 2), "ngettext_lazy": (1, 2)}
_CONTEXT = {"pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2)}
_CONTEXT_PLURAL = {"npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3)}
KEYWORDS: dict[str, Any] = {**_SINGLE, **_PLURAL, **_CONTEXT, **_CONTEXT_PLURAL}

_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def path(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def gather(root: Path = ROOT) -> Catalog:
    """Every translatable text of the sources, with the files it stands in."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for source in _sources(root):
        for _line, ids, comments, context in _texts(source):
            place = (source.relative_to(root).as_posix(), 1)
            catalogue.add(ids, locations=[place], auto_comments=comments, context=context)
    return catalogue


def read(language: str, locale: Path = LOCALE) -> Catalog:
    """The catalogue of this language as it stands; an empty one before the first update."""
    file = path(language, locale)
    text = file.read_bytes() if file.exists() else _header(language)
    return read_po(BytesIO(text), abort_invalid=True)


def render(gathered: Catalog, language: str, locale: Path = LOCALE) -> bytes:
    """The file as it should be: the texts of the sources, known translations kept, the rest empty."""
    catalogue = read(language, locale)
    catalogue.update(gathered, no_fuzzy_matching=True)
    out = BytesIO()
    options: dict[str, Any] = {"omit_header": True, "ignore_obsolete": True, "include_lineno": False}
    write_po(out, catalogue, width=100, sort_by_file=True, **options)
    return _header(language) + out.getvalue().strip() + b"\n"


def update(gathered: Catalog, language: str, locale: Path = LOCALE) -> list[Message]:
    """Write the file anew; gives the texts that still want a translation."""
    file = path(language, locale)
    fresh = render(gathered, language, locale)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(fresh)
    return untranslated(read(language, locale))


def untranslated(catalogue: Catalog) -> list[Message]:
    """The texts without a whole translation: empty, fuzzy, or one of several plural forms missing."""
    return [message for message in catalogue if message.id and not _is_whole(message, catalogue.num_plurals)]


def _is_whole(message: Message, plurals: int) -> bool:
    if message.fuzzy:
        return False
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return len(forms) == (plurals if message.pluralizable else 1) and all(forms)


def _header(language: str) -> bytes:
    return _HEADER.format(language=language, plurals=PLURALS[language]).encode()


def _sources(root: Path) -> Iterator[Path]:
    for folder in (*APPS, "templates"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in {".py", ".html", ".txt"} and "migrations" not in file.parts:
                yield file


def _texts(source: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    text = source.read_text()
    if source.suffix != ".py":
        # Django turns a template into lines of Python; only their indentation makes no sense as such.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(source)).splitlines())
    yield from extract("python", BytesIO(text.encode()), KEYWORDS, ["Translators:"])
