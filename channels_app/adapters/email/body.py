"""The body of a letter as the desk shows it: cleaned HTML, readable text, the files shown in place."""

import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from channels_app.adapters.email import html, plaintext, quoting
from channels_app.adapters.email.contents import Contents, File
from channels_app.messages import Fold, without_folds

_CID = re.compile(r' src="cid:([^"]*)"')


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
    if html.is_too_deep(letter.html):
        words = letter.text.strip("\n") or plaintext.stripped(letter.html)
        folded = quoting.fold(words, subject=subject, sender_name=sender_name)
        return Body(text=words, html="", embedded=[], shown=frozenset(), folds=folded.folds, withheld=True)
    source, embedded = html.part_embedded(letter.html)
    page = _CID.sub(_plain_cid, html.clean(source, keep_names=True)) if source else ""
    shown = frozenset(unescape(found) for found in _CID.findall(page))
    text = letter.text.strip("\n") or plaintext.text_of(page)
    folded = quoting.fold(text, page, subject=subject, sender_name=sender_name)
    return Body(text=text, html=folded.html, embedded=embedded, shown=shown, folds=folded.folds)


def _plain_cid(source: re.Match[str]) -> str:
    """A picture's content id spelled as its part spells it, without percent signs (RFC 2392)."""
    return f' src="cid:{escape(unquote(unescape(source[1])))}"'
