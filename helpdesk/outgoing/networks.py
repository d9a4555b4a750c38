"""Which network addresses this desk may reach: the whole internet, and of private networks what is listed."""

import ipaddress
from collections.abc import Iterable

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

# Part of the internet by number, and yet no host of anybody's: relays into other networks, tests, multicast.
_NOWHERE_4 = [
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "224.0.0.0/3",
    )
]
# Only 2000::/3 is handed out (RFC 4291, IANA); of that not Teredo and its kin, documentation and 6to4.
_INTERNET_6 = ipaddress.IPv6Network("2000::/3")
_NOWHERE_6 = [
    ipaddress.IPv6Network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")
]


def may_reach(host: str, address: str, allowed: Iterable[str]) -> bool:
    """Whether `host`, which resolved to `address`, lies on the internet or is one of `allowed`.

    `allowed` holds host names, addresses, networks such as "10.1.0.0/16", or "*" for everything.
    """
    ip = _bare(address)
    return is_public(ip) or any(_names(each, host, ip) for each in allowed)


def is_public(ip: Ip) -> bool:
    """Whether an address is a host of the internet; an IPv4 address within an IPv6 one is judged itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not any(ip in net for net in _NOWHERE_4)
    return ip in _INTERNET_6 and ip.is_global and not any(ip in net for net in _NOWHERE_6)


def _bare(address: str) -> Ip:
    """Without its zone, and an IPv4 address that wears the clothes of IPv6 (::ffff:…) as what it is."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip


def _names(allowed: str, host: str, ip: Ip) -> bool:
    if allowed == "*":
        return True
    try:
        return ip in ipaddress.ip_network(allowed, strict=False)
    except ValueError:
        return allowed.lower().rstrip(".") == host.lower().rstrip(".")
