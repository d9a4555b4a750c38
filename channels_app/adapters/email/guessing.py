"""Which charset bytes are in, from the bytes alone: by the letters that people really use."""

import re

from charset_normalizer import from_bytes

from channels_app.adapters.email.language import language_of

SAMPLE = 8 * 1024
FEW = 400  # bytes are enough to tell whether a label is true
FOREIGN_SHARE = 0.5  # more high bytes among the letters, and "Latin" is not what it says
GOOD = 3.8  # of Russian about 5.5; of letters taken by chance about 3
ENOUGH_LETTERS = 5
USUAL_SHARE = 0.6  # of what stands inside words is small letters
MARGIN = 1.5  # so much better must another Cyrillic charset be than the one on the label

CYRILLIC = ("cp1251", "koi8-u", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic", "cp855")
LATIN = {"cp1252", "cp1250", "iso8859-1", "iso8859-2", "iso8859-15", "cp1254", "ascii"}
CENTRAL_LANGUAGES = {"hu", "pl", "cs", "sk", "sl", "hr", "bs", "ro", "sr", "sh"}
OTHERS = [
    *("big5", "gb18030", "cp932", "euc_jp", "cp949", "cp1253", "cp1255", "cp1256", "cp874"),
    *("cp1251", "koi8_r", "iso8859_7", "iso8859_8"),
]

# Letters in a hundred of ordinary Russian and Ukrainian.
_FREQUENCY = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёіїєґў",
        [
            *(11.0, 8.5, 8.0, 7.4, 6.7, 6.3, 5.5, 4.7, 4.5, 4.4, 3.5, 3.2, 3.0, 2.8, 2.6, 2.0, 1.9, 1.7),
            *(1.7, 1.6, 1.6, 1.4, 1.2, 1.0, 0.9, 0.7, 0.6, 0.5, 0.4, 0.3, 0.3, 0.1, 3.0, 1.0, 1.0, 0.2, 0.2),
        ],
        strict=True,
    )
)
_SIGNS = set("«»—–„“”№…’•\xa0°")
_SMALL = set("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßőűąćęłńśźżčďěňřšťůžăîșțşţđ")
_OLD = ("cp1250", "iso8859-2", "cp850", "cp852", "mac_roman")
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
_INSIDE_A_WORD = re.compile(r"(?<=[a-zA-Z])[^\x00-\x7f](?=[a-z])")
_POLISH_WINDOWS = re.compile(rb"[\xb9\x9c\x9f\xa5\x8c\x8f]")
_DOS = re.compile(rb"[A-Za-z][\x80-\x90\x93-\x95\x98-\x9f][a-z]")
_C1 = re.compile(rb"[\x80-\x9f]")


def guess(raw: bytes) -> str:
    """The likeliest codec for bytes that are no UTF-8."""
    sample = raw[:SAMPLE]
    if not is_foreign(sample):
        return _latin(sample)
    name, quality = _best_cyrillic(sample)
    if quality >= GOOD:
        return name
    best = from_bytes(sample, cp_isolation=OTHERS).best()
    return best.encoding if best else (name if quality > 0 else "cp1252")


def is_foreign(raw: bytes) -> bool:
    """Whether most letters are beyond ASCII, as in no language of Latin letters."""
    sample = raw[:SAMPLE]
    return len(_HIGH.findall(sample)) > FOREIGN_SHARE * len(_LETTER.findall(sample))


def is_surely_foreign(raw: bytes) -> bool:
    """The same, of enough letters to contradict a label."""
    return is_foreign(raw) and len(_HIGH.findall(raw[:SAMPLE])) >= ENOUGH_LETTERS


def better_cyrillic(raw: bytes, name: str) -> str:
    """The Cyrillic charset that makes much more sense than `name`, "" when none does."""
    sample = raw[:FEW]
    if name in CYRILLIC and _is_usual(sample.decode(name, "replace")):
        return ""
    if len(_HIGH.findall(sample)) < ENOUGH_LETTERS:
        return ""
    own = _quality(sample, name) if name in CYRILLIC else 0.0
    if own >= GOOD:
        return ""
    best, quality = _best_cyrillic(sample)
    return best if quality >= GOOD and best != name and quality > own + MARGIN else ""


def central(raw: bytes, western: str) -> str:
    """The codec of bytes that make odd words (`western`) in cp1252, "" when they are right as they are."""
    if _DOS.search(raw):
        return _latin(raw[:SAMPLE])
    return _central(raw, language_of(western))


def _is_usual(text: str) -> bool:
    """The quick look: nearly two thirds of Russian are ten letters, and mostly small ones."""
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return sum(map(text.count, "оеаинтсрвл")) > 0.45 * beyond_ascii


def _best_cyrillic(sample: bytes) -> tuple[str, float]:
    rated = [
        (_quality(sample, name), -order, name) for order, name in enumerate(CYRILLIC) if name != "koi8-r"
    ]
    quality, _order, name = max(rated)
    return name, quality


def _quality(sample: bytes, name: str) -> float:
    """How usual the letters beyond ASCII are, on average; capitals in the middle of words are not."""
    total, count, before = 0.0, 0, " "
    for letter in sample.decode(name, "replace"):
        if letter > "\x7f":
            small = letter.lower()
            weight = _FREQUENCY.get(small, 1.0 if letter in _SIGNS else -4.0)
            if weight > 0 and letter != small and before.islower():
                weight = -4.0
            elif weight > 0 and letter != small and before.isupper():
                weight *= 0.85
            total, count = total + weight, count + 1
        before = letter
    return total / count if count else 0.0


def _latin(sample: bytes) -> str:
    """Windows-1252, or what gives letters where that gives signs in the middle of words."""
    western = sample.decode("cp1252", "replace")
    inside = _INSIDE_A_WORD.findall(western)
    central = _central(sample, language_of(western))
    if not inside or _letters(inside) >= USUAL_SHARE * len(inside):
        return central or "cp1252"
    rated = [(_letters(_INSIDE_A_WORD.findall(sample.decode(name, "replace"))), name) for name in _OLD]
    most, name = max(rated, key=lambda one: one[0])
    if most <= _letters(inside):
        return central or "cp1252"
    return "cp852" if name == "cp850" and language_of(sample.decode("cp852")) in CENTRAL_LANGUAGES else name


def _letters(found: list[str]) -> int:
    return sum(letter in _SMALL for letter in found)


def _central(raw: bytes, language: str) -> str:
    if language not in CENTRAL_LANGUAGES:
        return ""
    if language == "pl":
        return "cp1250" if _POLISH_WINDOWS.search(raw) else "iso8859-2"
    return "cp1250" if _C1.search(raw) or language in {"hu", "ro"} else "iso8859-2"
