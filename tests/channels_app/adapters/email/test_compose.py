"""The mail we write, read back by the standard library as a customer's program would."""

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from uuid import uuid4

import pytest

from channels_app import files
from channels_app.adapters.email import addresses, compose
from channels_app.messages import read_token, token_in_id
from tickets import drafts, intake, replies
from tickets.models import Delivery, Draft, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def composed(ticket, alice, company):
    """The bytes of alice's reply, with nothing quoted; name what differs in the message."""
    company.quote = company.Quote.NONE
    company.save()

    def composed(body: str = "It comes tomorrow.", files: tuple = (), cc: tuple = (), **fields) -> bytes:
        draft = drafts.save(ticket, author=alice, mode=Draft.Mode.REPLY, body=body)
        for name, content, content_type in files:
            drafts.attach(draft, name=name, content=content, content_type=content_type)
        message = replies.send(ticket, author=alice, body=body, key=uuid4(), cc=cc, draft=draft)
        Message.objects.filter(pk=message.pk).update(**fields)
        return sent()

    return composed


def sent() -> bytes:
    return b"".join(compose.letter(Delivery.objects.get()).chunks)


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not [part.defects for part in message.walk() if part.defects]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    return message


def body(message: EmailMessage, kind: str) -> str:
    return message.get_body([kind]).get_content().replace("\r\n", "\n")


def test_an_ordinary_reply(composed, ticket, mailbox):
    mailbox.config |= {"from_name": "Tallow & Pine"}
    mailbox.save()
    mail = read(composed())
    question = ticket.messages.first()
    assert str(mail["From"]) == '"Alice Hartmann (Tallow & Pine)" <support@desk.example>'
    assert mail["To"] == "carol@mail.example"
    assert mail["Subject"] == f"Re: Where is my parcel? [#{ticket.number}]"
    assert mail["In-Reply-To"] == mail["References"] == f"<{question.external_id}>"
    delivery = Delivery.objects.get()
    assert mail["Message-ID"] == f"<{delivery.external_id}>"
    assert read_token(token_in_id(delivery.external_id)) == ticket.pk
    assert mail["Date"].datetime == delivery.message.sent_at.replace(microsecond=0)
    assert "Auto-Submitted" not in mail and "Reply-To" not in mail
    assert body(mail, "plain") == "It comes tomorrow."
    assert "It comes tomorrow." in body(mail, "html")


def test_composed_again_it_is_the_same_mail(composed):
    assert composed() == sent()


def test_answers_come_back_to_the_ticket_by_address(composed, mailbox, ticket):
    mailbox.config |= {"plus_addressing": True}
    mailbox.save()
    address = read(composed())["Reply-To"].addresses[0].addr_spec
    assert address.startswith("support+t.") and address.endswith("@desk.example")
    assert read_token(address.partition("+t.")[2].partition("@")[0]) == ticket.pk


def test_without_a_name_of_its_own_the_mailbox_speaks_for_the_company(composed):
    assert read(composed())["From"].addresses[0].display_name == "Alice Hartmann (Tallow & Pine)"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Parcel", "Re: Parcel [#{n}]"),
        ("Re: Parcel", "Re: Parcel [#{n}]"),
        ("AW: Parcel", "AW: Parcel [#{n}]"),
        ("Re: Parcel [#{n}]", "Re: Parcel [#{n}]"),
        ("", "Re: [#{n}]"),
        ("Где мой заказ?", "Re: Где мой заказ? [#{n}]"),
        ("Слово " * 80, None),
        ("x" * 950, None),
        ("a =?utf-8?q?b?= c", "Re: a =?utf-8?q?b?= c [#{n}]"),
    ],
)
def test_the_subject(composed, ticket, subject, expected):
    said = read(composed(subject=subject.replace("{n}", str(ticket.number))))["Subject"]
    if expected is None:
        expected = f"Re: {subject.strip()} [#{{n}}]"
    assert said == expected.replace("{n}", str(ticket.number))


@pytest.mark.parametrize(
    "evil", ["a\r\nBcc: x@x.example", "a\nBcc: x@x.example", "a\rBcc: x", "a\x1f\x85\u2028Bcc: x"]
)
def test_no_field_can_carry_another(composed, alice, mailbox, evil):
    alice.name = evil
    alice.save()
    mailbox.config |= {"from_name": evil}
    mailbox.save()
    mail = read(composed(subject=evil, files=[(evil, b"x", "text/plain\r\nBcc: x")]))
    assert "Bcc" not in mail
    assert set(mail.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version"),
        "Content-Type",
    }
    (file,) = mail.iter_attachments()
    assert set(file.keys()) == {"Content-Type", "Content-Transfer-Encoding", "Content-Disposition"}


