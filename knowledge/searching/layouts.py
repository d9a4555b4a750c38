"""What was typed with the wrong keyboard, or in the letters of another alphabet, as it was meant."""

from collections.abc import Mapping

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN)
_TO_QWERTZ = str.maketrans("yzYZ", "zyZY")

_SPELT = {
    "tsya": "тся", "shch": "щ", "sch": "щ", "yo": "е", "jo": "е", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч",
    "sh": "ш", "yu": "ю", "ju": "ю", "ya": "я", "ja": "я", "ye": "е", "je": "е", "a": "а", "b": "б", "v": "в",
    "g": "г", "d": "д", "e": "е", "z": "з", "i": "и", "j": "й", "y": "ы", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф", "h": "х", "c": "ц",
    "w": "в", "x": "кс", "q": "к", "'": "ь",
}  # fmt: skip
_OTHERWISE = _SPELT | {"ia": "я", "iu": "ю", "ja": "жа", "je": "же", "jo": "жо", "ju": "жу", "j": "ж"}
_LONGEST = max(map(len, _SPELT))
_VOWELS = frozenset("аеиоуыэюя")


def readings(text: str) -> list[str]:
    """Other ways to read what was typed: the Russian keyboard, the English one, the Hungarian one, sounds."""
    if any("а" <= letter <= "я" for letter in text.lower()):
        return [text.lower().replace("ё", "ё").translate(_TO_LATIN)]
    return [text.translate(_TO_CYRILLIC), spelt(text), spelt(text, _OTHERWISE), text.translate(_TO_QWERTZ)]


def spelt(text: str, letters: Mapping[str, str] = _SPELT) -> str:
    """Russian written in Latin letters, in Cyrillic: "gde moya posylka"."""
    text, out, at = text.lower(), [""], 0
    while at < len(text):
        size = next((n for n in range(_LONGEST, 0, -1) if text[at : at + n] in letters), 0)
        letter = letters[text[at : at + size]] if size else text[at]
        after_vowel = out[-1][-1:] in _VOWELS
        if after_vowel and (letter == "ы" or (letter == "и" and not text[at + 1 : at + 2].isalpha())):
            letter = "й"  # "moy", "novoi"
        out.append(letter)
        at += size or 1
    return "".join(out)
