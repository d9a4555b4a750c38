"""Whether a domain leads to this desk, asked from here as a reader's browser would; and what to do if not.

The desk asks for a proof at the domain: only it can make one, and the proof names the host that the desk was
asked by, so that a proxy which puts another name in its place shows too.
"""

import json
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from helpdesk import outgoing
from helpdesk.outgoing import Answer, Limits, NotReached, Trouble
from knowledge import centres

LIMITS = Limits(size=4096, cut=True, connect=4, read=4, total=6, redirects=0)


class Outcome(StrEnum):
    GOOD = "good"
    OPEN = "open"
    """Good as well, without TLS as the desk itself."""
    UNKNOWN = "unknown"
    PRIVATE = "private"
    NOT_TRUSTED = "not_trusted"
    SILENT = "silent"
    RENAMED = "renamed"
    """It is this desk, asked by another name."""
    CIRCLING = "circling"
    """It is sent from the address to the very same."""
    SENT_ON = "sent_on"
    REFUSED = "refused"
    OTHER = "other"
    """Something answers that is not this desk."""


SAID = {
    Outcome.GOOD: _("It leads here, with a certificate that browsers trust."),
    Outcome.OPEN: _("It leads here, without TLS as the desk itself."),
    Outcome.UNKNOWN: _("Name servers know no such host."),
    Outcome.PRIVATE: _("It leads to %(places)s: a private network, and not where this desk is."),
    Outcome.NOT_TRUSTED: _("Browsers do not trust the certificate at %(places)s: %(detail)s."),
    Outcome.SILENT: _("It leads to %(places)s, and nothing answers there at port %(port)d."),
    Outcome.RENAMED: _("It leads here, but the proxy before the desk calls it %(host)s."),
    Outcome.CIRCLING: _("Whoever asks there is sent to the same address, again and again."),
    Outcome.SENT_ON: _("Whoever asks there is sent on to %(detail)s."),
    Outcome.REFUSED: _("At %(places)s the name is refused (status 400)."),
    Outcome.OTHER: _("At %(places)s something else answers, not this desk (status %(status)s)."),
}
_TOWARDS = _(
    "In your DNS, point it at the desk: a CNAME record to %(desk)s, or A or AAAA records to %(own)s."
)
_LISTEN = _(
    "If the desk is there, have the proxy before it listen at this port, and let it through the firewall. "
    "If not, point the domain at %(desk)s (%(own)s) in your DNS."
)
_KEEP_THE_NAME = _("Have the proxy before the desk pass the Host header on unchanged.")
ADVICE = {
    Outcome.UNKNOWN: _TOWARDS,
    Outcome.PRIVATE: _TOWARDS,
    Outcome.NOT_TRUSTED: _("Get a certificate for this name, and have the proxy before the desk use it."),
    Outcome.SILENT: _LISTEN,
    Outcome.RENAMED: _KEEP_THE_NAME,
    Outcome.CIRCLING: _(
        "Have the proxy before the desk send X-Forwarded-Proto; start the desk with HELPDESK_TRUSTED_PROXIES."
    ),
    Outcome.SENT_ON: _("Point the domain at the desk itself, not at a service that forwards."),
    Outcome.REFUSED: _KEEP_THE_NAME,
    Outcome.OTHER: _TOWARDS,
}
_OF_TROUBLE = {
    Trouble.UNKNOWN_HOST: Outcome.UNKNOWN,
    Trouble.PRIVATE: Outcome.PRIVATE,
    Trouble.NOT_TRUSTED: Outcome.NOT_TRUSTED,
    Trouble.NO_CONNECTION: Outcome.SILENT,
    Trouble.TOO_SLOW: Outcome.SILENT,
}


@dataclass(frozen=True)
class Finding:
    """What was found at a domain."""

    outcome: Outcome
    facts: dict[str, Any]

    @property
    def is_good(self) -> bool:
        return self.outcome in (Outcome.GOOD, Outcome.OPEN)

    @property
    def said(self) -> str:
        return str(SAID[self.outcome] % self.facts)

    @property
    def advice(self) -> str:
        """What an admin does about it; "" where nothing is to do."""
        return str(ADVICE[self.outcome] % self.facts) if self.outcome in ADVICE else ""


def proof(nonce: str, host: str) -> str:
    """What this desk alone can say to a question that came by this host name."""
    return salted_hmac("knowledge.pointing", f"{nonce} {host}").hexdigest()


def look(name: str) -> Finding:
    """Whether this desk answers at a domain; takes 16 seconds at most, and never raises."""
    base = urlsplit(settings.BASE_URL)
    own, places = _addresses(base.hostname or ""), _addresses(name)
    facts: dict[str, Any] = {
        "places": ", ".join(places),
        "desk": base.hostname,
        "own": ", ".join(own) or "?",
        "port": base.port or (443 if settings.HTTPS else 80),
        "host": "",
        "detail": "",
        "status": "–",
    }
    nonce = secrets.token_urlsafe(18)
    path = reverse("knowledge:help-here", args=[nonce]).removeprefix(get_script_prefix().rstrip("/"))
    try:
        # Where the desk itself is may be asked, be it in a private network; nothing else there may.
        answer = outgoing.fetch(f"{centres.at_domain(name)}{path}", allowed=own, limits=LIMITS)
    except NotReached as failed:
        outcome = _OF_TROUBLE.get(failed.trouble, Outcome.OTHER)
        return Finding(outcome, {**facts, "detail": failed.detail})
    outcome, more = _judged(answer, name, nonce)
    return Finding(outcome, {**facts, "status": answer.status, **more})


def _addresses(host: str) -> list[str]:
    try:
        return outgoing.addresses(host, seconds=LIMITS.read)
    except NotReached:
        return []


def _judged(answer: Answer, name: str, nonce: str) -> tuple[Outcome, dict[str, str]]:
    """What an answer tells: it is the desk's own word, or somebody else's."""
    host = _proven(answer, nonce)
    if host and host != name:
        return Outcome.RENAMED, {"host": host}
    if host:
        return (Outcome.GOOD if settings.HTTPS else Outcome.OPEN), {}
    location = answer.headers.get("location", "") if 300 <= answer.status < 400 else ""
    if location:
        return (Outcome.CIRCLING if location == answer.url else Outcome.SENT_ON), {"detail": location[:200]}
    return (Outcome.REFUSED if answer.status == 400 else Outcome.OTHER), {}


def _proven(answer: Answer, nonce: str) -> str:
    """By which name this desk was asked; "" where the answer is not its own."""
    try:
        told = json.loads(answer.body)
        host, given = str(told["host"]), str(told["proof"])
    except (ValueError, TypeError, KeyError):
        return ""
    return host if constant_time_compare(given, proof(nonce, host)) else ""
