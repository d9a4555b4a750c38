"""The records of a mailbox's domain, looked up at a name server of the tests."""

import pytest

from channels_app.adapters.email import domain, names
from channels_app.models import Channel

pytestmark = pytest.mark.django_db


def txt(nameserver, name: str, *records: str) -> None:
    nameserver.knows(name, "TXT", *(f'"{record}"' for record in records))


@pytest.fixture
def box(mailbox: Channel) -> Channel:
    mailbox.address = "support@shop.example"
    mailbox.config = {"smtp_host": "smtp.gmail.com"}
    return mailbox


def found(box: Channel, kind: str) -> domain.Finding:
    return next(one for one in domain.findings(box) if one.kind == kind)


def test_a_domain_in_order(box, nameserver):
    nameserver.knows("shop.example", "MX", "1 aspmx.l.google.com.")
    txt(nameserver, "shop.example", "other=1", "v=spf1 include:_spf.google.com ~all")
    txt(nameserver, "google._domainkey.shop.example", "v=DKIM1; k=rsa; p=MIGf")
    txt(nameserver, "_dmarc.shop.example", "v=DMARC1; p=reject")
    assert [(one.kind, one.verdict) for one in domain.findings(box)] == [
        ("MX", "ok"),
        ("SPF", "ok"),
        ("DKIM", "ok"),
        ("DMARC", "ok"),
    ]


def test_an_empty_domain_is_told_what_to_add(box, nameserver):
    told = {one.kind: one for one in domain.findings(box)}
    assert [told[kind].verdict for kind in ("MX", "SPF", "DKIM", "DMARC")] == ["bad", "bad", "warn", "warn"]
    assert told["SPF"].record == "v=spf1 include:_spf.google.com ~all"
    assert told["DMARC"].name == "_dmarc.shop.example"
    assert told["DMARC"].record == "v=DMARC1; p=none; rua=mailto:support@shop.example"


@pytest.mark.parametrize(
    ("records", "verdict", "record"),
    [
        (["v=spf1 mx -all"], "bad", "v=spf1 mx include:_spf.google.com -all"),
        (["v=spf1 mx"], "bad", "v=spf1 mx include:_spf.google.com ~all"),
        (["v=spf1 include:_spf.google.com +all"], "warn", "v=spf1 include:_spf.google.com ~all"),
        (["v=spf1 a -all", "v=spf1 mx ~all"], "bad", "v=spf1 a mx include:_spf.google.com ~all"),
        (["V=SPF1 INCLUDE:_SPF.GOOGLE.COM -ALL"], "ok", ""),
        (["v=spf10 x", "v=spf1 redirect=_spf.google.com"], "ok", ""),
    ],
)
def test_spf(records, verdict, record, box, nameserver):
    txt(nameserver, "shop.example", *records)
    told = found(box, "SPF")
    assert (told.verdict, told.record) == (verdict, record)


def test_an_include_within_an_include_counts(box, nameserver):
    txt(nameserver, "shop.example", "v=spf1 include:all.shop.example -all")
    txt(nameserver, "all.shop.example", "v=spf1 include:_spf.google.com ?all")
    assert found(box, "SPF").verdict == "ok"


@pytest.mark.parametrize(
    ("spf", "verdict"),
    [
        ("v=spf1 ip4:192.0.2.0/24 -all", "ok"),
        ("v=spf1 ip4:198.51.100.0/24 -all", "bad"),
        ("v=spf1 a:out.shop.example -all", "ok"),
        ("v=spf1 mx -all", "ok"),
        ("v=spf1 ip6:2001:db8::/32 -all", "ok"),
        ("v=spf1 ip4:nonsense -all", "bad"),
    ],
)
def test_a_server_of_ones_own_is_known_by_its_address(spf, verdict, box, nameserver):
    box.config = {"smtp_host": "smtp.shop.example"}
    nameserver.knows("smtp.shop.example", "A", "192.0.2.7")
    nameserver.knows("smtp.shop.example", "AAAA", "2001:db8::7")
    nameserver.knows("out.shop.example", "A", "192.0.2.7")
    nameserver.knows("shop.example", "MX", "1 out.shop.example.")
    txt(nameserver, "shop.example", spf)
    told = found(box, "SPF")
    assert told.verdict == verdict
    assert ("a:smtp.shop.example" in told.record) is (verdict == "bad")


