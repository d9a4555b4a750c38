"""A phrase in all its forms, as an expression that a browser understands (ECMAScript, flag u). Pure."""

from tickets.classification import phrases

_BEGIN, _END = r"(?<!\w)(?:", r")(?!\w)"
_LETTER = r"[\p{L}\p{M}\p{N}_]"
BEFORE, AFTER = rf"(?<!{_LETTER})", rf"(?!{_LETTER})"


def plain(text: str) -> str:
    """As a text is looked through: see `phrases.plain`; as long as the text was."""
    return phrases.plain(text)


def source(words: str, language: str) -> str:
    """What finds the phrase in a text that `plain` has been over; without its edges."""
    found = phrases.pattern(words, language).pattern
    inside = found.removeprefix(_BEGIN).removesuffix(_END)
    return inside.replace(r"\w", _LETTER).replace(r"\"", '"').replace(r"\-", "-").replace(r"\ ", " ")


def whole(groups: list[list[str]], language: str) -> str:
    """One expression for all: a group for each of these lists of phrases, in their order."""
    inside = (f"({'|'.join(source(each, language) for each in group)})" for group in groups)
    return f"{BEFORE}(?:{'|'.join(inside)}){AFTER}"
