"""The words of a ticket without whose they were: names, numbers, addresses, greetings, farewells. Pure."""

import re

_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|https?://\S+")
_NUMBER = re.compile(r"(?<!\w)[#№]?[A-Z]{0,3}-?\d[\d .,/:-]*\d(?!\w)|\d+")
_SAID = re.compile(r"\w")
_WORD = re.compile(r"[^\W\d_]{2,}")
_HELLO = (
    r"(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day)|to whom it may concern"
    r"|уважаем\w+|здравствуйте|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток)|привет\w*"
    r"|kedves|tisztelt|jó (?:napot|reggelt|estét)|üdvözl\w+|szia\w*|helló)"
)
_GREETING = re.compile(
    rf"\s*{_HELLO}(?:"
    r"(?:,?[^\S\n][^\s.!?,]+){0,4}[,!:]\s*(?:\n+|$)"  # a line of its own, a name in it
    r"|(?:[^\S\n][^\s.!?,]+){0,3}\s*(?:\n+|$)"
    r"|\b[^\n.!?,]{0,40}[,!.:]\s*)",  # before what is said
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"\s*(?:(?:with )?(?:kind|best|warm|many) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|truly)"
    r"|sincerely|cheers|(?:many )?thanks?(?: you)?(?: very much| a lot| in advance)?"
    r"|с уважением|с наилучшими пожеланиями|всего (?:доброго|хорошего)|(?:заранее )?(?:спасибо|благодар\w+)"
    r"|(?:szívélyes |baráti )?üdvözlettel|tisztelettel|köszönettel|(?:előre is )?köszönöm(?: szépen)?"
    r"|szép napot|minden jót)[,.!]?\s*(?:\S+(?: \S+){0,3})?\s*",
    re.IGNORECASE,
)
_REPLIED = re.compile(r"\s*(?:(?:re|fwd?|aw|vá|ha|отв|ответ|пересл)\s*:\s*)+", re.IGNORECASE)
FAREWELL_LINES = 6
"""So many of the last lines can be a farewell and a name."""


def bare(text: str, names: str = "") -> str:
    """Without names, numbers and addresses: "…" stands in their place."""
    text = _NUMBER.sub("…", _ADDRESS.sub("…", text))
    for name in sorted({word for word in _WORD.findall(names) if len(word) > 2}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}\w{{0,3}}", "…", text, flags=re.IGNORECASE)
    return re.sub(r"…(?:[ ,]*…)+", "…", text).strip()


def core(text: str, names: str = "") -> str:
    """What is said between greeting and farewell, bare."""
    greeted = _GREETING.match(text.strip())
    lines = text.strip()[greeted.end() if greeted else 0 :].split("\n")
    for place in range(max(0, len(lines) - FAREWELL_LINES), len(lines)):
        if _FAREWELL.fullmatch(lines[place]):
            lines = lines[:place]
            break
    bared = bare("\n".join(lines), names).split("\n")
    told = (line for line in bared if "…" not in line or _SAID.search(line))
    said = "\n".join(told).strip()
    return said[:1].upper() + said[1:]


def subject(text: str, names: str = "") -> str:
    """A subject as the title of something to be found again."""
    said = re.sub(r"\s*[\[(]?\s*…\s*[\])]?\s*$", "", bare(_REPLIED.sub("", text, count=1), names))
    return said.strip(" -–:,")[:160]
