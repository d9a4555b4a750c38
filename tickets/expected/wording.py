"""How an expected time is said, in the language of whoever reads it. Pure."""

from tickets.expected.reckoning import Length, Range

_EN = {"minutes": ("minute", "minutes"), "hours": ("hour", "hours"), "days": ("day", "days")}
# After «в течение» stands the genitive: of one, and of all others.
_RU = {"minutes": ("минуты", "минут"), "hours": ("часа", "часов"), "days": ("дня", "дней")}
_HU = {"minutes": "percen", "hours": "órán", "days": "napon"}


def usually(spread: Range, language: str, *, whole: bool = False) -> str:
    """Within a sentence: "usually within 3 working hours"; with `whole` both ends of the range."""
    spoken = language.partition("-")[0]
    tell = {"ru": _russian, "hu": _hungarian}.get(spoken, _english)
    low = spread.low if whole and _differs(spread) else None
    return tell(low, spread.high)


def _differs(spread: Range) -> bool:
    return spread.low.unit == spread.high.unit and spread.low.count < spread.high.count


def _english(low: Length | None, high: Length) -> str:
    noun = _EN[high.unit][high.count != 1]
    noun = f"working {noun}" if high.is_working else noun
    return f"usually within {_span(low, high, ' to ')} {noun}"


def _russian(low: Length | None, high: Length) -> str:
    is_one = high.count % 10 == 1 and high.count % 100 != 11
    noun = _RU[high.unit][not is_one]
    working = ("рабочего " if is_one else "рабочих ") if high.is_working else ""
    return f"обычно в течение {_span(low, high, '–')} {working}{noun}"


def _hungarian(low: Length | None, high: Length) -> str:
    noun = _HU[high.unit]
    noun = f"munka{noun}" if high.is_working else noun
    return f"rendszerint {_span(low, high, '–')} {noun} belül"


def _span(low: Length | None, high: Length, dash: str) -> str:
    return f"{low.count}{dash}{high.count}" if low else str(high.count)


CORRECTION = {
    "en": (
        "It takes a little longer",
        "Hello,\n\nyour request {number} takes longer than we expected. We are still on it, and you will "
        "hear from us by {when}. We are sorry for the delay.\n\n{company}",
    ),
    "ru": (
        "Ответ займёт немного больше времени",
        "Здравствуйте!\n\nОтвет на ваше обращение {number} занимает больше времени, чем мы ожидали. Мы им "
        "занимаемся и ответим до {when}. Приносим извинения за задержку.\n\n{company}",
    ),
    "hu": (
        "A válaszra egy kicsit többet kell várnia",
        "Tisztelt Ügyfelünk!\n\nA(z) {number} számú kérésére a vártnál több időbe telik válaszolnunk. "
        "Foglalkozunk vele, és legkésőbb {when} jelentkezünk. A késésért elnézést kérünk.\n\n{company}",
    ),
}
"""By language: the subject, and what is said when a time does not hold."""
