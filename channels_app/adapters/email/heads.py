"""Where the header of a mail or part begins and ends, also where its writer lost count."""

import re

MOST_JUNK = 30  # lines before the first field

_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MBOX_LINE = re.compile(rb">?From (?![ \t]*:)[^\n]*\n")  # "From : Anna" is a field (RFC 822)
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_NEWLINE = re.compile(rb"\r?\n")
_LINE = re.compile(rb"[^\n]*\n?")
_LONE_CR = re.compile(rb"\r(?!\n)")
_LOST_LINE = re.compile(rb"\n(?![ \t\r\n])(?![!-9;-~]{1,200}[ \t]*:)")
_WELL_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|message-id|received|return-path|mime-version|content-[\w-]+|reply-to|sender"
    rb"|delivered-to|in-reply-to|references|x-[\w-]+|list-[\w-]+|dkim-signature|authentication-results|importance"
    rb"|user-agent|envelope-to|precedence|auto-submitted|arc-[\w-]+|received-spf|thread-[\w-]+|status|errors-to"
    rb"|priority|organization|approved|newsgroups|path|lines|disposition-[\w-]+|mailing-list)[ \t]*:",
    re.IGNORECASE,
)
_KNOWN_FIELD = re.compile(rb"^" + _WELL_KNOWN.pattern, re.IGNORECASE | re.MULTILINE)
_PARAMETER_LINE = re.compile(rb"[\w*-]+=")


def without_junk(raw: bytes) -> bytes:
    """The mail from its first field on, with line ends that are line ends."""
    if codec := _BOMS.get(raw[:2]):
        raw = raw[2:].decode(codec, "ignore").encode()
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    raw = _with_line_ends(raw)
    if not raw[:1].strip():
        raw = raw.lstrip(b"\r\n\t \x00")
    if mbox := _MBOX_LINE.match(raw):
        raw = raw[mbox.end() :]
    return raw if _FIELD.match(raw) else _from_first_field(raw)


def split(raw: bytes) -> tuple[bytes, bytes]:
    """The header lines without the blank line below them, and the body. (b"", raw) where there are none."""
    if not _FIELD.match(raw):
        gap = _NEWLINE.match(raw)
        return b"", raw[gap.end() :] if gap else raw
    blank = _BLANK_LINE.search(raw)
    while blank and blank[0].strip(b"\r\n") and _goes_on(raw, blank):
        blank = _BLANK_LINE.search(raw, blank.end() - 1)
    end, body = (blank.start(), blank.end()) if blank else (len(raw), len(raw))
    at = _body_without_gap(raw, end)
    return (raw[:at].rstrip(b"\r\n"), raw[at:]) if at else (raw[:end].rstrip(b"\r\n"), raw[body:])


def _with_line_ends(raw: bytes) -> bytes:
    first = raw.find(b"\n")
    if first < 0 or (first > 0 and b"\r" in raw[: max(first - 1, 0)] and raw[first - 2 : first] != b"\r\r"):
        raw = _LONE_CR.sub(b"\n", raw)  # an old Macintosh, at least in the header
    if raw[max(first - 2, 0) : first] == b"\r\r":
        raw = raw.replace(b"\r\r\n", b"\r\n")
    return raw


def _goes_on(raw: bytes, blank: re.Match[bytes]) -> bool:
    """A line of blanks is a fold (RFC 5322 4.2) when fields follow it."""
    return bool(_WELL_KNOWN.match(raw, blank.end()))


def _from_first_field(raw: bytes) -> bytes:
    """Without lines that some program put in front; as it is when no well-known field follows soon."""
    at = 0
    for _line in range(MOST_JUNK):
        line = _LINE.match(raw, at)
        if line is None or at >= len(raw):
            return raw
        at = line.end()
        if _WELL_KNOWN.match(raw, at):
            return raw[at:]
    return raw


def _body_without_gap(raw: bytes, end: int) -> int:
    """Where the body begins above the blank line: at the first line that is no field and has none below."""
    for lost in _LOST_LINE.finditer(raw, 0, end):
        is_parameter = raw[: lost.start()].endswith((b";", b";\r")) and _PARAMETER_LINE.match(raw, lost.end())
        if not is_parameter:
            return 0 if _KNOWN_FIELD.search(raw, lost.end(), end) else lost.end()
    return 0
