"""Which charset bytes are in, from the bytes alone: by the letters that people really use."""

import re
from itertools import islice

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

# Letters in a hundred of ordinary Russian and Ukrainian, Hebrew, Greek and Arabic: a letter and its share.
_SHARES = """
о11 е8.5 а8 и7.4 н6.7 т6.3 с5.5 р4.7 в4.5 л4.4 к3.5 м3.2 д3 п2.8 у2.6 я2 ы1.9 ь1.7 г1.7 з1.6
б1.6 ч1.4 й1.2 х1 ж0.9 ш0.7 ю0.6 ц0.5 щ0.4 э0.3 ф0.3 ъ0.1 ё3 і3 ї1 є1 ґ0.2 י11 ה10.9 ו10.4 ל7.4
א6.3 ר5.6 ת5 ב4.7 מ4.6 ש4.4 ם3 ע3.2 נ2.9 כ2.7 ד2.6 ח2.5 ק2.1 פ1.7 ס1.5 ן1.4 צ1.2 ט1.2 ג1.2 ז1.3
ך0.8 ף0.3 ץ0.2 α11 ο9 ι8 ε8 τ8 ν6.5 σ4.9 ς4 η4.5 υ4.1 ρ4.1 κ4 π4 μ3.3 λ2.8 ω1.8 δ1.7 γ1.7 χ1.2
θ1.2 φ0.8 β0.7 ξ0.5 ζ0.4 ψ0.2 ά2 έ1.7 ί1.8 ό1.8 ή1.3 ύ1 ώ0.8 ا12 ل11 ي6.5 م6 و5.6 ن6 ر4.6 ت4.5
ب3.5 ه3.2 ع3.4 د3 س2.5 ف2.5 ح2 ك2 ق2 ة2 ى1 أ2 إ0.7 ش0.9 ج1.3 ص1 ط0.9 خ0.9 ض0.6 ذ0.6 ث0.6 ز0.5
ظ0.2 غ0.4 ء0.5 ئ0.3 ؤ0.2 آ0.2
"""
_FREQUENCY = {one[0]: float(one[1:]) for one in _SHARES.split()}
_SIGNS = set("«»—–„“”№…’•\xa0°،؟؛")
SCRIPTS = (*(name for name in CYRILLIC if name != "koi8-r"), "cp1255", "cp1253", "cp1256", "iso8859-6")
_SMALL = set("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßőűąćęłńśźżčďěňřšťůžăîșțşţđ")
_HUNGARIAN = ({"õ", "û"}, {"ö", "ü"}, {"á", "é", "ó", "ú"})
_OLD = ("cp1250", "iso8859-2", "cp850", "cp852", "mac_roman")
KANA_SHARE = 0.2
_KANA = re.compile("[\u3040-\u30ff]")
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
_INSIDE_A_WORD = re.compile(r"(?<=[a-zA-Z])[^\x00-\x7f](?=[a-z])")
_POLISH_WINDOWS = re.compile(rb"[\xb9\x9c\x9f\xa5\x8c\x8f]")
_DOS = re.compile(rb"[A-Za-z][\x80-\x90\x93-\x95\x98-\x9f][a-z]")
_C1 = re.compile(rb"[\x80-\x9f]")
# A letter of UTF-8's two or three bytes, each read as Windows-1252.
_TWICE = re.compile("[\xc2-\xdf\xe0-\xef][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
MANY_TWICE = 2


def guess(raw: bytes) -> str:
    """The likeliest codec for bytes that are no UTF-8."""
    sample = raw[:SAMPLE]
    if not is_foreign(sample):
        return _latin(sample)
    name, quality = _best_script(sample)
    if quality >= GOOD:
        return name
    for name_of_kana in ("euc_jp", "cp932"):
        if _is_japanese(sample, name_of_kana):
            return name_of_kana
    best = from_bytes(sample, cp_isolation=OTHERS).best()
    return best.encoding if best else (name if quality > 0 else "cp1252")


def _is_japanese(sample: bytes, name: str) -> bool:
    """Whether a fifth is kana, without which nobody writes Japanese."""
    text = sample.decode(name, "replace")
    return "\ufffd" not in text[:-1] and len(_KANA.findall(text)) > KANA_SHARE * len(text)


def is_foreign(raw: bytes) -> bool:
    """Whether most letters are beyond ASCII, as in no language of Latin letters."""
    sample = _TAG.sub(b"", raw[:SAMPLE]) if b"<" in raw[:SAMPLE] else raw[:SAMPLE]
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
    best, quality = _best_script(sample)
    return best if quality >= GOOD and best != name and quality > own + MARGIN else ""


def central(raw: bytes, western: str) -> str:
    """The codec of bytes that make odd words (`western`) in cp1252, "" when they are right as they are."""
    if _is_hungarian(western):
        return "cp1250"
    if _DOS.search(raw):
        return _latin(raw[:SAMPLE])
    return "cp1254" if _is_turkish(raw, western) else _central(raw, language_of(western))


def once(text: str) -> str:
    """Text that some program took for Latin letters and encoded a second time, read rightly: "Ã©" is "é"."""
    if next(islice(_TWICE.finditer(text), MANY_TWICE - 1, None), None) is None:
        return text
    try:
        bytes_ = b"".join(_single_byte(sign) for sign in text)
        return bytes_.decode("utf-8")
    except UnicodeError:
        return text


def _single_byte(sign: str) -> bytes:
    """Windows-1252 as programs read it: the five places it leaves empty are controls."""
    return sign.encode("latin-1") if sign < "\u0100" else sign.encode("cp1252")


def _is_turkish(raw: bytes, western: str) -> bool:
    has_its_letters = any(letter in western for letter in "þðýÞÐÝ")
    return has_its_letters and language_of(raw[:SAMPLE].decode("cp1254", "replace")) == "tr"


def _is_hungarian(western: str) -> bool:
    """By letters that stand together in no other language: õ or û, beside ö or ü, and á, é, ó or ú."""
    letters = set(western.lower())
    return all(not letters.isdisjoint(each) for each in _HUNGARIAN)


def _is_usual(text: str) -> bool:
    """The quick look: nearly two thirds of Russian are ten letters, and mostly small ones."""
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return sum(map(text.count, "оеаинтсрвл")) > 0.45 * beyond_ascii


def _best_script(sample: bytes) -> tuple[str, float]:
    rated = [(_quality(sample, name), -order, name) for order, name in enumerate(SCRIPTS)]
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
    if _is_turkish(sample, western):
        return "cp1254"
    if _is_hungarian(western):
        return "cp1250"
    inside = _INSIDE_A_WORD.findall(western)
    central = _central(sample, language_of(western))
    if not inside or _letters(inside) >= USUAL_SHARE * len(inside):
        return central or "cp1252"
    rated = [(_letters(_INSIDE_A_WORD.findall(sample.decode(name, "replace"))), name) for name in _OLD]
    most, name = max(rated, key=lambda one: one[0])
    if central and {one: count for count, one in rated}[central] == most:
        return central
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
