"""From an address to its servers: known providers, MX, SRV (RFC 6186, 8314), the domain's own autoconfig."""

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError

import defusedxml
from defusedxml import ElementTree

from channels_app.adapters.email import names, providers
from channels_app.adapters.email.providers import Provider, Server
from helpdesk import outgoing
from helpdesk.outgoing import Limits, NotReached

AUTOCONFIG = Limits(size=100_000, connect=3, read=3, total=4)
_SERVICES = {
    "imap": (("_imaps._tcp", "tls"), ("_imap._tcp", "starttls")),
    "smtp": (("_submissions._tcp", "tls"), ("_submission._tcp", "starttls")),
}
_SOCKETS = {"SSL": "tls", "STARTTLS": "starttls"}
_GUESSES = {"imap": ("imap", "mail"), "smtp": ("smtp", "mail")}
_USUAL = {"imap": (993, "tls"), "smtp": (587, "starttls")}


@dataclass(frozen=True)
class Found:
    """Servers for an address; `provider` when it is a known one, `sure` unless only guessed by name."""

    imap: Server | None
    smtp: Server | None
    user: str
    provider: Provider | None = None
    sure: bool = True


def servers(address: str) -> Found | None:
    """What to propose for an address, None when nothing tells. Never raises; takes seconds at most."""
    domain = address.rpartition("@")[2].lower()
    if provider := providers.of_domain(domain):
        return _of(provider, address)
    with suppress(names.Unanswered):
        for host in names.mx(domain):
            if provider := providers.of_mail_server(host):
                return _of(provider, address)
        return _by_srv(domain, address) or _by_autoconfig(domain, address) or _by_guess(domain, address)
    return None


def _of(provider: Provider, address: str) -> Found:
    return Found(provider.imap, provider.smtp, address, provider)


def _by_srv(domain: str, address: str) -> Found | None:
    imap, smtp = (_service(kind, domain) for kind in ("imap", "smtp"))
    return Found(imap, smtp, address, _known(imap)) if imap else None


def _service(kind: str, domain: str) -> Server | None:
    for service, security in _SERVICES[kind]:
        if found := names.srv(service, domain):
            return Server(found.host, found.port, security)
    return None


def _by_autoconfig(domain: str, address: str) -> Found | None:
    """The file that mail programs ask a domain for; only over TLS, and only from the domain itself."""
    for url in (
        f"https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={quote(address)}",
        f"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
    ):
        with suppress(NotReached):
            answer = outgoing.fetch(url, limits=AUTOCONFIG)
            if answer.is_success and (found := read_autoconfig(answer.body, address)):
                return found
    return None


def read_autoconfig(xml: bytes, address: str) -> Found | None:
    """The servers in an autoconfig file, None when it is none."""
    try:
        root = ElementTree.fromstring(xml)
    except (ParseError, defusedxml.DefusedXmlException, ValueError, LookupError):
        return None
    imap, user = _listed(root, "incomingServer", "imap", address)
    smtp, _user = _listed(root, "outgoingServer", "smtp", address)
    return Found(imap, smtp, user, _known(imap)) if imap else None


def _listed(root: Element, tag: str, kind: str, address: str) -> tuple[Server | None, str]:
    for one in root.iter(tag):
        security = _SOCKETS.get((one.findtext("socketType") or "").upper(), "")
        host, port = _filled(one.findtext("hostname") or "", address), one.findtext("port") or ""
        if one.get("type") == kind and security and host and port.isdigit():
            return Server(host, int(port), security), _filled(one.findtext("username") or address, address)
    return None, address


def _filled(text: str, address: str) -> str:
    local, _at, domain = address.partition("@")
    blanks = {"%EMAILADDRESS%": address, "%EMAILLOCALPART%": local, "%EMAILDOMAIN%": domain}
    for name, value in blanks.items():
        text = text.replace(name, value)
    return text.strip()


def _by_guess(domain: str, address: str) -> Found | None:
    imap, smtp = (_guessed(kind, domain) for kind in ("imap", "smtp"))
    return Found(imap, smtp, address, _known(imap), sure=False) if imap else None


def _guessed(kind: str, domain: str) -> Server | None:
    for name in _GUESSES[kind]:
        if names.exists(f"{name}.{domain}"):
            return Server(f"{name}.{domain}", *_USUAL[kind])
    return None


def _known(server: Server | None) -> Provider | None:
    return providers.of_server(server.host) if server else None
