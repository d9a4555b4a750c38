"""Which part of a domain somebody registered, by the Public Suffix List.

The list comes with its package, whose version is its date; nothing is fetched.
"""

from functools import lru_cache

from publicsuffixlist import PublicSuffixList

MOST_LABELS = 127  # RFC 1035 2.3.4


@lru_cache(maxsize=8192)
def registered(domain: str) -> str:
    """ "shop.example.co.uk" → "example.co.uk"; "" for "co.uk", under which anybody may register, and for "".

    In lower case, its letters as they were given: coded (xn--…) or not.
    """
    labels = domain.lower().strip().rstrip(".").split(".")
    if not all(labels) or len(labels) > MOST_LABELS:
        return ""
    found = _list().privatesuffix(".".join(map(_coded, labels)))
    return ".".join(labels[-len(found.split(".")) :]) if found else ""


@lru_cache(maxsize=1)
def _list() -> PublicSuffixList:
    return PublicSuffixList()


def _coded(label: str) -> str:
    """A label as it stands in the DNS; one that cannot be there stays as it is."""
    if label.isascii():
        return label
    try:
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return label
