"""From an address to its servers, against a name server of the tests."""

import pytest

from channels_app.adapters.email import finding, names, providers
from channels_app.adapters.email.providers import Server
from helpdesk import outgoing
from helpdesk.outgoing import Answer, NotReached, Trouble

AUTOCONFIG = b"""<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="shop.example">
<incomingServer type="pop3"><hostname>pop.shop.example</hostname><port>995</port>
<socketType>SSL</socketType></incomingServer>
<incomingServer type="imap"><hostname>mx.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
<username>%EMAILLOCALPART%</username></incomingServer>
<outgoingServer type="smtp"><hostname>mx.shop.example</hostname><port>587</port>
<socketType>STARTTLS</socketType></outgoingServer>
</emailProvider></clientConfig>"""


@pytest.fixture(autouse=True)
def web(monkeypatch) -> dict[str, bytes]:
    """What the web holds: by address."""
    pages: dict[str, bytes] = {}

    def fetch(url: str, **_options) -> Answer:
        if url not in pages:
            raise NotReached(Trouble.UNKNOWN_HOST)
        return Answer(status=200, headers={}, body=pages[url], url=url)

    monkeypatch.setattr(outgoing, "fetch", fetch)
    return pages


@pytest.mark.parametrize(
    ("address", "name", "host"),
    [
        ("a@gmail.com", "Gmail", "imap.gmail.com"),
        ("a@hotmail.com", "Outlook.com", "outlook.office365.com"),
        ("a@Yahoo.com", "Yahoo", "imap.mail.yahoo.com"),
        ("a@icloud.com", "iCloud", "imap.mail.me.com"),
        ("a@ya.ru", "Yandex", "imap.yandex.com"),
        ("a@bk.ru", "Mail.ru", "imap.mail.ru"),
        ("a@freemail.hu", "Freemail", "imap.freemail.hu"),
        ("a@citromail.hu", "Citromail", "imap.citromail.hu"),
        ("a@gmx.de", "GMX", "imap.gmx.net"),
        ("a@web.de", "WEB.DE", "imap.web.de"),
        ("a@fastmail.com", "Fastmail", "imap.fastmail.com"),
        ("a@proton.me", "Proton Mail", "127.0.0.1"),
        ("a@zoho.com", "Zoho Mail", "imappro.zoho.com"),
    ],
)
def test_known_providers_are_known_without_asking_anybody(address, name, host, nameserver):
    found = finding.servers(address)
    assert (found.provider.name, found.imap.host, found.sure) == (name, host, True)
    assert not nameserver.asked


@pytest.mark.parametrize(
    ("mx", "name"),
    [
        ("1 aspmx.l.google.com.", "Gmail"),
        ("0 shop-example.mail.protection.outlook.com.", "Microsoft 365"),
        ("10 mx.yandex.net.", "Yandex"),
        ("10 emx.mail.ru.", "Mail.ru"),
        ("10 in1-smtp.messagingengine.com.", "Fastmail"),
        ("10 mx.zoho.eu.", "Zoho Mail"),
        ("10 mail.protonmail.ch.", "Proton Mail"),
    ],
)
def test_a_companys_own_domain_is_known_by_its_mail_server(mx, name, nameserver):
    nameserver.knows("shop.example", "MX", mx)
    found = finding.servers("info@shop.example")
    assert (found.provider.name, found.user) == (name, "info@shop.example")


def test_a_name_that_only_ends_alike_is_nobody(nameserver):
    nameserver.knows("shop.example", "MX", "1 notgoogle.com.")
    assert finding.servers("info@shop.example") is None


def test_srv_records_tell_the_servers(nameserver):
    nameserver.knows(
        "_imaps._tcp.shop.example", "SRV", "20 1 993 second.shop.example.", "10 1 1993 mx.shop.example."
    )
    nameserver.knows("_submission._tcp.shop.example", "SRV", "0 1 587 out.shop.example.")
    found = finding.servers("info@shop.example")
    assert found.imap == Server("mx.shop.example", 1993, "tls")
    assert found.smtp == Server("out.shop.example", 587, "starttls")


def test_a_service_that_is_said_not_to_exist_is_not_used(nameserver):
    nameserver.knows("_imaps._tcp.shop.example", "SRV", "0 0 0 .")
    nameserver.knows("_imap._tcp.shop.example", "SRV", "0 1 143 mx.shop.example.")
    assert finding.servers("info@shop.example").imap == Server("mx.shop.example", 143, "starttls")


def test_the_domains_own_file_tells_the_servers(nameserver, web):
    nameserver.knows("shop.example", "MX", "1 mx.shop.example.")
    web["https://shop.example/.well-known/autoconfig/mail/config-v1.1.xml"] = AUTOCONFIG
    found = finding.servers("info@shop.example")
    assert (found.imap, found.user) == (Server("mx.shop.example", 993, "tls"), "info")
    assert found.smtp == Server("mx.shop.example", 587, "starttls")


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<html>",
        b"<clientConfig/>",
        AUTOCONFIG.replace(b"<port>993", b"<port>x"),
        b'<!DOCTYPE a [<!ENTITY b "bbbb">]><clientConfig>&b;</clientConfig>',
    ],
)
def test_a_file_that_is_none_tells_nothing(xml):
    assert finding.read_autoconfig(xml, "info@shop.example") is None


def test_names_are_guessed_at_last_and_said_to_be(nameserver):
    nameserver.knows("imap.shop.example", "A", "192.0.2.1")
    nameserver.knows("mail.shop.example", "AAAA", "2001:db8::1")
    found = finding.servers("info@shop.example")
    assert (found.imap.host, found.smtp.host, found.sure) == ("imap.shop.example", "mail.shop.example", False)


def test_nothing_found_is_no_trouble(nameserver):
    assert finding.servers("info@shop.example") is None


def test_a_silent_name_server_is_no_trouble_and_takes_seconds_at_most(settings, monkeypatch):
    monkeypatch.setattr(names, "SECONDS", 0.2)
    settings.DNS_SERVERS = ["127.0.0.1:9"]
    assert finding.servers("info@shop.example") is None
    with pytest.raises(names.Unanswered):
        names.mx("shop.example")


def test_international_domains_are_asked_for_in_ascii(nameserver):
    nameserver.knows("xn--90a3ac.example", "MX", "1 mx.yandex.net.")
    assert finding.servers("info@срб.example").provider.name == "Yandex"


def test_every_provider_can_be_told_by_its_server():
    assert all(providers.of_server(one.imap.host) is not None for one in providers.ALL)
    assert len({one.imap.host for one in providers.ALL}) >= 15
