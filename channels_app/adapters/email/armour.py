"""Text signed by PGP in the text itself (RFC 4880 7): the words without their armour."""

import re

BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----"

_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Z][\w-]*: [^\n]*\n)*[ \t]*\n?"
    r"((?:(?!^-----BEGIN PGP SIGN)[^\n]*(?:\n|\Z))*?)"
    r"(?:^-----BEGIN PGP SIGNATURE-----[ \t]*\n(?:[^\n]*\n)*?-----END PGP SIGNATURE-----[ \t]*(?:\n|\Z)|\Z)",
    re.MULTILINE,
)
_DASHED = re.compile(r"^- ", re.MULTILINE)


def taken_off(text: str) -> str:
    """The signed words with their dashes as written; the signature itself stays in the raw mail."""
    if BEGIN not in text:
        return text
    return _SIGNED.sub(lambda signed: _DASHED.sub("", signed[1]), text)
