"""Files that stand in the text itself: uuencode as Unix mail sent them, yEnc as newsreaders do."""

import binascii
import re
from dataclasses import dataclass

MOST_STRIPPED = 4  # blanks that mean zero and stood at the end of a line

_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ?([^\r\n]*)\r?\n", re.MULTILINE)
_UU_LINE = re.compile(rb"([^\r\n]*)(?:\r?\n|\Z)")
_NOT_UU = re.compile(rb"[^ -`]")
_Y_BEGIN = re.compile(rb"^=ybegin ([^\r\n]*)\r?\n", re.MULTILINE)
_Y_PART = re.compile(rb"=ypart ([^\r\n]*)\r?\n")
_Y_END = re.compile(rb"^=yend[^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)
_Y_ESCAPE = re.compile(rb"=(.)", re.DOTALL)
_Y_NAME = re.compile(rb"\bname=(.*)")
_Y_NUMBER = re.compile(rb"\b(begin|part)=(\d{1,12})")
_Y_TABLE = bytes((byte - 42) & 255 for byte in range(256))


@dataclass(frozen=True)
class Enclosed:
    """A file found between two offsets of a text; `place` orders the parts of one file."""

    name: bytes
    content: bytes
    start: int
    end: int
    place: int = 0


def taken_out(text: bytes) -> tuple[bytes, list[Enclosed]]:
    """The text without the files that stand in it, and these files; parts of one file are joined."""
    if b"begin" not in text:
        return text, []
    found = sorted([*uuencoded(text), *yenc(text)], key=lambda one: one.start)
    kept, at = [], 0
    for one in found:
        kept.append(text[at : one.start])
        at = max(at, one.end)
    return b"".join([*kept, text[at:]]), _joined(found)


def uuencoded(text: bytes) -> list[Enclosed]:
    """Every uuencoded file; one that was cut off is taken as far as it goes."""
    found: list[Enclosed] = []
    at = 0
    while begin := _UU_BEGIN.search(text, at):
        content, end, ended = _uu_lines(text, begin.end())
        at = end if content or ended else begin.end()
        if content or ended:
            found.append(Enclosed(begin[1].strip(), content, begin.start(), end))
    return found


def yenc(text: bytes) -> list[Enclosed]:
    """Every yEnc block (www.yenc.org, draft 1.3), also one that was cut off."""
    found: list[Enclosed] = []
    at = 0
    while begin := _Y_BEGIN.search(text, at):
        part = _Y_PART.match(text, begin.end())
        first = part.end() if part else begin.end()
        stop = _Y_END.search(text, first)
        last, at = (stop.start(), stop.end()) if stop else (len(text), len(text))
        packed = text[first:last].translate(None, b"\r\n").replace(b"\x00", b"")
        plain = _Y_ESCAPE.sub(lambda escape: bytes([(escape[1][0] - 64) & 255]), packed).translate(_Y_TABLE)
        named = _Y_NAME.search(begin[1])
        numbers = dict(_Y_NUMBER.findall(part[1] if part else b""))
        place = int(numbers.get(b"begin", b"0"))
        found.append(Enclosed((named[1] if named else b"").strip(b' "'), plain, begin.start(), at, place))
    return found


def _uu_lines(text: bytes, at: int) -> tuple[bytes, int, bool]:
    """The bytes of uuencoded lines from `at` on, where they end, and whether they end as they should."""
    content: list[bytes] = []
    while at < len(text) and (line := _UU_LINE.match(text, at)):
        code = line[1].rstrip(b" \t")
        if code == b"end":
            return b"".join(content), line.end(), True
        if code in {b"", b"`"}:  # a line of no bytes; "end" should follow
            at = line.end()
            continue
        piece = _uu_line(line[1], cut_off=line.end() == len(text))
        if piece is None:
            break
        content.append(piece)
        at = line.end()
    return b"".join(content), at, False


def _uu_line(line: bytes, *, cut_off: bool) -> bytes | None:
    """One line undone, None when it is no uuencode: its first sign says how many bytes it holds."""
    count = (line[0] - 32) & 63
    code = line[1:].rstrip(b" ")
    least, most = (count * 4 + 2) // 3, (count + 2) // 3 * 4
    if not 32 <= line[0] <= 96 or len(code) > most + 2 or _NOT_UU.search(code):
        return None
    if len(code) < least - MOST_STRIPPED and not cut_off:
        return None
    try:
        whole = binascii.a2b_uu(line[:1] + code[:most].ljust(most))
    except binascii.Error:
        return None
    return whole[: len(code) * 3 // 4] if cut_off else whole


def _joined(found: list[Enclosed]) -> list[Enclosed]:
    """Parts of one yEnc file put together in their order."""
    files: list[Enclosed] = []
    parts: dict[bytes, list[Enclosed]] = {}
    for one in found:
        if one.place:
            parts.setdefault(one.name, []).append(one)
        else:
            files.append(one)
    for name, pieces in parts.items():
        pieces.sort(key=lambda one: one.place)
        files.append(Enclosed(name, b"".join(one.content for one in pieces), pieces[0].start, pieces[-1].end))
    return sorted(files, key=lambda one: one.start)
