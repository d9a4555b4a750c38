"""Which remote pictures wait in a cleaned mail, and which only want to know that it was read. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

# Cleaned HTML: every attribute quoted, every < > and " in a value escaped (channels_app.adapters.email.html).
_IMAGE = re.compile(r'<img(?: [a-z-]+="[^"]*")*? data-src="([^"]*)"(?: [a-z-]+="[^"]*")*>')
_SIZE = re.compile(r' (width|height)="\s*(\d+)')
_STYLED = re.compile(r"(?:^|[;\s])(?:max-)?(width|height)\s*:\s*(\d*\.?\d+)(?:px|pt)?(?=\s*(?:!|;|$))")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_STYLE = re.compile(r' style="([^"]*)"')
DOT = 2  # no picture that says anything is this small
MOST = 300  # pictures that are counted and shown; a mail with more is no letter

_HOSTS = re.compile(
    r"(?:^|\.)(?:mailtrack\.io|mltrk\.io|getnotify\.com|readnotify\.com|bananatag\.com|yesware\.com|"
    r"mailfoogae\.appspot\.com|cirrusinsight\.com|mixmax\.com|streak\.com|superhuman\.com|boomeranggmail\.com|"
    r"google-analytics\.com|doubleclick\.net|mc\.yandex\.ru|counter\.yadro\.ru|top-fwz1\.mail\.ru|pixel\.wp\.com|"
    r"list-manage\.com|awstrack\.me|hubspotemail\.net|t\.sidekickopen\d*\.com|open\.convertkit-mail\d*\.com)$",
    re.IGNORECASE,
)
_PATHS = re.compile(
    r"/wf/open\b|/track/open|/open\.(?:php|aspx?|gif|png)\b|/(?:e|email)/open\b|/(?:tracking|track|mail)[-_]?pixel|"
    r"/pixel\.(?:gif|png|php|jpg)\b|/(?:blank|spacer|clear|1x1|transparent)\.(?:gif|png)\b|/beacon\b|/o\.gif\b|"
    r"/ss/o/|/trk/open|/CL0/.*open|/__utm\.gif|/collect\?|/watch/\d+$|/imp\?|/read[-_]?receipt",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Waiting:
    """The addresses of pictures in the order of the mail, "" for those that are never fetched."""

    addresses: tuple[str, ...]

    @property
    def pictures(self) -> int:
        return sum(bool(address) for address in self.addresses)

    @property
    def trackers(self) -> int:
        return len(self.addresses) - self.pictures


NONE = Waiting(())


def within(html: str) -> Waiting:
    """What waits in a message's cleaned HTML."""
    if " data-src=" not in html:
        return NONE
    found = list(_IMAGE.finditer(html))[:MOST]
    return Waiting(tuple("" if _tracks(image) else unescape(image[1]) for image in found))


def shown(html: str, address: Callable[[int], str]) -> str:
    """The HTML with each picture at `address(its number)`; trackers and the rest stay out."""
    waiting = iter(enumerate(within(html).addresses))

    def placed(image: re.Match[str]) -> str:
        number, url = next(waiting, (0, ""))
        return image[0].replace(f' data-src="{image[1]}"', f' src="{address(number)}"' if url else "")

    return _IMAGE.sub(placed, html)


def _tracks(image: re.Match[str]) -> bool:
    """A dot, hidden, or of an address that is known for it."""
    style = unescape(found[1]) if (found := _STYLE.search(image[0])) else ""
    sizes = [(side, float(number)) for side, number in [*_SIZE.findall(image[0]), *_STYLED.findall(style)]]
    if _HIDDEN.search(style) or any(size <= DOT for _side, size in sizes):
        return True
    try:
        parts = urlsplit(unescape(image[1]))
        return bool(_HOSTS.search(parts.hostname or "") or _PATHS.search(f"{parts.path}?{parts.query}"))
    except ValueError:
        return True
