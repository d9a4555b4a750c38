"""Bytes to text, whatever the label on them says."""

import codecs
import re
from functools import lru_cache

from channels_app.adapters.email import guessing

WINDOWS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
"""Labels that programs give to more than their charset holds."""

WIDER = {
    "iso8859-2": "cp1250",
    "iso8859-4": "cp1257",
    "iso8859-6": "cp1256",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-13": "cp1257",
    "iso8859-15": "cp1252",
}
"""What is meant where the bytes 80 to 9F occur, which are no letters in ISO 8859."""

ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "koi8-r": "koi8-u",  # the same but for four Ukrainian letters
}
FALLBACKS = {
    "iso2022_jp": ("iso2022_jp_ext",),
    "euc_jp": ("euc_jis_2004",),
    "cp932": ("shift_jis_2004",),
    "big5hkscs": ("cp950", "gb18030"),
    "gb18030": ("big5hkscs",),
}
ODD_NAMES = {
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "uhc": "cp949",
    "hangul": "cp949",
    "gb_2312-80": "gb18030",
    "cn-gb": "gb18030",
    "euc-cn": "gb18030",
    "chinese": "gb18030",
    "cn-big5": "big5hkscs",
    "sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "euc": "euc_jp",
    "eucjp-ms": "euc_jp",
    "jis": "iso2022_jp",
    "iso-2022-jp-ms": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "unicode": "utf-16",
    "unicode-1-1": "utf-16",
    "ucs-2": "utf-16",
    "iso-10646-ucs-2": "utf-16",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-2-0-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "mac-cyrillic": "mac_cyrillic",
    "mac-ukrainian": "mac_cyrillic",
    "mac-ce": "mac_latin2",
    "mac-centraleurroman": "mac_latin2",
    "mac-roman": "mac_roman",
    "mac": "mac_roman",
    "mac-greek": "mac_greek",
    "mac-turkish": "mac_turkish",
    "mac-icelandic": "mac_iceland",
    "mac-romanian": "mac_romanian",
    "mac-croatian": "mac_croatian",
    "mac-japanese": "cp932",
    "hebrew": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "latin-2": "iso8859-2",
    "koi8": "koi8-u",
    "koi8r": "koi8-u",
    "koi8u": "koi8-u",
    "koi8-ru": "koi8-u",
    "ansi": "cp1252",
    "alt": "cp866",
    "thai": "cp874",
    "7bit": "ascii",
    "us": "ascii",
}
NOT_TEXT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
DOUBTFUL_SHARE = 0.05  # more undecodable bytes than this, and the label itself is in doubt
TWO_BYTES = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")

_SAY_NOTHING = {"ascii", "iso8859-1", "utf-8"}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(rb"[\x80-\x9f]")
_CODE_PAGE = re.compile(r"(?:windows|win|cp|ms|ibm|dos|ansi|oem)?[-_ ]?(\d{3,4})(?!\d)")
_ISO = re.compile(r"(?:iso)?[-_ ]*8859[-_ ]*(\d{1,2})(?!\d)")
_UNICODE = re.compile(r"utf[-_ ]?(7|8|16|32)(?:[-_ ]?(le|be))?(?!\d)")
_JAPANESE = re.compile(rb"\x1b(?:\$[@B(]|\([BIJ])")
_KOREAN = re.compile(rb"\x1b\$\)C")
# What western languages have no use for in these places: Polish and Hungarian letters, DOS ones, Czech ones,
# Turkish ones.
_ODD_IN_LATIN = re.compile(
    "[A-Za-z\xc0-\xff][\xb3\xb9\xb1\xb6\xbf\xbc]+[A-Za-z\xc0-\xff]|[\xf5\xfb\xd5\xdb]"
    "|[A-Za-z][^\x00-\x7f\xa0-\xff\u2018\u2019\u0152\u0153\u2013\u2014][a-z]|\xec.*\xf8|\xf8.*\xec|[\xf0\xfd\xfe]"
)


def decode(raw: bytes, label: str = "", hint: str = "") -> str:
    """`raw` as text the database can keep: by its label where that is true, by its looks else.

    `hint` is another label from the same mail, for bytes that bring none of their own.
    """
    if raw.isascii() and b"\x1b" not in raw and not _reads_ascii_otherwise(raw, label):
        return storable(raw.decode("ascii"))
    return storable(guessing.once(_decode(raw, label, hint)))


def storable(text: str) -> str:
    """Without NUL and halves of surrogate pairs, which PostgreSQL refuses."""
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text


@lru_cache(maxsize=1000)
def codec(label: str) -> str:
    """Python's name for a charset label, widened as mail programs mean it; "" when there is none."""
    name = label.partition("(")[0].strip(" \t\"'<>;,").lower().removeprefix("charset=").strip("\"' ")
    for spelled in (name, name.removeprefix("x-"), name.removeprefix("cs")):
        if known := _known(ODD_NAMES.get(spelled.replace("_", "-"), ODD_NAMES.get(spelled, spelled))):
            return known
    name = name.removeprefix("x-").removeprefix("cs")
    if found := _UNICODE.match(name):
        return _known(f"utf-{found[1]}{'-' + found[2] if found[2] else ''}")
    if found := _ISO.match(name):
        return _known(f"iso8859-{found[1]}")
    if found := _CODE_PAGE.match(name):
        return _known(f"cp{found[1]}")
    return ""


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return ""
    if found.name in NOT_TEXT or not found._is_text_encoding:
        return ""
    return ALIASES.get(found.name, found.name)


