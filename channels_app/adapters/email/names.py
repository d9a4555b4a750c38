"""What name servers say of a mail domain: MX, SRV and TXT records, within seconds or not at all."""

from dataclasses import dataclass

import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
from django.conf import settings

SECONDS = 4.0
"""For one question with all its repeats: a page waits for it."""


class Unanswered(Exception):
    """No name server told anything: nothing is known, which is not the same as "there is none"."""


@dataclass(frozen=True)
class Service:
    """One SRV record (RFC 2782)."""

    host: str
    port: int


def mx(domain: str) -> list[str]:
    """The mail servers of a domain, the preferred ones first; [] when it has none. Raises Unanswered."""
    found = sorted((record.preference, str(record.exchange)) for record in _ask(domain, "MX"))
    return [host.rstrip(".").lower() for _preference, host in found if host != "."]


def srv(service: str, domain: str) -> Service | None:
    """Where a service such as `_imaps._tcp` is offered (RFC 6186). Raises Unanswered."""
    found = sorted(_ask(f"{service}.{domain}", "SRV"), key=lambda record: (record.priority, -record.weight))
    if not found or str(found[0].target) == ".":
        return None
    return Service(str(found[0].target).rstrip(".").lower(), int(found[0].port))


def txt(name: str) -> list[str]:
    """The TXT records at a name, each joined from its pieces. Raises Unanswered."""
    return [b"".join(record.strings).decode("utf-8", "replace") for record in _ask(name, "TXT")]


def addresses(host: str) -> list[str]:
    """The addresses of a host. Raises Unanswered."""
    return [str(record.address) for kind in ("A", "AAAA") for record in _ask(host, kind)]


def exists(host: str) -> bool:
    """Whether a host has an address. Raises Unanswered."""
    return bool(addresses(host))


def _ask(name: str, kind: str) -> list:
    try:
        return list(_resolver().resolve(_ascii(name), kind, lifetime=SECONDS, search=False))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, UnicodeError) as error:
        raise Unanswered(str(error)) from error


def _ascii(name: str) -> dns.name.Name:
    return dns.name.from_text(name.strip("."), idna_codec=dns.name.IDNA_2008)


def _resolver() -> dns.resolver.Resolver:
    """The machine's own name servers, or those of the settings ("192.0.2.1" or "192.0.2.1:5353")."""
    if not settings.DNS_SERVERS:
        return dns.resolver.Resolver()
    resolver = dns.resolver.Resolver(configure=False)
    places = [one.rpartition(":") if one.count(":") == 1 else (one, "", "53") for one in settings.DNS_SERVERS]
    resolver.nameservers = [host for host, _colon, _port in places]
    resolver.nameserver_ports = {host: int(port) for host, _colon, port in places}
    return resolver
