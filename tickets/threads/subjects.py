"""What a subject says: its words without "Re:", "Fwd:" and our number, and the ticket numbers in it."""

import re
from collections.abc import Iterator

# As mail programs write them in English, German, Dutch, Scandinavian, Finnish, Romance and Slavic languages,
# Hungarian, Greek, Turkish, Indonesian, Chinese and Hebrew.
ANSWERS = frozenset(
    [
        *(
            "re",
            "aw",
            "antw",
            "sv",
            "vs",
            "vá",
            "válasz",
            "odp",
            "odpověď",
            "ré",
            "rép",
            "r",
            "rif",
            "res",
        ),
        *(
            "resp",
            "ref",
            "bls",
            "ответ",
            "отв",
            "відп",
            "відповідь",
            "σχετ",
            "απ",
            "ynt",
            "回复",
            "答复",
            "回覆",
        ),
        *("返信", "השב", "رد", "на", "yanıt", "atb", "vast", "답장", "회신", "ตอบ", "پاسخ"),
    ]
)
FORWARDS = frozenset(
    [
        *(
            "fwd",
            "fw",
            "wg",
            "weiterleitung",
            "doorst",
            "vb",
            "tr",
            "rv",
            "reenv",
            "enc",
            "i",
            "inoltra",
            "pd",
        ),
        *(
            "podaj",
            "przekazano",
            "továbbítás",
            "továbbított",
            "tov",
            "пересл",
            "переслано",
            "пересылка",
            "fs",
        ),
        *(
            "prv",
            "прз",
            "προωθ",
            "ilt",
            "trs",
            "转发",
            "轉寄",
            "転送",
            "הועבר",
            "vl",
            "továbbítva",
            "př",
            "předat",
        ),
        *("přep", "přeposláno", "إعادة توجيه", "إعادة التوجيه", "전달", "ส่งต่อ", "ارسال"),
    ]
)
MOST = 1000

_PREFIX = re.compile(
    r"\s*([^\W\d_]{1,14}|إعادة (?:ال)?توجيه)\.?\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3})?\s*[:\uff1a]"
)
_TAG = re.compile(
    r"\s*\[(?:ext|external|extern|spam|suspected spam|\*{2,3}spam\*{2,3}|внешнее|külső)\]:?", re.IGNORECASE
)
_MUTTS = re.compile(r"\[[^\s@\[\]]{1,100}@[^\s\[\]]{1,200}: [^\[\]]{1,900}\]")
_OURS = re.compile(r"[\[(]\s*[#№]\s*(\d{1,18})\s*[\])]")
_WORDED = re.compile(
    r"\b(?:ticket|request|case|incident|anfrage|vorgang|demande|solicitud|richiesta|pedido|zgłoszenie"
    r"|обращение|обращения|заявка|заявки|запрос|тикет|звернення|jegy|bejelentés|ügyszám|ügy)"
    r"\s{0,3}(?:id|nr\.?|no\.?|номер)?\s{0,3}[:.]?\s{0,3}[#№]?\s{0,3}(\d{4,18})\b",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"[\W_]+")
_SAME_FROM = 10  # a subject this long that goes on, or was cut, is the same one


def base(subject: str) -> str:
    """The words that name the matter, in one spelling; "" when there are none."""
    rest = _OURS.sub(" ", subject[:MOST])
    while True:
        shorter = untagged(_without_prefix(rest))
        if shorter == rest:
            return _NOT_WORDS.sub(" ", rest).strip().casefold()
        rest = shorter


def same(one: str, other: str) -> bool:
    """Whether two subjects name one matter; an empty one names no other."""
    one, other = base(one), base(other)
    if not one or not other or one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _SAME_FROM and short in long


def numbers(subject: str) -> Iterator[int]:
    """Ticket numbers in a subject: as we write them, the last first; then those after a word for "ticket"."""
    yield from (int(found) for found in reversed(_OURS.findall(subject[:MOST])))
    yield from (int(found) for found in _WORDED.findall(subject[:MOST]))


def is_answer(subject: str) -> bool:
    """Whether the outermost prefix says that it answers something."""
    return _outermost(subject) in ANSWERS


def is_forward(subject: str) -> bool:
    """Whether the outermost prefix says that somebody passes a mail on."""
    return _outermost(subject) in FORWARDS or bool(_MUTTS.fullmatch(subject[:MOST]))


def _outermost(subject: str) -> str:
    found = _PREFIX.match(untagged(subject[:MOST]))
    return _low(found[1]) if found else ""


def _low(word: str) -> str:
    """In lower case, without the dot that a Turkish capital leaves behind."""
    return word.lower().replace("\u0307", "")


def _without_prefix(subject: str) -> str:
    found = _PREFIX.match(subject)
    return subject[found.end() :] if found and _low(found[1]) in ANSWERS | FORWARDS else subject


def untagged(subject: str) -> str:
    """Without what a server on the way put in front: "[EXTERNAL]"."""
    found = _TAG.match(subject)
    return subject[found.end() :].lstrip() if found else subject
