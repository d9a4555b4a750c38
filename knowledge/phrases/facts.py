"""What a reply on a ticket is held against, beside the phrases: name, greeting, sign-off, questions."""

from typing import Any

from knowledge.phrases.questions import asked
from tickets.models import Message, Ticket

MOST_READ = 5
LANGUAGES = ("en", "ru", "hu")
_GREETINGS = {
    "en": r"dear|hello|hi|good (?:morning|afternoon|evening|day)|thank",
    "ru": r"здравствуйте|добр(?:ый|ое|ого)|уважаем|приветству|привет|спасибо",
    "hu": r"tisztelt|kedves|üdvözl|jó (?:napot|reggelt|estét)|szia|hell|köszön",
}
_ENDINGS = {
    "en": r"regards|sincerely|best wishes|all the best|yours|cheers|thank you|thanks",
    "ru": r"с уважением|всего (?:доброго|хорошего)|с наилучшими|хорошего дня|до свидания|спасибо",
    "hu": r"üdvözlet|tisztelettel|szívélyes|minden jót|szép napot|köszön|viszontlátásra",
}
_UNFINISHED = 60  # letters: shorter ones are no letters


def of(ticket: Ticket) -> dict[str, Any]:
    """What the browser needs to look at a reply on this ticket; two queries, and no words of colleagues."""
    language = (ticket.customer.language or ticket.language)[:2]
    language = language if language in LANGUAGES else ""
    return {
        "language": language,
        "name": ticket.customer.name.split(),
        **patterns(language),
        "questions": [{"text": each.text, "stems": each.stems} for each in asked(_unanswered(ticket))],
    }


def patterns(language: str) -> dict[str, Any]:
    """How a letter in this language begins and ends; "" where nobody knows."""
    found = {"greeting": _GREETINGS.get(language, ""), "ending": _ENDINGS.get(language, "")}
    return {**found, "shortest": _UNFINISHED}


def _unanswered(ticket: Ticket) -> list[str]:
    """What the customer wrote since the last answer, quotations left out, the oldest first."""
    said = Message.objects.filter(ticket=ticket).exclude(direction=Message.Direction.NOTE)
    texts: list[str] = []
    for message in said.only("direction", "text", "folds", "is_automatic").order_by("-id")[: MOST_READ * 2]:
        if message.direction == Message.Direction.OUT and not message.is_automatic:
            break
        if message.direction == Message.Direction.IN:
            texts.append(message.visible_text)
    return texts[::-1][-MOST_READ:]
