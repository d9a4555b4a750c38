"""Bytes to text, whatever the label on them says."""

import codecs
import re

from charset_normalizer import from_bytes

WINDOWS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"}
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
ODD_NAMES = {
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "cp-850": "cp850",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ce": "mac_latin2",
    "iso-8859-8-i": "iso8859-8",
    "windows-874": "cp874",
}
NOT_TEXT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
DOUBTFUL_SHARE = 0.05  # more undecodable bytes than this, and the label itself is in doubt
FOREIGN_SHARE = 0.5  # more high bytes among the letters, and "Latin" is not what it says
SAMPLE = 8 * 1024

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")


def decode(raw: bytes, label: str = "") -> str:
    """`raw` as text the database can keep: by its label where that is true, else by its looks."""
    if raw.isascii() and b"\x1b" not in raw and not _reads_ascii_otherwise(label):
        return storable(raw.decode("ascii"))
    return storable(_decode(raw, label))


def storable(text: str) -> str:
    """Without NUL and halves of surrogate pairs, which PostgreSQL refuses."""
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text


def codec(label: str) -> str:
    """Python's name for a charset label, widened as mail programs mean it; "" when there is none."""
    name = label.strip(" \t\"'").lower()
    try:
        known = codecs.lookup(ODD_NAMES.get(name, name)).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if known in NOT_TEXT else ALIASES.get(known, known)


def _decode(raw: bytes, label: str) -> str:
    for mark, name in BOMS:
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    name = codec(label)
    if name in WINDOWS or not name or _is_single_byte(name):
        try:
            return raw.decode("utf-8")  # other encodings are never valid UTF-8 by accident
        except UnicodeDecodeError:
            pass
    if name in WINDOWS and _looks_foreign(raw):
        name = ""
    return _by_label(raw, WINDOWS.get(name, name)) if name else _by_looks(raw)


def _by_label(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        pass
    try:
        text = raw.decode(name, "replace")
    except (UnicodeDecodeError, LookupError, ValueError):
        return _by_looks(raw)
    doubtful = text.count("\ufffd") > DOUBTFUL_SHARE * len(text)
    return _by_looks(raw) if doubtful else text


def _by_looks(raw: bytes) -> str:
    best = from_bytes(raw[:SAMPLE]).best()
    return raw.decode(best.encoding if best else "cp1252", "replace")


def _looks_foreign(raw: bytes) -> bool:
    sample = raw[:SAMPLE]
    return len(_HIGH.findall(sample)) > FOREIGN_SHARE * len(_LETTER.findall(sample))


def _is_single_byte(name: str) -> bool:
    return name.startswith(("iso8859", "cp125", "cp8", "koi8", "mac"))


def _reads_ascii_otherwise(label: str) -> bool:
    """UTF-7 and UTF-16 without a mark, and HZ, give ASCII bytes another meaning."""
    return label[:6].lower() in {"utf-7", "utf-16", "utf-32", "unicod", "hz-gb-", "utf7"}