def test_more_than_ten_look_ups_are_too_many(box, nameserver):
    txt(
        nameserver, "shop.example", "v=spf1 " + " ".join(f"include:i{n}.example" for n in range(11)) + " -all"
    )
    assert "ten look-ups" in found(box, "SPF").sentence


def test_a_policy_that_includes_itself_ends(box, nameserver):
    txt(nameserver, "shop.example", "v=spf1 include:shop.example -all")
    assert found(box, "SPF").verdict == "bad"


def test_a_provider_is_named_by_its_include(box, nameserver):
    box.config = {"outgoing": "postmark"}
    assert found(box, "SPF").record == "v=spf1 include:spf.mtasv.net ~all"


def test_a_mailbox_that_sends_through_nothing_has_nothing_to_add(box, nameserver):
    box.config = {}
    assert found(box, "SPF").record == ""
    txt(nameserver, "shop.example", "v=spf1 -all")
    assert found(box, "SPF").verdict == "ok"


@pytest.mark.parametrize(
    ("selector", "record", "verdict"),
    [
        ("selector1", "v=DKIM1; p=MIGf", "ok"),
        ("own", "p=MIGf", "ok"),
        ("default", "v=DKIM1; p=", "bad"),
        ("elsewhere", "v=DKIM1; p=MIGf", "warn"),
    ],
)
def test_dkim(selector, record, verdict, box, nameserver):
    box.config["dkim_selectors"] = "first, own"
    txt(nameserver, f"{selector}._domainkey.shop.example", record)
    assert found(box, "DKIM").verdict == verdict


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (["v=DMARC1; p=none"], "ok"),
        (["v=DMARC1;p=quarantine;rua=mailto:x@y"], "ok"),
        (["v=DMARC1; p=sometimes"], "bad"),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], "bad"),
    ],
)
def test_dmarc(records, verdict, box, nameserver):
    txt(nameserver, "_dmarc.shop.example", *records)
    assert found(box, "DMARC").verdict == verdict


def test_a_subdomain_follows_the_domain_above(box, nameserver):
    box.address = "support@mail.shop.example"
    txt(nameserver, "_dmarc.shop.example", "v=DMARC1; p=reject")
    assert found(box, "DMARC").verdict == "ok"


def test_long_records_are_joined_from_their_pieces(box, nameserver):
    nameserver.knows("shop.example", "TXT", '"v=spf1 include:_spf." "google.com ~all"')
    assert found(box, "SPF").verdict == "ok"


def test_a_providers_own_domain_is_the_providers_business(box, nameserver):
    box.address = "tallow.pine@gmail.com"
    (told,) = domain.findings(box)
    assert (told.verdict, "Gmail" in told.sentence) == ("ok", True)
    assert not nameserver.asked


def test_silent_name_servers_are_no_verdict(box, settings, monkeypatch):
    monkeypatch.setattr(names, "SECONDS", 0.1)
    settings.DNS_SERVERS = ["127.0.0.1:9"]
    assert {one.verdict for one in domain.findings(box)} == {"unknown"}


def test_the_page_shows_the_record_to_copy(box, nameserver, client, ada):
    box.save()
    client.force_login(ada)
    assert b'hx-trigger="load"' in client.get(f"/settings/mailboxes/{box.pk}/domain/").content
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(f"/settings/mailboxes/{box.pk}/domain/records/", headers=headers).content.decode()
        assert "v=spf1 include:_spf.google.com ~all" in page
        assert "Publish this TXT record at shop.example:" in page


def test_the_domain_is_for_admins(box, client, sam):
    client.force_login(sam)
    assert client.get(f"/settings/mailboxes/{box.pk}/domain/records/").status_code == 403
