"""What a trusted forwarder sealed before it changed a mail, and what a list does to a sender's proof."""

import pytest

from channels_app.adapters.email import authentication, reading
from channels_app.adapters.email.headers import Headers
from channels_app.models import Channel, InboundRecord
from tests.channels_app.adapters.email.mails import raw
from tickets import intake
from tickets.web import doubts

US = ("mx.desk.example",)
FAILED = "mx.desk.example; dmarc=fail header.from=mail.example; arc=pass"
SEEN = "mx.lists.example; dmarc=pass header.from=mail.example"


def chain(*hops: tuple[str, str]) -> str:
    """The header fields of a chain, its oldest hop first: (domain of the sealer, what it found)."""
    fields = [
        f"ARC-Seal: i={number}; a=rsa-sha256; t=1; cv=pass; d={sealer}; s=k; b=abc\n"
        f"ARC-Message-Signature: i={number}; a=rsa-sha256; d={sealer}; s=k; h=from; bh=x; b=abc\n"
        f"ARC-Authentication-Results: i={number}; {found}\n"
        for number, (sealer, found) in enumerate(hops, 1)
    ]
    return "".join(reversed(fields))


def verdict(hops: str, *, ours: str = FAILED, forwarders: tuple[str, ...] = ("lists.example",)) -> str:
    block = f"Authentication-Results: {ours}\n{hops}From: Carol <carol@mail.example>\n"
    return authentication.verdict(Headers(block.encode()), US, forwarders)


LIST = ("lists.example", SEEN)
OURS = ("desk.example", "mx.desk.example; dmarc=fail header.from=mail.example")


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        ([LIST], "pass"),
        ([("eu.lists.example", SEEN)], "pass"),
        ([("lists.example", "mx.lists.example; dkim=pass header.d=mail.example")], "pass"),
        ([LIST, OURS], "pass"),  # our own server seals too, on arrival
        ([LIST, ("lists.example", "mx.lists.example; dmarc=fail")], "pass"),  # two hops of one forwarder
        ([("other.example", SEEN)], "fail"),
        ([("notlists.example", SEEN)], "fail"),
        ([("lists.example", "mx.lists.example; dmarc=fail header.from=mail.example")], "fail"),
        ([("lists.example", "mx.lists.example; dmarc=pass header.from=evil.example")], "fail"),
        ([LIST, ("other.example", "mx.other.example; arc=pass")], "fail"),  # nobody knows what that one did
        ([], "fail"),
    ],
)
def test_a_trusted_forwarder_is_believed_about_what_it_saw(hops, expected):
    assert verdict(chain(*hops)) == expected


def test_nobody_is_trusted_by_default():
    assert verdict(chain(LIST), forwarders=()) == "fail"


@pytest.mark.parametrize(
    "ours",
    ["mx.desk.example; dmarc=fail; arc=fail", "mx.desk.example; dmarc=fail", "mx.evil.example; arc=pass"],
)
def test_a_seal_that_our_server_did_not_find_whole_is_nothing(ours):
    assert verdict(chain(LIST), ours=ours) != "pass"


@pytest.mark.parametrize(
    "damage",
    [
        ("i=1; a=rsa", "i=3; a=rsa"),
        ("ARC-Seal: i=1", "X-Seal: i=1"),
        ("i=1; mx.lists", "mx.lists"),
        ("From", "ARC-Seal: i=1; d=lists.example\nFrom"),
    ],
)
def test_a_chain_with_gaps_or_doubles_is_none(damage):
    block = f"Authentication-Results: {FAILED}\n{chain(LIST)}From: Carol <carol@mail.example>\n"
    headers = Headers(block.replace(*damage).encode())
    assert authentication.verdict(headers, US, ("lists.example",)) == "fail"


def test_microsofts_own_seal_is_passed_over():
    own = ("microsoft.com", "mx.microsoft.com 1; dmarc=fail action=oreject header.from=mail.example")
    block = (
        "Authentication-Results: spf=fail smtp.mailfrom=lists.example; dmarc=fail action=none\n"
        f" header.from=mail.example; arc=pass (0 oda=1)\n{chain(LIST, own)}From: Carol <carol@mail.example>\n"
    )
    assert authentication.verdict(Headers(block.encode()), ("",), ("lists.example",)) == "pass"


@pytest.mark.parametrize(
    ("given", "domain", "aligned"),
    [
        ("a.example.co.uk", "b.example.co.uk", True),
        ("example.co.uk", "evil.co.uk", False),
        ("co.uk", "example.co.uk", False),
        ("mail.example", "bounces.mail.example", True),
        ("alice.github.io", "mallory.github.io", False),
    ],
)
def test_domains_of_one_organisation(given, domain, aligned):
    assert authentication.is_aligned(given, domain) is aligned


class TestList:
    """A list changed the mail, so the check failed: the agent is told that, and still warned."""

    def read(self, mailbox: Channel, *, results: str, **fields: str):
        mailbox.config["authserv_id"] = "mx.desk.example"
        mail = raw(
            "Where is it?\n",
            Authentication_Results=results,
            List_Id="Talk <talk.lists.example>",
            List_Post="<mailto:talk@lists.example>",
            **fields,
        )
        return reading.read(InboundRecord(channel=mailbox, body=mail, size=len(mail)))

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("proof", "told"),
        [
            ("dkim=pass header.d=lists.example", True),
            ("spf=pass smtp.mailfrom=talk-bounces@lists.example", True),
            ("dkim=pass header.d=other.example", False),  # anybody can say that they are a list
            ("dmarc=pass header.from=lists.example", False),
        ],
    )
    def test_it_is_explained_when_the_list_proved_itself(self, proof, told, mailbox):
        results = f"mx.desk.example; dmarc=fail header.from=mail.example; {proof}"
        message = intake.receive(self.read(mailbox, results=results))
        line = doubts.line(message)
        assert line.tone == "danger"
        assert any("mailing list talk@lists.example" in reason for reason in line.reasons) is told

    @pytest.mark.django_db
    def test_nothing_is_said_where_nothing_failed(self, mailbox):
        read = self.read(mailbox, results="mx.desk.example; dkim=pass header.d=lists.example")
        assert (read.mailing_list, read.authenticity) == ("", "none")
