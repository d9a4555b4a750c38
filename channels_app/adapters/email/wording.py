"""The few words a letter needs around its text, in the language of who reads it, as mail programs put them.

What is written here comes back quoted: what folds quotations knows `ABOVE` and the attributions.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

FALLBACK = "en"
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "yi", "ps", "sd", "ckb"}


@dataclass(frozen=True)
class Words:
    """The words of one language; `wrote` introduces a quotation."""

    wrote: str
    above: str
    forwarded: str
    sender: str
    date: str
    subject: str
    to: str
    cc: str


WORDS: dict[str, Words] = {
    "en": Words(
        "On {date}, {who} wrote:",
        "Please write your answer above this line",
        *("Forwarded message", "From", "Date", "Subject", "To", "Cc"),
    ),
    "ru": Words(
        "{date}, {who} пишет:",
        "Пожалуйста, пишите ответ выше этой строки",
        *("Пересылаемое сообщение", "От", "Дата", "Тема", "Кому", "Копия"),
    ),
    "hu": Words(
        "{who} ezt írta (időpont: {date}):",
        "Kérjük, válaszát e sor fölé írja",
        *("Továbbított üzenet", "Feladó", "Dátum", "Tárgy", "Címzett", "Másolat"),
    ),
    "de": Words(
        "Am {date} schrieb {who}:",
        "Bitte schreiben Sie Ihre Antwort über diese Zeile",
        *("Weitergeleitete Nachricht", "Von", "Datum", "Betreff", "An", "Kopie"),
    ),
    "fr": Words(
        "Le {date}, {who} a écrit :",
        "Veuillez écrire votre réponse au-dessus de cette ligne",
        *("Message transféré", "De", "Date", "Objet", "À", "Cc"),
    ),
    "es": Words(
        "El {date}, {who} escribió:",
        "Escriba su respuesta por encima de esta línea",
        *("Mensaje reenviado", "De", "Fecha", "Asunto", "Para", "Cc"),
    ),
    "it": Words(
        "Il {date}, {who} ha scritto:",
        "Scriva la Sua risposta sopra questa riga",
        *("Messaggio inoltrato", "Da", "Data", "Oggetto", "A", "Cc"),
    ),
    "pt": Words(
        "Em {date}, {who} escreveu:",
        "Escreva a sua resposta acima desta linha",
        *("Mensagem encaminhada", "De", "Data", "Assunto", "Para", "Cc"),
    ),
    "pl": Words(
        "{date}, {who} napisał(a):",
        "Prosimy pisać odpowiedź powyżej tej linii",
        *("Wiadomość przekazana", "Od", "Data", "Temat", "Do", "DW"),
    ),
    "uk": Words(
        "{date}, {who} пише:",
        "Будь ласка, пишіть відповідь вище цього рядка",
        *("Переслане повідомлення", "Від", "Дата", "Тема", "Кому", "Копія"),
    ),
}
ABOVE = frozenset(words.above for words in WORDS.values())
"""The lines of "reply above this line" in all languages, without the dashes around them."""


def words(language: str) -> Words:
    return WORDS.get(language.lower().partition("-")[0], WORDS[FALLBACK])


def above(language: str) -> str:
    """The line above which the customer is asked to write."""
    return f"--- {words(language).above} ---"


def moment(at: datetime, language: str, *, country: str = "", zone: tzinfo | None = None) -> str:
    """A time as people of this language and country write it, in their zone."""
    locale = _locale(language, country)
    local = at.astimezone(zone) if zone else at
    written = f"{format_date(local, 'long', locale)}, {format_time(local, 'short', locale=locale)}"
    return written.replace("\u202f", " ").replace("\xa0", " ")


def direction(language: str) -> str:
    return "rtl" if language.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def _locale(language: str, country: str) -> Locale:
    """The nearest locale there is; a language we have no words for is dated in the words we use instead."""
    known = language.lower().partition("-")[0]
    known = known if known in WORDS else FALLBACK
    try:
        return Locale(known, country.upper() or None)
    except (UnknownLocaleError, ValueError):
        return Locale(known)