@pytest.mark.parametrize(
    "text",
    [
        "Zwölf Boxkämpfer — 12 €",
        "Здравствуйте! Заказ придёт завтра.\n\nС уважением",
        ".a line that begins with a dot\n..\n.",
        "From the start\nFrom here",
        "long " * 2000,
        "x" * 5000,
        "= equals =3D and trailing spaces  \nend",
        "<script>alert(1)</script> & <b>",
        "😀 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u202eabc",
    ],
)
def test_the_text_arrives_as_written(composed, text):
    assert body(read(composed(body=text)), "plain") == text.rstrip()


def test_the_html_says_the_same_and_no_more(composed):
    page = body(read(composed(body="One\ntwo\n\n<b>three</b> https://x.example/?a=1&b=2")), "html")
    assert "One<br>\ntwo" in page
    assert "&lt;b&gt;three&lt;/b&gt;" in page
    assert '<a href="https://x.example/?a=1&amp;b=2">https://x.example/?a=1&amp;b=2</a>' in page


def test_the_signature_stands_below(composed, alice):
    alice.signature = "Alice Hartmann\nTallow & Pine"
    alice.save()
    mail = read(composed())
    assert body(mail, "plain") == "It comes tomorrow.\n\n-- \nAlice Hartmann\nTallow & Pine"
    assert "Alice Hartmann<br>\nTallow &amp; Pine" in body(mail, "html")


@pytest.mark.parametrize(
    "name", ["bill.pdf", "számla.pdf", 'a "quoted" name;.pdf', "счёт № 1.pdf", "x" * 200 + ".pdf", "ж" * 200]
)
@pytest.mark.parametrize("content", [b"", b"%PDF", bytes(range(256)) * 1000])
def test_a_file_arrives_whole_under_its_name(composed, name, content):
    (file,) = read(composed(files=[(name, content, "application/pdf")])).iter_attachments()
    assert (file.get_filename(), file.get_content()) == (name, content)


def test_a_picture_in_the_text_goes_with_it(composed):
    raw = composed(files=[("logo.png", b"png", "image/png"), ("bill.pdf", b"pdf", "application/pdf")])
    message = Message.objects.get(direction="out")
    message.attachments.filter(name="logo.png").update(inline=True, content_id="logo@desk")
    mail = read(sent())
    assert [part.get_content_type() for part in mail.walk()] == [
        *("multipart/mixed", "multipart/related", "multipart/alternative", "text/plain", "text/html"),
        *("image/png", "application/pdf"),
    ]
    assert raw != sent()


def test_a_mail_as_a_file_is_sent_as_a_file(composed):
    mail = read(composed(files=[("forwarded.eml", b"Subject: x\r\n\r\ny", "message/rfc822")]))
    (file,) = mail.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("application/octet-stream", "forwarded.eml")


def test_it_cites_the_latest_messages_that_have_an_id(composed, written, ticket):
    thread = written(references=(ticket.messages.first().external_id,))
    for number in range(40):
        intake.receive(replace(thread, external_id=f"n{number}@mail.example", digest=f"{number:064}"))
    intake.receive(replace(thread, external_id="digest:abc", digest="a" * 64))
    mail = read(composed())
    assert mail["In-Reply-To"] == "<n39@mail.example>"
    cited = mail["References"].split()
    assert (len(cited), cited[-1]) == (compose.CITED - 1, "<n39@mail.example>")


def test_copies_go_to_all(composed):
    raw = composed(cc=("dan@mail.example", "carol@mail.example"))
    assert read(raw)["Cc"] == "dan@mail.example", "nobody gets it twice"
    assert compose.letter(Delivery.objects.get()).recipients == ["carol@mail.example", "dan@mail.example"]


def test_international_addresses(composed):
    composed(cc=("dan@bücher.example",))
    letter = compose.letter(Delivery.objects.get())
    assert letter.recipients[1] == "dan@xn--bcher-kva.example"
    assert not letter.is_international
    Delivery.objects.update(recipients={"to": ["кэрол@почта.рф"]})
    letter = compose.letter(Delivery.objects.get())
    assert letter.is_international
    assert "To: кэрол@xn--80a1acny.xn--p1ai".encode() in b"".join(letter.chunks)


@pytest.mark.parametrize(
    "address", ["", "carol", "a b@x.example", "a@x.example\r\nRCPT TO:<b@x.example>", "@x", "a@", "<a@b>"]
)
def test_what_is_no_address_is_told(address):
    with pytest.raises(addresses.NotAnAddress):
        addresses.on_wire(address)


def test_a_file_that_is_missing_is_told(composed):
    composed(files=[("a.pdf", b"x", "application/pdf")])
    Message.objects.get(direction="out").attachments.update(sha256="0" * 64)
    with pytest.raises(files.Missing):
        sent()
