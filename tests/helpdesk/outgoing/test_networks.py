"""Which addresses are the internet."""

import ipaddress

import pytest

from helpdesk.outgoing import networks


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *("2002:7f00:1::", "2002:808:808::", "2001::1", "2001:db8::1", "3fff::1", "100::1"),
    ],
)
def test_what_is_no_host_of_the_internet(address):
    assert not networks.may_reach("evil.example", address, [])


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450::1"]
)
def test_what_is(address):
    assert networks.may_reach("shop.example", address, [])
    assert networks.is_public(ipaddress.ip_address("1.1.1.1"))


@pytest.mark.parametrize(
    ("allowed", "host", "address", "reachable"),
    [
        (["crm.internal"], "crm.internal", "10.1.2.3", True),
        (["CRM.internal."], "crm.internal", "10.1.2.3", True),
        (["crm.internal"], "other.internal", "10.1.2.3", False),
        (["10.1.0.0/16"], "other.internal", "10.1.2.3", True),
        (["10.1.0.0/16"], "other.internal", "10.2.2.3", False),
        (["10.1.2.3"], "x", "10.1.2.3", True),
        (["10.1.2.3"], "x", "::ffff:10.1.2.3", True),
        (["fd12::/16"], "x", "fd12::1", True),
        (["*"], "x", "127.0.0.1", True),
    ],
)
def test_what_is_listed(allowed, host, address, reachable):
    assert networks.may_reach(host, address, allowed) is reachable
