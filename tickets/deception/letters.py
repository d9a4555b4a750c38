"""Letters that look like other letters (after Unicode TS 39): the bones of a word, and the scripts in it."""

import unicodedata

# What a reader takes for Latin at a glance: "Cyrillic, Greek and so on" → Latin, letter by letter.
_TWINS = str.maketrans(
    "авезгийкмнопрстухцьёіїјѕһԁԛԝѵүӏαβγεηικνορτυωχϲϳզհոսցքօıɩɪȷɑɡʋʏᴏłøđħŧß01350|!i",
    "abe3ruukmhonpctyxubeiijshdqwvylabyenikvoptuwxcjqhnugpoiiijagvyolodhtbole5olll",
)
_PERFECT_TWINS = set("аеоркухсѕіјһԁԛԝӏүѵανοριχγκօոսց")  # in most fonts the very same drawing
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_USUAL_MIXTURES = (
    {"LATIN", "HIRAGANA", "KATAKANA", "CJK"},
    {"LATIN", "HANGUL", "CJK"},
    {"LATIN", "BOPOMOFO", "CJK"},
)


def bones(word: str) -> str:
    """What is left of a word to a hasty eye: two words with the same bones look alike."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word.casefold()) if not _is_silent(char))
    plain = plain.translate(_TWINS).translate(_TWINS)  # a Cyrillic і is a Latin i, and that looks like an l
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return plain


def visible(text: str) -> str:
    """The text without signs that nobody sees: zero-width ones and those that turn the writing round."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc") or char in "\n\t")


def mixes_scripts(word: str) -> bool:
    """Whether one word is written in letters of several alphabets, as no language does."""
    found = {unicodedata.name(char, "?").split(" ")[0] for char in word if char.isalpha()}
    return len(found) > 1 and not any(found <= usual for usual in _USUAL_MIXTURES)


def looks_latin(word: str) -> bool:
    """Whether a word in other letters reads as a Latin one, like a Cyrillic “сосо”."""
    found = {char for char in word.casefold() if char.isalpha()}
    return bool(found) and found <= _PERFECT_TWINS


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, drop or swap with their neighbour to get from one word to the other.

    Counts up to `most` + 1 (optimal string alignment).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        above, row, two_above = row, [i], before
        for j, other_char in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (char != other_char))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == other_char:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
        before = above
    return min(row[-1], most + 1)


def _is_silent(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc")
