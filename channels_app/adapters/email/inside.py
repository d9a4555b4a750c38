"""Answers typed inside the mail they answer, without any mark, as in Outlook: they are never folded.

A quotation that bears no marks is compared with what was said on the ticket, of which we have every word.
What stands in it and was said by nobody is the customer's: the mail is then shown whole. Only a quotation in
which our own words are found can be compared; of any other the folds stay.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from channels_app.adapters.email import letterhead
from channels_app.adapters.email.quoting import dividers, footers, introductions
from channels_app.adapters.email.quoting.lines import Line, split
from channels_app.messages import QUOTE, Fold, InboundMessage
from helpdesk.accounts.models import Company
from tickets import threads
from tickets.models import Message

MOST_MESSAGES = 30
MOST_OF_ONE = 60_000  # characters of a message that are compared
SURE = 3  # words in a row that are ours, so that the quotation is of our mail

_WORD = re.compile(r"[^\W_]+")
# Programs write out addresses and name pictures: that is nobody's words.
_ADDED = re.compile(
    r"<?(?:https?://|mailto:|tel:|www\.)[^\s<>\]]+[>\]]?|\[(?:cid|image|https?)[^\]]*\]|<[^<>\s]+@[^<>\s]+>",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\W*\d{1,3}[.)]\s+")
# What a company's mail server writes above mail that comes from outside.
_BANNER = re.compile(
    r"^\W{0,4}(?:external|extern|caution|warning|attention|achtung|vorsicht|внимание|осторожно|figyelem)\b"
    r"(?=.*(?:extern|outside|außerhalb|внешн|извне|külső|kívül|link|ссылк|click))|^\W{0,3}\[?external\]?\W*$",
    re.IGNORECASE,
)


def opened(message: InboundMessage) -> InboundMessage:
    """The message, without its folded quotations when the customer's own words stand in one of them."""
    doubtful = [fold for fold in message.folds if _is_unmarked(message.text, fold)]
    if not doubtful:
        return message
    clue = threads.stated(message)
    if clue is None:
        return message
    ours, said = _said(clue.ticket_id)
    if not any(_answers(message.text[fold.start : fold.end], ours, said) for fold in doubtful):
        return message
    return replace(
        message,
        folds=tuple(fold for fold in message.folds if fold.kind != QUOTE),
        html=message.html.replace(f' data-fold="{QUOTE}"', ""),
    )


def _is_unmarked(text: str, fold: Fold) -> bool:
    """A marked quotation has a line or two without marks as well: who wrote it, and when."""
    if fold.kind != QUOTE:
        return False
    lines = [line for line in split(text[fold.start : fold.end]) if not line.blank]
    return 2 * sum(line.cited for line in lines) < len(lines)


def _said(ticket_id: int) -> tuple[str, str]:
    """All words of our own mails on a ticket, with what stood around them; and all words of everybody."""
    spoken = Message.objects.filter(ticket=ticket_id).exclude(direction=Message.Direction.NOTE)
    related = spoken.select_related("ticket__customer", "ticket__team", "channel", "author")
    latest = list(related.defer("search", "html").order_by("-pk")[:MOST_MESSAGES])
    company = Company.load()
    ours = [message for message in latest if message.direction == Message.Direction.OUT]
    names = [f"{each.subject}\n{each.sender_name}\n{each.sender_address}" for each in latest]
    letters = [_words(_letter(message, company)) for message in ours]
    theirs = [_words(message.text[:MOST_OF_ONE]) for message in latest if message not in ours]
    own = [_words(message.text[:MOST_OF_ONE]) for message in ours]
    return _joined(own), _joined([*letters, *theirs, *map(_words, names)])


def _letter(message: Message, company: Company) -> str:
    text = message.text[:MOST_OF_ONE]
    if message.channel is None:
        return text
    return letterhead.as_text(text, letterhead.of(message, message.channel, company))


def _answers(quotation: str, ours: str, said: str) -> bool:
    """Whether there are lines in a quotation of our mail that nobody said before."""
    lines = split(quotation)
    told = [_words(line.words) for line in lines]
    if not any(len(words.split()) >= SURE and _is_in(words, ours) for words in told):
        return False
    frame = set(_frame(lines))
    return any(
        words and number not in frame and not _is_in(words, said) and not _is_in(_words(bare), said)
        for number, words in enumerate(told)
        if (bare := _NUMBERED.sub("", lines[number].words)) and not lines[number].cited
    )


def _frame(lines: list[Line]) -> Iterator[int]:
    """The lines that mail programs, scanners and companies put around what somebody said."""
    for introduction in introductions.find(lines).values():
        yield from range(introduction.start, introduction.end)
    last_field = -2
    for number, line in enumerate(lines):
        if dividers.field_at(lines, number) is not None:
            last_field = number
            yield number
        elif last_field == number - 1 and "@" in line.words:
            last_field = number  # recipients that go on in the next line
            yield number
        elif _is_added(lines, number):
            yield number


def _is_added(lines: list[Line], number: int) -> bool:
    words = lines[number].words
    opens = dividers.opening_at(lines, number) is not None
    return opens or bool(_BANNER.search(words)) or footers.is_tag(words) or footers.is_check(words)


def _words(text: str) -> str:
    """The bare words of a text, in lower case, one blank between them."""
    return " ".join(_WORD.findall(_ADDED.sub(" ", text).casefold()))


def _joined(texts: list[str]) -> str:
    return " | ".join(f" {text} " for text in texts)


def _is_in(words: str, text: str) -> bool:
    return not words or f" {words} " in text