def _decode(raw: bytes, label: str, hint: str) -> str:
    for mark, name in BOMS:
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    name = codec(label) if label else ""
    if (
        b"\x1b" in raw
        and not name.startswith(("iso2022", "utf-16", "utf-7"))
        and (escaped := _by_escapes(raw))
    ):
        return escaped
    if name in TWO_BYTES or (raw.count(0) * 4 > len(raw) and not name.startswith("utf-8")):
        return _in_units(raw, name)
    if not name or name in WINDOWS or _is_single_byte(name):
        try:
            return raw.decode("utf-8")  # other encodings are never valid UTF-8 by accident
        except UnicodeDecodeError:
            pass
    if not name or name == "ascii":
        return _unlabelled(raw, hint)
    return _by_label(raw, name, hint)


def _by_label(raw: bytes, name: str, hint: str) -> str:
    """By the label, unless another reading makes much more sense."""
    if name in WIDER and _CONTROL.search(raw):
        name = WIDER[name]
    name = WINDOWS.get(name, name)
    if name in guessing.CYRILLIC:
        name = guessing.better_cyrillic(raw, name) or name
    elif name in guessing.LATIN and guessing.is_surely_foreign(raw):
        name = guessing.guess(raw)
    for attempt in (name, *FALLBACKS.get(name, ())):
        try:
            return _central(raw.decode(attempt), raw, attempt)
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    if name == "iso2022_jp" and (text := _nec_rows(raw)):
        return text
    try:
        text = raw.decode(name, "replace")
    except (UnicodeDecodeError, LookupError, ValueError):
        return _unlabelled(raw, hint)
    if name == "cp1252":
        return _central(text, raw, name)
    if name == "utf-8":
        lost = text.count("\ufffd")
        mistaken = len(text) - len(text.encode("ascii", "ignore")) <= 2 * lost
    else:
        mistaken = not _is_single_byte(name) and text.count("\ufffd") > DOUBTFUL_SHARE * len(text)
    return _unlabelled(raw, hint) if mistaken else text


def _central(text: str, raw: bytes, name: str) -> str:
    """Hungarian, Polish, Turkish under a western label, as programs sent them for years: "idõ" is "idő"."""
    if name != "cp1252" or not _ODD_IN_LATIN.search(text):
        return text
    meant = guessing.central(raw, text)
    return raw.decode(meant, "replace") if meant else text


def _unlabelled(raw: bytes, hint: str) -> str:
    name = codec(hint) if hint else ""
    name = WINDOWS.get(name, name) if name not in _SAY_NOTHING else ""
    if name:
        try:
            return raw.decode(
                guessing.better_cyrillic(raw, name) or name if name in guessing.CYRILLIC else name
            )
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    return raw.decode(guessing.guess(raw), "replace")


def _by_escapes(raw: bytes) -> str:
    """ISO 2022 says by its escapes what it is, whatever the label says."""
    for pattern, name in ((_JAPANESE, "iso2022_jp"), (_KOREAN, "iso2022_kr")):
        if pattern.search(raw):
            return _by_label(raw, name, "")
    return ""


def _nec_rows(raw: bytes) -> str:
    """ISO-2022-JP with the circled numbers of Windows, which JIS X 0213 has at the same place."""
    try:
        return raw.replace(b"\x1b$B", b"\x1b$(Q").replace(b"\x1b(J", b"\x1b(B").decode("iso2022_jp_2004")
    except UnicodeDecodeError:
        return ""


def _in_units(raw: bytes, name: str) -> str:
    """UTF-16 or -32; without a mark its zeros tell the order of bytes (else RFC 2781: the big end first)."""
    if name == "utf-32":
        return raw.decode("utf-32-be" if raw[:2] == b"\0\0" else "utf-32-le", "replace")
    if b"\0" not in raw[:4096]:
        try:
            return raw.decode("utf-8")  # the label is wrong: letters of one byte
        except UnicodeDecodeError:
            pass
    first, second = raw[0:4096:2].count(0), raw[1:4096:2].count(0)
    if first == second:
        first, second = second + (name != "utf-16-le"), second
    return raw.decode("utf-16-be" if first > second else "utf-16-le", "replace")


def _is_single_byte(name: str) -> bool:
    return name.startswith(("iso8859", "cp125", "cp8", "koi8", "mac"))


def _reads_ascii_otherwise(raw: bytes, label: str) -> bool:
    """UTF-7 and UTF-16 without a mark, and HZ, give ASCII bytes another meaning."""
    if b"\0" in raw and raw.count(0) * 4 > len(raw):
        return True
    return bool(label) and codec(label) in {"utf-7", "hz", "utf-32", *TWO_BYTES}
