"""Links in messages: each opens apart, says where it leads, and carries a mark when it pretends."""

import re
from html import escape, unescape

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.deception import links
from tickets.deception.links import Doubt, Link

# The text is nh3's or urlize's own: every attribute quoted, every < > and " in a value escaped.
_ANCHOR = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_TURNS = re.compile(r"<bdo\b|[\u202d\u202e\u2066-\u2068]")
LONGEST = 120

REASONS: dict[Doubt, Promise] = {
    Doubt.ELSEWHERE: gettext_lazy("The text names another address than the link opens."),
    Doubt.CREDENTIALS: gettext_lazy("A name stands before the real host, to be taken for it."),
    Doubt.NUMBER: gettext_lazy("It opens a machine by its number, not by a name."),
    Doubt.DISGUISED: gettext_lazy("The host is spelled in letters that look like others."),
    Doubt.FOREIGN: gettext_lazy("The host is spelled in international letters."),
    Doubt.SHORTENED: gettext_lazy("A short link: nobody can see where it leads."),
}


def marked(html: str) -> str:
    """Safe HTML whose links open apart, tell nobody where they were, and show their target."""
    return _ANCHOR.sub(_link, html) if "<a" in html else html


def _link(anchor: re.Match[str]) -> str:
    given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(anchor[1])}
    inside = anchor[2]
    text = unescape(_TAG.sub("", inside))
    link = links.read(given.get("href", ""), text, turned=bool(_TURNS.search(inside)))
    style = f' style="{escape(given["style"])}"' if "style" in given else ""
    if not link.href:
        return f"<span{style}>{inside}</span>"
    opening = f'<a href="{escape(link.href)}" title="{escape(_title(link))}"{style}'
    return f'{opening} target="_blank" rel="noopener noreferrer nofollow">{inside}</a>{_mark(link)}'


def _mark(link: Link) -> str:
    """What stands behind a link that needs a second look, in words: nobody hovers on a phone."""
    if not link.doubts:
        return ""
    said = _("opens %(target)s") % {"target": link.target}
    return f'<span class="link-mark" title="{escape(_why(link))}">⚠\ufe0e {escape(said)}</span>'


def _title(link: Link) -> str:
    said = _("Opens %(target)s") % {"target": link.target}
    where = link.href if len(link.href) <= LONGEST else f"{link.href[:LONGEST]}…"
    return "\n".join(filter(None, [said, where, _why(link)]))


def _why(link: Link) -> str:
    return " ".join(str(REASONS[doubt]) for doubt in link.doubts)
