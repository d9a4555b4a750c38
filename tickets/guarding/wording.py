"""What a text promises or names, found by its words in English, Russian and Hungarian. Pure."""

import re

# Words of the writer that a file comes with this message. What is asked of the reader ("please attach")
# is another matter, so forms of asking are not here.
_PROMISED = re.compile(
    r"""
    \b(?:
        (?<!you\ )(?<!you've\ )(?<!you\ have\ )attached | attaching | (?:i|we)(?:'ll|\ will)?\ attach
      | enclosed | enclosing
      | (?:in|see|the|this|my|our|as|an|find)\ (?:the\ )?(?:attachments?|enclosures?)
    )\b
    | \b(?:
        прикрепил[аи]? | прикрепляю | прикрепляем | прикрепл[её]н\w* | прилага(?:ю|ем|ется|ются)
      | приложил[аи]? | приложен(?!и)\w* | вложил[аи]? | вкладываю | вкладываем | вложен(?!и)\w*
      | во?\ вложени(?:и|ях|ю) | в\ приложении\ к | в\ прикрепл[её]нн\w+
    )\b
    | \b(?:
        mellékel(?:em|jük|tem|tük|ve|ek|ünk|t|tet) | melléklet(?:ben|ként|ét|ünk|ünket|em|emet|ekben|eket|et)
      | csatol(?:om|juk|tam|tuk|va|ok|unk|t|tat) | csatolmány(?:ban|ként|t|om|omat|unk|unkat|okban|okat)?
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ASKED = re.compile(
    r"""
    \b(?:your|please\ (?:find\ )?|could\ you\ |can\ you\ |to\ )(?<!find\ )attach\w* |
    \bваш\w*\ (?:вложени|приложени)\w* | \b(?:az\ ön\ )?(?:csatolmányát|mellékletét)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CARD = re.compile(r"(?<![\d.,/-])(?:\d[ \u00a0-]?){12,18}\d(?![\d-])")
_NUMBER = re.compile(r"(?<![\w&/])#(\d{3,18})\b")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-zA-Z]{2,24}")
_GREETING = re.compile(
    r"""^\W*(?:dear|hello|hi|hey|good\ (?:morning|afternoon|evening|day)
      | здравствуйте | добрый\ (?:день|вечер) | доброе\ утро | приветствую | привет | уважаем(?:ый|ая|ые)
      | kedves | tisztelt | szia | sziasztok | üdvözlöm | jó\ (?:napot|reggelt|estét))
      \b[\s,]*(?P<name>[^\W\d_][\w'’.-]*(?:[ \u00a0][^\W\d_][\w'’.-]*){0,3})?\s*[,!.:–—-]*\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
NOBODY = {
    *("sir", "madam", "customer", "all", "team", "there", "everyone", "everybody", "again", "both", "friend"),
    *("mr", "mrs", "ms", "miss", "dr", "and", "or", "client", "colleague", "colleagues", "friends"),
    *("клиент", "клиентка", "коллеги", "коллега", "все", "господин", "госпожа", "друзья", "покупатель"),
    *("ügyfelünk", "ügyfél", "vásárlónk", "vásárló", "hölgyem", "uram", "címzett", "kolléga", "kollégák"),
    *("mindenki", "partnerünk", "úr", "asszony", "kívánok"),
}


def own_words(text: str) -> str:
    """Without what is quoted from others."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))


def promises_a_file(text: str) -> bool:
    """Whether the writer says that something is attached."""
    return bool(_PROMISED.search(_ASKED.sub(" ", text)))


def cards(text: str) -> list[str]:
    """Numbers of payment cards: 13 to 19 digits that pass Luhn's check (ISO/IEC 7812-1), each masked."""
    found = (re.sub(r"\D", "", each) for each in _CARD.findall(text))
    return [f"…{digits[-4:]}" for digits in found if digits[0] in "23456" and _passes_luhn(digits)]


def numbers(text: str) -> set[int]:
    """Numbers of tickets, as one writes them: #48200."""
    return {int(found) for found in _NUMBER.findall(text)}


def addresses(text: str) -> set[str]:
    """The mail addresses in a text, in lower case."""
    return {found.lower().rstrip(".") for found in _ADDRESS.findall(text)}


def greeted(text: str) -> list[str]:
    """The words of the name in the first line, if it is a greeting by name; titles and nobodies left out."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    found = _GREETING.match(first.strip())
    words = re.findall(r"[^\W\d_]+", (found and found["name"]) or "")
    return [word for word in words if word.casefold() not in NOBODY]


def fits(greeting: list[str], names: set[str]) -> bool:
    """Whether one of the greeted words is, or begins like, a word of one of the names.

    Inflection and short forms change the end of a name, so its beginning decides: "Анне" is "Анна".
    """
    known = {word.casefold() for name in names for word in re.findall(r"[^\W\d_]+", name)}
    return any(_alike(word.casefold(), other) for word in greeting for other in known)


def _alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    begin = max(2, min(shorter - 1, 4))
    return one == other or (shorter > 2 and one[:begin] == other[:begin])


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0 and len(set(digits)) > 1
