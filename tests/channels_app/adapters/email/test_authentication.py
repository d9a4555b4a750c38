"""Who is believed about the sender, and what follows from what they found."""

import time

import pytest

from channels_app.adapters.email import authentication, reading
from channels_app.adapters.email.headers import Headers
from channels_app.models import Channel, InboundRecord
from tests.channels_app.adapters.email.mails import raw

US = ("mx.desk.example",)
HOP = "Received: from a.example by mx.desk.example; Sun, 22 Nov 2026 10:00:00 +0100\n"


def head(*results: str, sender: str = "Carol <carol@mail.example>") -> Headers:
    """A header block with these Authentication-Results, the topmost first, and hops in between."""
    lines = [one if one.startswith("Received:") else f"Authentication-Results: {one}\n" for one in results]
    return Headers("".join([*lines, f"From: {sender}\n"]).encode())


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("mx.desk.example; dmarc=pass header.from=mail.example", "pass"),
        ("mx.desk.example; dmarc=pass (p=reject dis=none) header.from=Mail.Example", "pass"),
        ("MX.desk.example. 1; dmarc=pass", "pass"),
        ('"mx.desk.example"; dmarc/1 = pass header.from=mail.example', "pass"),
        ("mx.desk.example; dmarc=fail header.from=mail.example", "fail"),
        ("mx.desk.example; dkim=pass header.d=mail.example; dmarc=fail header.from=mail.example", "fail"),
        ("mx.desk.example; dmarc=pass header.from=other.example", "none"),
        ("mx.desk.example; dmarc=none header.from=mail.example", "none"),
        ("mx.desk.example; dmarc=temperror header.from=mail.example", "none"),
        ("mx.desk.example; dmarc=bestguesspass header.from=mail.example", "none"),
        ("mx.desk.example; dkim=pass header.d=mail.example", "pass"),
        ("mx.desk.example; dkim=pass header.d=bounce.mail.example", "pass"),
        ("mx.desk.example; dkim=pass header.i=@mail.example header.s=k1", "pass"),
        ("mx.desk.example; dkim=fail header.d=mail.example; dkim=pass header.d=mail.example", "pass"),
        ("mx.desk.example; dkim=pass header.d=list.example", "none"),
        ("mx.desk.example; dkim=pass header.d=notmail.example", "none"),
        ("mx.desk.example; dkim=pass header.d=example", "none"),
        ("mx.desk.example; dkim=pass", "none"),
        ("mx.desk.example; spf=pass smtp.mailfrom=x@bounces.mail.example", "pass"),
        ("mx.desk.example; spf=pass smtp.mailfrom=mail.example", "pass"),
        ("mx.desk.example; spf=pass smtp.helo=mail.example", "none"),
        ("mx.desk.example; spf=fail smtp.mailfrom=carol@mail.example", "none"),
        ("mx.desk.example; none", "none"),
        ("mx.desk.example", "none"),
        ("", "none"),
        (";;;===((\\", "none"),
    ],
)
def test_what_our_server_found(results, expected):
    assert authentication.verdict(head(results), US) == expected


@pytest.mark.parametrize(
    "forged",
    [
        "mx.evil.example; dmarc=pass header.from=mail.example",
        "mx.desk.example.evil.example; dmarc=pass header.from=mail.example",
        "evil.example (mx.desk.example; dmarc=pass header.from=mail.example)",
        '"evil.example;mx.desk.example"; dmarc=pass header.from=mail.example',
        "dmarc=pass header.from=mail.example",
    ],
)
def test_what_others_wrote_is_no_proof(forged):
    assert authentication.verdict(head(forged), US) == "none"
    assert authentication.verdict(head(forged, "mx.desk.example; dmarc=fail"), US) == "fail"


