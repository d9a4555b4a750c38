"""Writing on a ticket: a note for colleagues, words for the customer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.accounts.models import Company
from tickets import placeholders, replies
from tickets.macros import checking
from tickets.rules import replying
from tickets.rules.actions.registry import Action, Doing, Left, register
from tickets.rules.conditions import Nonsense


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Nonsense(_("Say what is to be written."))
    if len(value) > checking.LONGEST:
        raise Nonsense(_("At most %(most)d letters fit.") % {"most": checking.LONGEST})
    text = value.replace("\r\n", "\n").replace("\x00", "")
    try:
        unknown = placeholders.unknown(text)
    except placeholders.Malformed as wrong:
        raise Nonsense(_("A condition in the text has no end.")) from wrong
    nobodys = [each for each in placeholders.left_in(text) if each.startswith("agent.")]
    if strange := [*unknown, *nobodys]:
        raise Nonsense(_("There is nothing to put in for {%(name)s}.") % {"name": strange[0]})
    return text


def _texts(value: Any) -> dict[str, str]:
    """Language → words of a reply."""
    if not isinstance(value, Mapping):
        raise Nonsense(_("Say what is to be written."))
    texts = {
        str(code)[:8]: _in_language(str(code), text) for code, text in value.items() if str(text).strip()
    }
    if not texts:
        raise Nonsense(_("Say what is to be written."))
    return texts


def _in_language(code: str, text: Any) -> str:
    try:
        return _text(text)
    except Nonsense as wrong:
        raise Nonsense(str(wrong), at=code) from wrong


def _note(doing: Doing, value: str) -> tuple[Any, Any]:
    said = replying.written(value, doing.ticket, Company.load())
    note = replies.add_note(doing.ticket, author=None, body=said, key=doing.own_key)
    return None, note.pk


def _reply(doing: Doing, value: Mapping[str, str]) -> tuple[Any, Any]:
    try:
        return None, replying.reply(doing.ticket, value, key=doing.own_key).pk
    except replying.Guarded as guarded:
        raise Left(guarded.code) from guarded


register(Action(name="note", label=gettext_lazy("Add a note"), icon="note", sound=_text, do=_note))
register(
    Action(
        name="reply",
        label=gettext_lazy("Write to the customer"),
        icon="reply",
        sound=_texts,
        do=_reply,
        reaches_out=True,
    )
)
