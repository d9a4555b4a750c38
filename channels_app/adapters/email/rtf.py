"""The compressed RTF of Outlook (MS-OXRTFCP), and the words or the HTML in it (MS-OXRTFEX)."""

import re

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
MAX_SIZE = 20_000_000
RING = 4096

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SILENT = {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"generator", b"listtable"}
_SIGNS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“"}
_SIGNS |= {b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—", b"cell": " ", b"row": "\n"}


def opened(compressed: bytes) -> tuple[str, str]:
    """(HTML, text) of an Outlook body: the HTML it was made of, else its words. ("", "") when unreadable."""
    source = decompressed(compressed)
    if b"\\fromhtml" in source[:2000]:
        return _walk(source, html=True), ""
    return "", _walk(source, html=False).strip()


def decompressed(raw: bytes) -> bytes:
    """LZFu undone; b"" when it is none."""
    if raw[8:12] == b"MELA":
        return raw[16:]
    if raw[8:12] != b"LZFu":
        return b""
    size = min(int.from_bytes(raw[4:8], "little"), MAX_SIZE) + len(_START)
    history, at = bytearray(_START), 16
    while at < len(raw) and len(history) < size:
        flags, at = raw[at], at + 1
        for bit in range(8):
            width = 2 if flags >> bit & 1 else 1
            if not _step(history, raw[at : at + width], width):
                return bytes(history[len(_START) : size])
            at += width
    return bytes(history[len(_START) : size])


def _step(history: bytearray, code: bytes, width: int) -> bool:
    """One sign, or a place in the window and how many signs to repeat from there; False at the end."""
    if len(code) < width:
        return False
    if width == 1:
        history += code
        return True
    word = int.from_bytes(code, "big")
    back = (len(history) - (word >> 4)) % RING
    if not back:
        return False
    for _sign in range((word & 15) + 2):
        history.append(history[-back] if back <= len(history) else 32)
    return True


def _walk(source: bytes, *, html: bool) -> str:
    """The words outside of tables, or in \\*\\htmltag groups and between them where \\htmlrtf is off."""
    out: list[str] = []
    stack: list[tuple[bool, bool]] = []
    silent, hidden, skip, starred = False, False, 0, False
    codec = "cp1252"
    pending = bytearray()
    for token in _TOKEN.finditer(source):
        code, word, number, sign, brace, words = token.groups()
        if pending and code is None:
            out.append(pending.decode(codec, "replace"))
            pending.clear()
        if brace == b"{":
            stack.append((silent, hidden))
        elif brace == b"}" and stack:
            silent, hidden = stack.pop()
        elif sign == b"*":
            starred = True
            continue
        elif word == b"htmltag":
            silent = not html
        elif word == b"htmlrtf" and html:
            hidden = number != b"0"
        elif word in _SILENT or (starred and word):
            silent = True
        elif word == b"ansicpg" and number:
            codec = f"cp{number.decode()}" if number in _PAGES else codec
        elif word == b"u" and number and not silent and not hidden:
            out.append(chr(int(number) % 65536))
            skip = 1
        elif word in _SIGNS and not silent and not hidden:
            out.append(_SIGNS[word])
        elif sign and not silent and not hidden and sign in b"\\{}~":
            out.append(" " if sign == b"~" else sign.decode())
        elif code and not silent and not hidden:
            pending += b"" if skip else bytes.fromhex(code.decode())
            skip = 0
        elif words and not silent and not hidden:
            out.append(words[skip:].decode(codec, "replace"))
            skip = 0
        starred = False
    return "".join([*out, pending.decode(codec, "replace")])


_PAGES = {f"{page}".encode() for page in (437, 850, 852, 866, 874, 932, 936, 949, 950, *range(1250, 1259))}
