"""The part of a delivery report that is written for machines (RFC 3464, international: RFC 6533)."""

import re
from collections.abc import Iterator
from itertools import islice

from channels_app.adapters.email import charset
from channels_app.adapters.email.automatic.verdict import Outcome
from channels_app.adapters.email.headers import Headers
from channels_app.adapters.email.mime import Part
from channels_app.adapters.email.people import addresses
from channels_app.messages import Fate

STATUS = {"message/delivery-status", "message/global-delivery-status"}
RECIPIENT = ("original-recipient", "final-recipient", "x-actual-recipient")
MAX_REASON = 500
MOST = 2000  # recipients of one report

_BLANK_LINES = re.compile(rb"\r?\n(?:[ \t]*\r?\n)+")
_FIELD = re.compile(rb"^(final-recipient|original-recipient)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_WORD = re.compile(r"[a-z]+")
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([245])\d\d(?=[\s\-:;,)#]|$)")
_POINT = re.compile(r"\\x\{([0-9a-fA-F]{1,6})\}")
_XTEXT = re.compile(r"\+(2B|3D)")
_TYPE = re.compile(r"^\s*(?:rfc822|utf-8|smtp|local|unknown|x-local|dns|822)\s*;\s*", re.IGNORECASE)
_ACTIONS = {
    "fail": Fate.FAILED,
    "dela": Fate.DELAYED,
    "deli": Fate.DELIVERED,
    "rela": Fate.DELIVERED,
    "expa": Fate.DELIVERED,
}


def outcomes(block: bytes) -> tuple[Outcome, ...]:
    """What a status part tells of each recipient, in its order."""
    return tuple(_outcome(fields) for fields in islice(_recipients(block), MOST))


def in_parts(parts: list[Part]) -> tuple[Outcome, ...]:
    """What the parts of a report (RFC 3464) say of each recipient."""
    return tuple(
        outcome for part in parts if part.content_type in STATUS for outcome in outcomes(part.content())
    )


def code_in(text: str) -> str:
    """The status a server's words hold: an enhanced one, else one made from its reply code, else ""."""
    if found := _CODE.search(text):
        return found[1]
    reply = _REPLY.search(text)
    return f"{reply[1]}.0.0" if reply else ""


def address_in(field: bytes) -> str:
    """The address of a recipient field: its type off, xtext and \\x{} read, "" when it holds none."""
    text = _TYPE.sub("", charset.decode(field))
    text = _POINT.sub(lambda point: _character(point[1]), text)
    if "@" not in text:
        text = text.replace("+40", "@")
    text = _XTEXT.sub(lambda sign: chr(int(sign[1], 16)), text)
    found = addresses(text.encode())
    return found[0][1].removeprefix("rfc822;") if found else ""


def _recipients(raw: bytes) -> Iterator[Headers]:
    """A block for each recipient, also where the blank lines between them are missing."""
    for block in _BLANK_LINES.split(raw.strip()):
        named = _FIELD.findall(block)
        if not named:
            continue
        begins = [field.start() for field in _FIELD.finditer(block) if field[1].lower() == named[0].lower()]
        for begin, end in zip(begins, [*begins[1:], len(block)], strict=True):
            yield Headers(block[begin if begin != begins[0] else 0 : end])


def _outcome(fields: Headers) -> Outcome:
    told = fields.text("diagnostic-code")
    kind, _semicolon, reason = told.partition(";")
    reason = reason.strip() if reason and len(kind) < 30 else told
    code = code_in(fields.plain("status")) or code_in(reason)
    word = _WORD.search(fields.plain("action"))
    fate = _ACTIONS.get(word[0][:4] if word else "") or _by_code(code)
    if fate == Fate.FAILED and code.startswith("2"):
        code = code_in(reason) if not code_in(reason).startswith("2") else ""
    return Outcome(
        address=_address(fields, reason), fate=fate, status=code, reason=(reason or code)[:MAX_REASON]
    )


def _by_code(code: str) -> Fate:
    return {"2": Fate.DELIVERED, "4": Fate.DELAYED}.get(code[:1], Fate.FAILED)


def _address(fields: Headers, reason: str) -> str:
    """As we named it, where the report still tells that; else where the mail last was."""
    for name in RECIPIENT:
        if found := address_in(fields.raw(name)):
            return found
    found_there = addresses(reason.encode())
    return found_there[0][1] if found_there else ""


def _character(point: str) -> str:
    number = int(point, 16)
    return chr(number) if number <= 0x10FFFF else ""
