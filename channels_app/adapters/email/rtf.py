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
    rb"\\'(?P<code>[0-9a-fA-F]{2})"
    rb"|(?P<word>(?P<starred>\\\*)?\\(?P<name>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?)"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<opening>{)|(?P<closing>})|[\r\n]+|(?P<words>[^\\{}\r\n]+)"
)
_SILENT = {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"generator", b"listtable"}
_SIGNS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“"}
_SIGNS |= {b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—", b"cell": " ", b"row": "\n"}
_ESCAPED = {b"\\": "\\", b"{": "{", b"}": "}", b"~": " "}
_PAGES = (437, 850, 852, 866, 874, 932, 936, 949, 950, *range(1250, 1259))
_CODECS = {f"{page}".encode(): f"cp{page}" for page in _PAGES}


def opened(compressed: bytes) -> tuple[str, str]:
    """(HTML, text) of an Outlook body: the HTML it was made of, else its words. ("", "") when unreadable."""
    source = decompressed(compressed)
    if b"\\fromhtml" in source[:2000]:
        return _Reader(html=True).read(source), ""
    return "", _Reader(html=False).read(source).strip()


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


class _Reader:
    """Hears the words outside of tables, or in \\*\\htmltag and between, where \\htmlrtf is off."""

    def __init__(self, *, html: bool) -> None:
        self.html = html
        self.out: list[str] = []
        self.codes = bytearray()  # a letter may take two of them: they are decoded after the last
        self.codec = "cp1252"
        self.silent = self.hidden = False
        self.around: list[tuple[bool, bool]] = []
        self.stand_ins = 0  # signs for programs without Unicode, which stand behind a \u and are passed over

    def read(self, source: bytes) -> str:
        """What whoever reads this source sees."""
        readers = {
            "code": self._code,
            "word": self._word,
            "sign": self._sign,
            "opening": self._opening,
            "closing": self._closing,
            "words": self._words,
        }
        for token in _TOKEN.finditer(source):
            kind = token.lastgroup or ""
            if kind != "code":
                self._decode_codes()
            if kind in readers:
                readers[kind](token)
        self._decode_codes()
        return "".join(self.out)

    @property
    def _is_seen(self) -> bool:
        return not self.silent and not self.hidden

    def _decode_codes(self) -> None:
        if self.codes:
            self.out.append(self.codes.decode(self.codec, "replace"))
            self.codes.clear()

    def _opening(self, _token: re.Match[bytes]) -> None:
        self.around.append((self.silent, self.hidden))

    def _closing(self, _token: re.Match[bytes]) -> None:
        if self.around:
            self.silent, self.hidden = self.around.pop()

    def _word(self, token: re.Match[bytes]) -> None:
        name = token["name"]
        if name == b"htmltag":
            self.silent = not self.html
        elif name == b"htmlrtf" and self.html:
            self.hidden = token["number"] != b"0"
        elif name in _SILENT or token["starred"]:
            self.silent = True
        else:
            self._control(name, token["number"] or b"")

    def _control(self, name: bytes, number: bytes) -> None:
        if name == b"ansicpg":
            self.codec = _CODECS.get(number, self.codec)
        elif name == b"u" and number and self._is_seen:
            self.out.append(chr(int(number) % 65536))
            self.stand_ins = 1
        elif self._is_seen:
            self.out.append(_SIGNS.get(name, ""))

    def _sign(self, token: re.Match[bytes]) -> None:
        if self._is_seen:
            self.out.append(_ESCAPED.get(token["sign"], ""))

    def _code(self, token: re.Match[bytes]) -> None:
        if self._is_seen:
            self.codes += b"" if self.stand_ins else bytes.fromhex(token["code"].decode())
            self.stand_ins = 0

    def _words(self, token: re.Match[bytes]) -> None:
        if self._is_seen:
            self.out.append(token["words"][self.stand_ins :].decode(self.codec, "replace"))
            self.stand_ins = 0