@pytest.mark.parametrize(
    "results",
    [
        # The sender wrote ours into the mail: it stands below the hop at which the true one was made,
        ("mx.desk.example; spf=pass smtp.mailfrom=evil.example", HOP, "mx.desk.example; dmarc=pass"),
        # or touches the true ones, when the server puts its own below its Received line;
        (HOP, "mx.desk.example; dmarc=none", "mx.desk.example; dmarc=pass header.from=mail.example"),
        # and what stands behind somebody else's was there before ours.
        ("mx.desk.example; spf=none", "mx.other.example; spf=none", "mx.desk.example; dmarc=pass"),
        # A comment, a quoted reason and a result of another method are no DMARC.
        ("mx.desk.example; spf=none (dmarc=pass header.from=mail.example)",),
        ('mx.desk.example; spf=none reason="x; dmarc=pass header.from=mail.example"',),
        ("mx.desk.example; iprev=pass policy.iprev=mail.example; auth=pass smtp.auth=mail.example",),
    ],
)
def test_a_forged_result_of_ours_is_not_believed(results):
    assert authentication.verdict(head(*results), US) == "none"


def test_filters_of_one_hop_each_write_a_field_of_their_own():
    both = head("mx.desk.example; dmarc=none", "mx.desk.example; dkim=pass header.d=mail.example", HOP)
    assert authentication.verdict(both, US) == "pass"
    assert (
        authentication.verdict(head("mx.desk.example; dkim=pass", "mx.desk.example; dmarc=fail"), US)
        == "fail"
    )


@pytest.mark.parametrize(
    "sender",
    [
        "carol@mail.example, eve@mail.example.evil",
        "carol@mail.example\nFrom: eve@evil.example",
        "nobody",
    ],
)
def test_two_authors_are_never_proved(sender):
    """A program shows one of them, the server checked the other."""
    results = "mx.desk.example; dmarc=pass header.from=mail.example"
    assert authentication.verdict(head(results, sender=sender), US) == "none"


def test_a_list_that_writes_its_own_address_into_from_is_the_list():
    results = "mx.desk.example; dmarc=pass header.from=lists.example"
    assert authentication.verdict(head(results, sender="Carol via talk <talk@lists.example>"), US) == "pass"
    assert authentication.verdict(head(results), US) == "none"


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, ()),
        ({"imap_host": "mail.desk.example"}, ()),
        ({"authserv_id": " MX.desk.example, mx2.desk.example "}, ("mx.desk.example", "mx2.desk.example")),
        ({"imap_host": "imap.gmail.com"}, ("mx.google.com",)),
        ({"imap_host": "imap.notgmail.com"}, ()),
        ({"imap_host": "Outlook.Office365.com."}, ("",)),
        ({"imap_host": "imap.gmail.com", "authserv_id": "mx.desk.example"}, ("mx.desk.example",)),
    ],
)
def test_whom_a_mailbox_believes(config, expected):
    assert authentication.trusted_servers(config) == expected


def test_nobody_is_believed_by_default():
    assert authentication.verdict(head("mx.desk.example; dmarc=pass"), ()) == "none"


def test_microsoft_leaves_its_name_out():
    told = (
        "spf=pass (sender IP is 192.0.2.7)\n smtp.mailfrom=mail.example; dkim=pass (signature was verified)"
        "\n header.d=mail.example;dmarc=pass action=none\n header.from=mail.example;compauth=pass reason=100"
    )
    assert authentication.verdict(head(told), ("",)) == "pass"
    assert authentication.verdict(head(told.replace("dmarc=pass", "dmarc=fail")), ("",)) == "fail"
    assert authentication.verdict(head(told), US) == "none"


def test_an_id_that_begins_with_a_dot_is_the_end_of_a_name():
    told = "iva5-1.front.yandex.net; dkim=pass header.d=mail.example"
    assert authentication.verdict(head(told), (".yandex.net",)) == "pass"
    assert authentication.verdict(head(told.replace("yandex", "notyandex")), (".yandex.net",)) == "none"


def test_a_mad_header_takes_no_time():
    begun = time.perf_counter()
    for mad in ("(" * 1_000_000, "a.b=" * 300_000, '"' * 500_001, "; dkim" * 200_000):
        authentication.verdict(head(f"mx.desk.example; {mad}"), US)
    assert time.perf_counter() - begun < 2


def test_a_mail_is_read_with_the_trust_of_its_mailbox():
    mail = raw(Authentication_Results="mx.desk.example; dmarc=pass header.from=mail.example")
    for config, expected in (({}, "none"), ({"authserv_id": "mx.desk.example"}, "pass")):
        record = InboundRecord(channel=Channel(pk=7, config=config), body=mail, size=len(mail))
        assert reading.read(record).authenticity == expected
