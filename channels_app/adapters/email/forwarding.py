"""The mail inside a mail that passes it on: attached whole, or its head copied above its words."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from channels_app.adapters.email import body, contents, identity, mime
from channels_app.adapters.email.body import Body
from channels_app.adapters.email.contents import Contents, File
from channels_app.adapters.email.language import language_of
from channels_app.adapters.email.people import addresses
from channels_app.adapters.email.quoting import dividers, footers, introductions, vocabulary
from channels_app.adapters.email.quoting.lines import Line, split
from channels_app.adapters.email.quoting.page import Page
from channels_app.adapters.email.words import one_line
from channels_app.messages import Forwarded, Kind, Sender

MOST_LINES = 400  # of one's own words above a forwarded mail
MOST_HEAD = 40
MAX_SUBJECT = 1000
MAX_PERSON = 200

_NAMED = re.compile(r"(?:\"[^\"<>]{0,200}\"|[^\",:<>]{0,200}?) ?<[^<>\s@]{1,100}@[^<>\s]{1,200}>")

_END = re.compile(r"\n+-{3,}+ ?[^-\n]{3,60}-{3,}+\s*\Z")  # "----- End forwarded message -----"


class Attached(NamedTuple):
    """A mail that came as a file: what it says, and its parts for keeping its files."""

    mail: Forwarded
    letter: Contents
    shown: Body


class Head(NamedTuple):
    """A copied head: the lines from `first` to before `below`, and what stands in it."""

    first: int
    below: int
    sender: str
    subject: str


def attached(files: Iterable[File]) -> Attached | None:
    """The only mail among the files; of several nobody can tell which is meant."""
    mails = [file for file in files if _is_mail(file)]
    root = mime.read(mails[0].content) if len(mails) == 1 else None
    if root is None or not root.headers.fields:
        return None
    headers, letter = root.headers, contents.shortened(contents.of(root))
    name, address = identity.sender(headers, "")
    subject = headers.text("subject")[:MAX_SUBJECT]
    shown = body.of(letter, subject=subject, sender_name=name)
    if not address:
        return None
    own_id = identity.external_id(headers, "")
    mail = Forwarded(
        sender=_sender(name, address, shown.text),
        subject=subject,
        text=shown.text,
        html=shown.html,
        ids=tuple(filter(None, [own_id.removeprefix("digest:"), *identity.references(headers)])),
    )
    return Attached(mail, letter, shown)


def _is_mail(file: File) -> bool:
    """By its type, or by its name where the type says nothing."""
    says_nothing = file.content_type in ("application/octet-stream", "application/x-eml", "application/eml")
    return file.content_type == "message/rfc822" or (says_nothing and file.name.lower().endswith(".eml"))


def copied(text: str, html: str, subject: str) -> Forwarded | None:
    """The mail whose head is copied in the text of a forward; None when it names no address of its writer."""
    lines = split(text)
    head = _head(lines)
    people = addresses(head.sender.encode()) if head else []
    if head is None or len(people) != 1:
        return None
    name, address = people[0]
    name = one_line(name or head.sender.partition("<")[0].partition("[")[0]).strip(" \"'")
    words = _END.sub("", "\n".join(_uncited(line) for line in lines[head.below :]).strip("\n"))
    own = [line.raw for line in lines[: head.first] if not footers.is_tag(line.words)]
    above = "\n".join(own).partition("\n-- \n")[0].strip()
    return Forwarded(
        sender=_sender("" if "@" in name else name, address, words),
        subject=one_line(head.subject or subject)[:MAX_SUBJECT],
        text=words,
        html=_page_below(html),
        own_words=above,
    )


def _sender(name: str, address: str, text: str) -> Sender:
    return Sender(
        identity_kind=Kind.EMAIL,
        identity=address,
        name=one_line(name)[:MAX_PERSON],
        language=language_of(text),
    )


def _head(lines: list[Line]) -> Head | None:
    for number in range(min(len(lines), MOST_LINES)):
        opening = dividers.opening_at(lines, number) if lines[number].words else None
        if opening:
            return _read(lines, opening.start)
    return None


def _read(lines: list[Line], first: int) -> Head | None:
    """The fields below a divider, up to the blank line that ends them; a field may be wrapped."""
    found: dict[str, str] = {}
    number, last = first, first
    for number in range(first, min(len(lines), first + MOST_HEAD)):
        field = dividers.field_at(lines, number)
        if field:
            for role in field[0] - set(found):
                found[role] = field[1]
            last = number
        elif lines[number].blank and len(found) > 2 and not _goes_on(lines, number):
            break
    if "from" not in found:
        return _introduced(lines, first) or _bare(lines, first)
    below = max(last, number) + 1 if lines[number].blank else last + 1
    return Head(first, below, found["from"], found.get("subject", ""))


def _introduced(lines: list[Line], first: int) -> Head | None:
    """Yandex puts no fields below its divider, but when and by whom it was written."""
    for introduction in introductions.find(lines[first + 1 : first + 6]).values():
        begin, end = first + 1 + introduction.start, first + 1 + introduction.end
        named = _NAMED.search(" ".join(line.words for line in lines[begin:end]))
        if named and not any(line.words for line in lines[first + 1 : begin]):
            return Head(first, end, named[0], "")
    return None


def _bare(lines: list[Line], first: int) -> Head | None:
    """eM Client writes its fields without colons: "From Carol <carol@mail.example>"."""
    roles = vocabulary.header_roles()
    found: dict[str, str] = {}
    number = first + 1
    while number < len(lines) and lines[number].words:
        name, _space, value = lines[number].words.partition(" ")
        for role in roles.get(vocabulary.low(name), frozenset()) - set(found):
            found[role] = value
        number += 1
    named = _NAMED.search(found.get("from", ""))
    return Head(first, number, named[0], found.get("subject", "")) if named else None


def _goes_on(lines: list[Line], blank: int) -> bool:
    """Some programs put a blank line between the fields."""
    return blank + 1 < len(lines) and dividers.field_at(lines, blank + 1) is not None


def _page_below(html: str) -> str:
    """The page from the forwarded words on; "" when its head is not found: no word of ours slips out."""
    page = Page(html)
    lines = split(page.text()) if html else []
    head = _head(lines)
    return page.below(head.below) if head else ""


def _uncited(line: Line) -> str:
    """A line without the mark that quotes the whole forwarded mail."""
    return (
        line.raw.lstrip()[1:].removeprefix(" ") if line.cited and line.raw.lstrip()[:1] == ">" else line.raw
    )
