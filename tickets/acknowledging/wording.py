"""What a receipt says, by mailbox and language. Nothing of what the sender wrote is ever in it: pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PLACEHOLDERS = ("number", "company", "expected", "link")

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Wording:
    subject: str
    text: str
    expected: str
    """When an answer can be expected, as it stands within the text."""


DEFAULTS = {
    "en": Wording(
        "We have received your message",
        "Hello,\n\n"
        "your message has reached us. Its number is {number}. A colleague will read it and answer you "
        "{expected}.\n\n"
        "If you want to add something, simply reply to this mail, and it stays with your request.\n\n"
        "{company}",
        "as soon as possible",
    ),
    "ru": Wording(
        "Мы получили ваше сообщение",
        "Здравствуйте!\n\n"
        "Мы получили ваше сообщение, его номер {number}. Сотрудник прочитает его и ответит вам "
        "{expected}.\n\n"
        "Если захотите что-то добавить, просто ответьте на это письмо: так всё останется в одном "
        "обращении.\n\n"
        "{company}",
        "как можно скорее",
    ),
    "hu": Wording(
        "Megkaptuk üzenetét",
        "Tisztelt Ügyfelünk!\n\n"
        "Üzenetét megkaptuk, a száma {number}. Munkatársunk elolvassa, és {expected} válaszol Önnek.\n\n"
        "Ha bármit hozzátenne, egyszerűen válaszoljon erre a levélre, így minden egy helyen marad.\n\n"
        "{company}",
        "a lehető leghamarabb",
    ),
}


def of(config: Mapping[str, Any], *languages: str) -> tuple[str, Wording]:
    """The wording in the first of these languages that there is one for, and which language that is.

    What a mailbox leaves empty is said as the desk says it.
    """
    own: Mapping[str, Mapping[str, str]] = config.get("receipts") or {}
    for language in (*(one.partition("-")[0] for one in languages), "en"):
        if language in DEFAULTS or own.get(language, {}).get("text"):
            usual, said = DEFAULTS.get(language, DEFAULTS["en"]), own.get(language, {})
            subject = said.get("subject") or usual.subject
            return language, Wording(
                subject, said.get("text") or usual.text, said.get("expected") or usual.expected
            )
    raise AssertionError("English is always there")


def fill(text: str, *, number: int, company: str, expected: str, link: str = "") -> str:
    """`text` with its placeholders filled; `link` leads to the customer's page of the ticket."""
    values = {"number": str(number), "company": company, "expected": expected, "link": link}
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def unknown_in(text: str) -> list[str]:
    """Placeholders in a text that nothing will be filled into."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
