"""Whom a notice in a server's own words is about, and what it says of them."""

import re

from channels_app.adapters.email import mime
from channels_app.adapters.email.automatic import status
from channels_app.adapters.email.automatic.letter import Letter
from channels_app.adapters.email.automatic.status import MAX_REASON, code_in
from channels_app.adapters.email.automatic.verdict import Outcome
from channels_app.adapters.email.headers import Headers
from channels_app.adapters.email.people import addresses
from channels_app.messages import Fate

RETURNED = {"message/rfc822", "message/rfc822-headers", "text/rfc822-headers", "text/rfc822-header"}
RETURNED |= {"message/global", "message/global-headers", "message/partial"}
DAEMONS = {"mailer-daemon", "mail-daemon", "mailerdaemon", "mdaemon", "postmaster", "post_master", "abuse"}
NOT_MEANT = (
    "message-id",
    "from:",
    "von:",
    "de:",
    "от:",
    "feladó:",
    "sender:",
    "reply-to",
    "contact",
    "return-path",
)
MOST = 200

_SIGN = r"[^\s<>\"(),:;\[\]@'{}|*：（），；、。《》「」]"
_ADDRESS = re.compile(rf"(?<!{_SIGN}){_SIGN}{{1,200}}@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
# An address that a line begins with, and nothing or a reason behind it.
_LISTED = re.compile(
    rf"^[ \t>*•·-]*(?:(?:smtp|rfc822|to|recipient|user|address|failed|an|кому|címzett"
    rf"|empfänger)\s*[:;=]\s*)?[<\[('\"]*"
    rf"({_SIGN}{{1,200}}@[\w-]+(?:\.[\w-]+)+)[>\])'\"]*[ \t]*(?:$|[:;,(]|\.\.\.|->|--? |on |\[|<mailto"
    rf"|\bmailto|:)",
    re.MULTILINE | re.IGNORECASE,
)
_RCPT = re.compile(
    rf"(?:rcpt to:\s*<?|(?:final-recipient"
    rf"|original-recipient):\s*rfc822\s*;\s*<?)({_SIGN}{{1,200}}@[\w.-]+\w)",
    re.I,
)
_END = re.compile(
    r"^(?:[ \t]*[-=_|#+*]{3,}+[^\n]{0,80}?(?:copy of|original message|original mail|message headers?"
    r"|unsent|included"
    r"|ursprüngliche|message d'origine|mensaje original|messaggio originale|mensagem original|копия"
    r"|исходн|оригинал"
    r"|заголов|eredeti|returned message|follows|body of|header)[^\n]*"
    r"|[ \t]*(?:below this line is|the (?:message )?headers? of|original message(?:[ -]+header)?s?:?\s*$"
    r"|original message follows|message headers?"
    r"|original headers|the original message is|included below|(?:your|the) (?:original )?message:?\s*$"
    r"|ursprüngliche nachrichtenkopfzeilen|исходные заголовки|eredeti üzenet|the text without"
    r"|текст письма)[^\n]*"
    r"|[ \t>|]*(?:return-path|received|x-originating-ip|delivered-to|dkim-signature|mime-version):[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_TO = re.compile(
    r"^[ \t>|]*(?:to|an|à|para|кому|címzett|a):[ \t]*([^\n]{1,2000}(?:\n[ \t]+[^\n]{1,1000}){0,20})",
    re.I | re.M,
)


def found(letter: Letter, fate: Fate) -> tuple[Outcome, ...]:
    """An outcome for each recipient the notice names; one without an address when it names nobody."""
    end = _END.search(letter.lines, 1)
    # A separator right at the top is a notice's own ornament.
    notice = letter.lines[: end.start()] if end and end.start() > 80 else letter.lines
    named = _named(letter, notice)
    return tuple(_outcome(address, fate, notice) for address in named or [""])


def returned(letter: Letter) -> Headers | None:
    """The head of the mail that came back, when the notice brings it as a part."""
    for part in letter.parts:
        if part.content_type in RETURNED:
            return Headers(mime.header_block(part.content().lstrip()))
    return None


def brings_mail_back(letter: Letter) -> bool:
    return any(part.content_type in RETURNED for part in letter.parts) or bool(_END.search(letter.lines, 80))


def _named(letter: Letter, notice: str) -> list[str]:
    ours = {address.lower() for _name, address in letter.headers.addresses("to", "from", "delivered-to")}
    back = returned(letter)
    if back is not None:
        ours |= {address.lower() for _name, address in back.addresses("from", "sender", "return-path")}
    for candidates in _choices(letter, notice, back):
        others = [one for one in candidates if one.lower() not in ours and not _is_daemon(one)]
        if others:
            return list({one.lower(): one for one in reversed(others)}.values())[::-1][:MOST]
    return []


def _choices(letter: Letter, notice: str, back: Headers | None) -> list[list[str]]:
    """Where the recipients may stand, the surest place first."""
    told = [address for _name, address in letter.headers.addresses("x-failed-recipients")]
    meant = "\n".join(
        line for line in notice.split("\n") if not line.strip(" >").lower().startswith(NOT_MEANT)
    )
    below = _TO.search(letter.lines, len(notice)) if len(notice) < len(letter.lines) else None
    return [
        told,
        [status.address_in(one.encode()) for one in _RCPT.findall(notice)],
        _LISTED.findall(meant),
        _ADDRESS.findall(meant),
        [address for _name, address in back.addresses("to", "cc")] if back is not None else [],
        [address for _name, address in addresses(below[1].encode())] if below else [],
        _RCPT.findall(letter.lines),
    ]


def _is_daemon(address: str) -> bool:
    return address.lower().partition("@")[0] in DAEMONS


def _outcome(address: str, fate: Fate, notice: str) -> Outcome:
    at = notice.lower().find(address.lower()) if address else -1
    near = notice[max(at, 0) : max(at, 0) + 1500]
    code = code_in(near) or code_in(notice)
    if fate == Fate.FAILED and code.startswith("2"):
        code = ""
    return Outcome(address=address, fate=fate, status=code, reason=_reason(near, code, notice))


def _reason(near: str, code: str, notice: str) -> str:
    """The line with the server's answer, or what stands right behind the address, or the first line."""
    lines = [" ".join(line.split()) for line in near.split("\n")]
    with_code = [line for line in lines if code and code_in(line)]
    behind = [line for line in lines[1:4] if line]
    first = [" ".join(line.split()) for line in notice.split("\n") if line.strip()]
    return next(iter([*with_code, *behind, *first]), "")[:MAX_REASON]
