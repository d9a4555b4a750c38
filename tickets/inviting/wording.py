"""What the question says, by mailbox and language. Nothing of what the customer wrote is in it: pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

LINKS = ("good", "fair", "bad")
NEEDED = ("good", "bad")
PLACEHOLDERS = ("number", "company", *LINKS)

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Wording:
    subject: str
    text: str
    leave: str
    """What stands before the link that ends such mail; it is always at the end."""


DEFAULTS = {
    "en": Wording(
        "How did we do?",
        "Hello,\n\n"
        "your request {number} is done. How was it handled? One click is enough, and you can add a few "
        "words.\n\n"
        "Good: {good}\n"
        "So-so: {fair}\n"
        "Bad: {bad}\n\n"
        "If something is still open, simply reply to this mail.\n\n"
        "{company}",
        "No more such questions:",
    ),
    "ru": Wording(
        "Как мы справились?",
        "Здравствуйте!\n\n"
        "Ваше обращение {number} решено. Как мы с ним справились? Достаточно одного нажатия; при желании "
        "можно добавить несколько слов.\n\n"
        "Хорошо: {good}\n"
        "Средне: {fair}\n"
        "Плохо: {bad}\n\n"
        "Если вопрос ещё не решён, просто ответьте на это письмо.\n\n"
        "{company}",
        "Больше не присылать таких вопросов:",
    ),
    "hu": Wording(
        "Hogyan sikerült?",
        "Tisztelt Ügyfelünk!\n\n"
        "{number} számú ügye lezárult. Hogyan intéztük? Egy kattintás elég, és ha szeretne, írhat hozzá "
        "néhány szót.\n\n"
        "Jól: {good}\n"
        "Közepesen: {fair}\n"
        "Rosszul: {bad}\n\n"
        "Ha valami még nincs megoldva, egyszerűen válaszoljon erre a levélre.\n\n"
        "{company}",
        "Ne küldjenek több ilyen kérdést:",
    ),
}


def of(
    config: Mapping[str, Any], *languages: str, among: Collection[str] = ("en", "ru", "hu")
) -> tuple[str, Wording]:
    """The wording in the first of these languages that there is one for, and which language that is.

    What a mailbox leaves empty is said as the desk says it. `among` are the languages of the page behind it.
    """
    own: Mapping[str, Mapping[str, str]] = config.get("invitations") or {}
    able = [code for code in DEFAULTS if code in among] or ["en"]
    asked = (one.partition("-")[0] for one in languages)
    language = next((code for code in asked if code in able), able[0])
    usual, said = DEFAULTS[language], own.get(language, {})
    return language, Wording(
        said.get("subject") or usual.subject, said.get("text") or usual.text, usual.leave
    )


def fill(said: Wording, *, number: int, company: str, marks: Mapping[str, str]) -> str:
    """The text, with `marks` where links will stand; the one named `leave` ends it."""
    values = {"number": str(number), "company": company, **marks}
    text = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), said.text)
    return f"{text}\n\n{said.leave} {marks['leave']}"


def troubles_of(text: str) -> tuple[list[str], list[str]]:
    """Placeholders that nothing will be filled into, and links that are missing."""
    named = _PLACEHOLDER.findall(text)
    return [each for each in named if each not in PLACEHOLDERS], [
        each for each in NEEDED if each not in named
    ]
