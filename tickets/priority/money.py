"""Amounts of money that a text names. Pure."""

import re

SIGNS = r"€|\$|£|₽|eur(?:os?)?|usd|gbp|huf|rub|ft|forint\w*|dollars?|pounds?|руб\w*|евро"
NUMBER = r"\d{1,3}(?:[ \u00a0.,']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?:{SIGNS})\s?({NUMBER})|({NUMBER})\s?(?:{SIGNS}))(?!\w)", re.IGNORECASE
)
_CENTS = re.compile(r"[.,](\d{1,2})$")


def most(text: str) -> int:
    """The largest amount in whole units of whatever currency; 0 when none is named."""
    return max((_whole(before or after) for before, after in _AMOUNT.findall(text)), default=0)


def _whole(number: str) -> int:
    return int(re.sub(r"\D", "", _CENTS.sub("", number))[:12] or 0)
