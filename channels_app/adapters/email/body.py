"""The body of a letter as the desk shows it: cleaned HTML, readable text, the files shown in place."""

import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from channels_app.adapters.email import html, plaintext, quoting
from channels_app.adapters.email.contents import Contents, File
from channels_app.messages import Fold, without_folds

LONGEST_MARKED = 1_000_000
LONGEST_EXCUSE = 400
LONGEST_START = 100  # characters of a text part that may be all that was left of the letter

# "Your mail program does not show HTML", in the languages that programs say it in.
_EXCUSE = re.compile(
    r"\bHTML\b.*\b(?:messages?|e-?mails?|format|view|display|support|reader|client|browser|program)"
    r"|\b(?:support|view|display|show|read|enable)\w*\b.*\bHTML\b"
    r"|HTML.{0,80}(?:формат|письм|просмотр|поддерж)|(?:поддерж|просмотр|отобра).{0,80}HTML"
    r"|HTML.{0,80}(?:formátum|levél|üzenet|megjelen)|HTML.{0,80}(?:anzeig|darstell|Format)",
    re.IGNORECASE | re.DOTALL,
)
_CID = re.compile(r' src="(?i:cid:)([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Body:
    """`html` is cleaned, "" when there is none; `embedded` are pictures that were written into the HTML."""

    text: str
    html: str
    embedded: list[File]
    shown: frozenset[str]
    """The content ids that the HTML shows."""
    folds: tuple[Fold, ...] = ()
    """What of `text` is quoted or a signature; the same is marked in `html`."""
    withheld: bool = False
    """The HTML is not shown: no cleaner can afford to read it."""

    @property
    def visible_text(self) -> str:
        """The new words of the sender."""
        return without_folds(self.text, self.folds)


def of(letter: Contents, *, subject: str = "", sender_name: str = "") -> Body:
    """What of a letter is shown; HTML that no cleaner can afford to read is shown as its words.

    The subject tells a forward from an answer, the name finds the sender's signature.
    """
    source, embedded = html.part_embedded(letter.html)
    if html.is_too_long(source) or html.is_too_deep(source):
        words = letter.text.strip("\n") or plaintext.stripped(source)
        folded = quoting.fold(words, subject=subject, sender_name=sender_name)
        return Body(text=words, html="", embedded=[], shown=frozenset(), folds=folded.folds, withheld=True)
    page = _CID.sub(_plain_cid, html.clean(source, keep_names=True)) if source else ""
    shown = frozenset(unescape(found) for found in _CID.findall(page))
    text = _words(letter.text.strip("\n"), page)
    # The page of a longer letter is not marked, so that nobody waits for it.
    marked = page if len(page) <= LONGEST_MARKED else ""
    folded = quoting.fold(text, marked, subject=subject, sender_name=sender_name)
    return Body(
        text=text,
        html=folded.html if marked else quoting.nameless(page),
        embedded=embedded,
        shown=shown,
        folds=folded.folds,
    )


def _words(text: str, page: str) -> str:
    """The text that was sent, unless it only says that the letter is in the HTML, or is the start of it."""
    if not page or len(text) >= LONGEST_EXCUSE:
        return text
    is_excuse = bool(text) and bool(_EXCUSE.search(text))
    if text and not is_excuse and (len(text) > LONGEST_START or len(page) < 2 * len(text)):
        return text
    told = plaintext.text_of(page)
    words, all_words = "".join(text.split()), "".join(told.split())
    if not words or (is_excuse and all_words and words not in all_words):
        return told
    return told if all_words.startswith(words) and len(all_words) > 2 * len(words) else text


def _plain_cid(source: re.Match[str]) -> str:
    """A picture's content id spelled as its part spells it, without percent signs (RFC 2392)."""
    return f' src="cid:{escape(unquote(unescape(source[1])))}"'
