"""The operators of a search and their words, in English, Russian and Hungarian at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.search.spelling import distance, folded

ENGLISH, RUSSIAN, HUNGARIAN = "en", "ru", "hu"


@dataclass(frozen=True)
class Operator:
    name: str
    names: Mapping[str, tuple[str, ...]]
    """Language → its names there, the usual one first."""
    hint: str | Promise
    example: str

    def called(self, language: str) -> str:
        """Its usual name in this language."""
        return self.names.get(language, self.names[ENGLISH])[0]


def _named(name: str, russian: str, hungarian: str, hint: str | Promise, example: str = "") -> Operator:
    names = {ENGLISH: (name,), RUSSIAN: tuple(russian.split()), HUNGARIAN: tuple(hungarian.split())}
    return Operator(name, names, hint, example)


OPERATORS: dict[str, Operator] = {
    each.name: each
    for each in (
        _named("from", "от клиент", "kitől feladó", _("A customer, by name or address"), "carol"),
        _named("to", "кому", "kinek címzett", _("Whom a message went to"), "shop@example.com"),
        _named("tag", "метка", "címke", _("A tag"), "vip"),
        _named("is", "это", "állapot", _("A status, or what else is so"), "open"),
        _named("team", "команда", "csapat", _("A team"), "mine"),
        _named("agent", "ответственный сотрудник", "felelős", _("Whose ticket it is"), "me"),
        _named("has", "есть", "van", _("A file, a note, an answer"), "attachment"),
        _named("file", "файл", "fájl", _("Words of a file's name"), "invoice"),
        _named("before", "до", "előtt", _("Last message before this day"), "2026-11-25"),
        _named("after", "после", "után", _("Last message on this day or later"), "7d"),
        _named("created", "создано", "létrehozva", _("When it was made"), "2026-11"),
        _named("kind", "тип", "típus", _("Kind"), "complaint"),
        _named("priority", "приоритет", "prioritás", _("Priority"), "high"),
        _named("language", "язык", "nyelv", _("Language of the customer"), "hu"),
        _named("organisation", "организация", "szervezet", _("An organisation"), "example"),
    )
}

_BY_NAME = {
    folded(name): operator.name
    for operator in OPERATORS.values()
    for names in operator.names.values()
    for name in names
}


def named(name: str) -> str:
    """The operator that somebody calls so, in any of the three languages; "" for none."""
    return _BY_NAME.get(folded(name), "")


def nearest(name: str, choices: Iterable[str] = ()) -> str:
    """The operator's name that somebody may have meant with one letter wrong; "" for none."""
    typed = folded(name)
    if len(typed) < 3:
        return ""
    return next((each for each in (choices or _BY_NAME) if distance(typed, folded(each)) == 1), "")
