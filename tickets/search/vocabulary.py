"""What may stand behind an operator, in English, Russian and Hungarian at once."""

from tickets.search.spelling import folded

# What a value may be: the word the desk uses → in English | Russian | Hungarian, the usual one first.
IS: dict[str, str] = {
    "new": "new | новое | új",
    "open": "open | открыто | nyitott",
    "waiting": "waiting | ждёт-клиента ожидание | ügyfélre-vár várakozik",
    "on_hold": "on-hold | отложено | félretéve",
    "resolved": "resolved | решено | megoldva megoldott",
    "closed": "closed | закрыто | lezárva lezárt",
    "unfinished": "unfinished | в-работе | folyamatban",
    "unread": "unread | непрочитано | olvasatlan",
    "unanswered": "unanswered | без-ответа | megválaszolatlan",
    "answered": "answered | с-ответом | megválaszolt",
    "mine": "mine | моё | enyém",
    "unassigned": "unassigned | ничьё | gazdátlan",
    "snoozed": "snoozed | отсрочено | elhalasztva elhalasztott",
    "escalated": "escalated | показано-руководителям | vezetőnek-jelezve",
    "overdue": "overdue | просрочено | lejárt",
    "due": "due-soon | скоро-срок | hamarosan-esedékes",
    "spam": "spam | спам | levélszemét",
    "bin": "bin | корзина | kuka",
}
HAS: dict[str, str] = {
    "attachment": "attachment | вложение файл | melléklet csatolmány",
    "note": "note | заметка | jegyzet",
    "reply": "reply | ответ | válasz",
}
KIND: dict[str, str] = {
    "information": "information | информация вопрос | információ",
    "support": "support | поддержка | támogatás",
    "complaint": "complaint | жалоба | panasz",
    "suggestion": "suggestion | предложение | javaslat",
    "none": "none | нет | nincs",
}
PRIORITY: dict[str, str] = {
    "low": "low | низкий | alacsony",
    "normal": "normal | обычный | normál",
    "high": "high | высокий | magas",
    "urgent": "urgent | срочный | sürgős",
}
ME = frozenset({"me", "я", "мне", "моё", "én", "enyém"})
MINE = frozenset({"mine", "мои", "моя", "enyém", "saját"})
NOBODY = frozenset({"none", "nobody", "никто", "нет", "senki", "nincs"})
VALUES: dict[str, dict[str, str]] = {"is": IS, "has": HAS, "kind": KIND, "priority": PRIORITY}
OR = frozenset({"or", "или", "vagy"})
_PLACES = {"en": 0, "ru": 1, "hu": 2}
_BY_WORD = {
    operator: {
        folded(word): value for value, words in table.items() for word in words.replace("|", " ").split()
    }
    for operator, table in VALUES.items()
}


def meant(operator: str, word: str) -> str:
    """The value of `is:` and its kin that somebody calls so; "" for none."""
    return _BY_WORD[operator].get(folded(word), "")


def word_for(operator: str, value: str, language: str) -> str:
    """The usual word for a value in this language."""
    return VALUES[operator][value].split("|")[_PLACES.get(language, 0)].split()[0]


def words_of(operator: str, language: str) -> list[str]:
    """All usual words of an operator in this language."""
    return [word_for(operator, value, language) for value in VALUES[operator]]
