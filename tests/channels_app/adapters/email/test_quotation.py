"""What stands below a reply, and what a forward passes on."""

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from uuid import uuid4

import pytest

from channels_app import files
from channels_app.adapters.email import compose, quotation
from channels_app.messages import InboundFile, Sender
from helpdesk.accounts.models import Company
from tickets import drafts, intake, replies
from tickets.models import Delivery, Draft, Message
from tickets.recipients import Recipients

pytestmark = pytest.mark.django_db
PIXEL = b"\x89PNG not really"


def logo() -> InboundFile:
    """A picture shown in the text."""
    return InboundFile(
        sha256=files.store(PIXEL),
        size=len(PIXEL),
        name="logo.png",
        content_type="image/png",
        content_id="logo@mail",
        inline=True,
    )


def letter(message: Message) -> EmailMessage:
    raw = b"".join(compose.letter(Delivery.objects.get(message=message)).chunks)
    return email.message_from_bytes(raw, policy=email.policy.default)


def body(message: EmailMessage, kind: str) -> str:
    return message.get_body([kind]).get_content().replace("\r\n", "\n")


def quote(company: Company, how: str) -> None:
    company.quote = how
    company.save()


@pytest.fixture
def talk(written, alice, company) -> list[Message]:
    """Carol, alice's answer and note, carol again."""
    first = intake.receive(written(text="First question"))
    ticket = first.ticket
    answer = replies.send(ticket, author=alice, body="First answer", key=uuid4())
    note = replies.add_note(ticket, author=alice, body="A secret among us", key=uuid4())
    again = intake.receive(written(text="Second\nquestion", references=(answer.external_id,)))
    return [first, answer, note, again]


def reply(talk: list[Message], alice, **fields) -> EmailMessage:
    given = {"body": "Second answer", **fields}
    return letter(replies.send(talk[0].ticket, author=alice, key=uuid4(), **given))


def test_the_message_that_is_answered_stands_below(talk, alice):
    mail = reply(talk, alice)
    lines = body(mail, "plain").split("\n")
    assert lines[0] == "Second answer"
    assert lines[2].endswith("Carol Reyes <carol@mail.example> wrote:")
    assert lines[3:] == ["> Second", "> question"]
    page = body(mail, "html")
    assert page.index("Second answer") < page.index("wrote:") < page.index("Second<br>\nquestion")
    assert '<blockquote type="cite"' in page
    assert "First" not in body(mail, "plain")


def test_a_particular_message_can_be_answered(talk, alice):
    mail = reply(talk, alice, answers=talk[0])
    assert "> First question" in body(mail, "plain")
    assert mail["In-Reply-To"] == f"<{talk[0].external_id}>"


def test_the_whole_history_if_the_company_wants_it_and_never_a_note(talk, alice, company):
    quote(company, Company.Quote.WHOLE)
    text = body(reply(talk, alice), "plain")
    places = [
        text.index(said) for said in ("Second answer", "> Second", "> First answer", "> First question")
    ]
    assert places == sorted(places)
    assert "Alice Hartmann (Tallow & Pine) wrote:" in text
    assert "secret" not in text


def test_nothing_if_the_company_wants_nothing(talk, alice, company):
    quote(company, Company.Quote.NONE)
    assert body(reply(talk, alice), "plain") == "Second answer"


@pytest.mark.parametrize(
    ("own", "quoted"), [("none", False), ("last", True), ("", False), ("nonsense", False), ("whole", True)]
)
def test_a_mailbox_may_want_something_else(own, quoted, talk, alice, company, mailbox):
    quote(company, Company.Quote.NONE)
    mailbox.config["quote"] = own
    mailbox.save()
    talk[0].ticket.refresh_from_db()
    text = body(reply(talk, alice), "plain")
    assert ("> Second" in text) is quoted
    assert ("> First question" in text) is (own == "whole")


def test_what_others_wrote_is_not_quoted_to_the_customer(talk, alice, company, written):
    quote(company, Company.Quote.WHOLE)
    ticket = talk[0].ticket
    asked = replies.forward(
        ticket, author=alice, body="Lost?", key=uuid4(), answers=talk[0], to=["depot@carrier.example"]
    )
    depot = Sender(identity_kind="email", identity="depot@carrier.example", name="Depot")
    told = intake.receive(
        written(sender=depot, text="We lost it, tell nobody", references=(asked.external_id,))
    )
    mail = reply(talk, alice)
    assert "tell nobody" not in mail.as_string() and "Lost?" not in mail.as_string()
    assert told.external_id not in mail["References"] and asked.external_id not in mail["References"]

    aside = letter(
        replies.send(ticket, author=alice, body="Hm", key=uuid4(), to=["depot@carrier.example"], answers=told)
    )
    assert "tell nobody" in body(aside, "plain")
    assert "question" not in aside.as_string(), "and what the customer wrote is not quoted to others"
    assert aside["References"].split() == [f"<{asked.external_id}>", f"<{told.external_id}>"]


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [
        ("en", "GB", "On 2 March 2026, 13:05, Carol Reyes <carol@mail.example> wrote:"),
        ("en", "", "On March 2, 2026, 1:05 PM, Carol Reyes <carol@mail.example> wrote:"),
        ("ru", "RU", "2 марта 2026 г., 13:05, Carol Reyes <carol@mail.example> пишет:"),
        ("hu", "HU", "Carol Reyes <carol@mail.example> ezt írta (időpont: 2026. március 2., 13:05):"),
        ("de", "", "Am 2. März 2026, 13:05 schrieb Carol Reyes <carol@mail.example>:"),
        ("xx", "?", "On March 2, 2026, 1:05 PM, Carol Reyes <carol@mail.example> wrote:"),
    ],
)
def test_the_attribution_is_in_the_customers_language_and_time(talk, alice, language, country, expected):
    ticket = talk[0].ticket
    ticket.customer.country, ticket.customer.time_zone = country, "Europe/Budapest"
    ticket.customer.save()
    Message.objects.filter(pk=talk[-1].pk).update(sent_at="2026-03-02T12:05:00+00:00")
    sent = replies.send(ticket, author=alice, body="Yes", key=uuid4())
    Message.objects.filter(pk=sent.pk).update(language=language)
    assert expected in body(letter(sent), "plain")


def test_quoted_html_keeps_its_shape_and_pictures_but_neither_colours_nor_layout(written, alice, company):
    page = (
        '<p style="color:#000000;background-color:#fff;display:flex;font-weight:bold">Hello</p>'
        '<img src="cid:logo@mail" alt="Logo"><img data-src="https://shop.example/a.png" alt="">'
        '<a href="https://shop.example/" target="_blank" rel="noopener">shop</a>'
    )
    unseen = replace(logo(), content_id="other@mail", name="other.png")
    message = intake.receive(written(html=page, files=(logo(), unseen)))
    mail = letter(replies.send(message.ticket, author=alice, body="Yes", key=uuid4()))
    shown = body(mail, "html")
    assert "font-weight:bold" in shown
    assert not any(
        gone in shown.partition("<blockquote")[2] for gone in ("#000000", "#fff", "flex", "target=")
    )
    assert 'src="https://shop.example/a.png"' in shown
    assert [part.get_content_type() for part in mail.walk()] == [
        *("multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png"),
    ]
    assert [part["Content-ID"] for part in mail.walk() if part["Content-ID"]] == ["<logo@mail>"]


def test_a_huge_history_does_not_make_a_huge_letter(written, alice, company):
    message = intake.receive(written(text="word " * 50_000, html=f"<p>{'word ' * 50_000}</p>"))
    mail = letter(replies.send(message.ticket, author=alice, body="Yes", key=uuid4()))
    assert len(body(mail, "html").encode()) < 100_000, "Gmail clips at 102 KB"


def test_a_forward_passes_the_message_on_whole(written, alice, company):
    bill = InboundFile(sha256=files.store(b"bill"), size=4, name="bill.pdf", content_type="application/pdf")
    page = '<p style="color:red">Where is it?</p><img src="cid:logo@mail">'
    message = intake.receive(
        written(text="Where is it?", html=page, files=(bill, logo()), cc=("dan@mail.example",))
    )
    draft = drafts.begin(
        message.ticket, author=alice, mode=Draft.Mode.FORWARD, answers=message, meant=Recipients()
    )
    sent = replies.forward(
        message.ticket,
        author=alice,
        body="Please look.",
        key=uuid4(),
        answers=message,
        draft=draft,
        to=["Depot <depot@carrier.example>"],
    )
    mail = letter(sent)
    assert mail["To"] == "Depot <depot@carrier.example>"
    assert mail["Subject"] == f"Fwd: Where is my parcel? [#{message.ticket.number}]"
    assert "References" not in mail and "In-Reply-To" not in mail
    text = body(mail, "plain")
    for line in (
        "Please look.",
        "---------- Forwarded message ----------",
        "From: Carol Reyes <carol@mail.example>",
    ):
        assert line in text
    assert (
        "Subject: Where is my parcel?\nTo: support@desk.example\nCc: dan@mail.example\n\nWhere is it?" in text
    )
    shown = body(mail, "html")
    assert "color:red" in shown and 'bgcolor="#ffffff"' in shown, "colours keep the ground they were made for"
    assert [part.get_content_type() for part in mail.walk()] == [
        *("multipart/mixed", "multipart/related", "multipart/alternative", "text/plain", "text/html"),
        *("image/png", "application/pdf"),
    ]


def test_a_forward_of_a_forward_says_so_once(written, alice, company):
    message = intake.receive(written(subject="Fwd: offer"))
    sent = replies.forward(
        message.ticket, author=alice, body="", key=uuid4(), answers=message, to=["depot@carrier.example"]
    )
    assert letter(sent)["Subject"].startswith("Fwd: offer")


def test_pictures_too_heavy_for_a_quotation_are_left_out(written, alice, company, monkeypatch):
    monkeypatch.setattr(quotation, "MOST_PICTURES", 3)
    message = intake.receive(written(html='<img src="cid:logo@mail">', files=(logo(),)))
    mail = letter(replies.send(message.ticket, author=alice, body="Yes", key=uuid4()))
    assert "multipart/related" not in [part.get_content_type() for part in mail.walk()]


def test_after_it_was_resolved_an_answer_stays_in_the_customers_thread(talk, alice):
    replies.send(talk[0].ticket, author=alice, body="Done", key=uuid4(), status="resolved")
    mail = reply(talk, alice, body="One more thing")
    assert mail["References"].split()[0] == f"<{talk[0].external_id}>"
    assert mail["Subject"].startswith("Re: Where is my parcel?")


def test_a_long_thread_cites_its_beginning_and_its_end(written, alice, company):
    first = intake.receive(written())
    for number in range(compose.CITED + 5):
        intake.receive(written(external_id=f"n{number}@mail.example", references=(first.external_id,)))
    mail = letter(replies.send(first.ticket, author=alice, body="Yes", key=uuid4()))
    cited = mail["References"].split()
    assert (len(cited), cited[0]) == (compose.CITED, f"<{first.external_id}>")
    assert cited[-1] == f"<n{compose.CITED + 4}@mail.example>"


def test_what_a_message_quoted_itself_is_not_quoted_again(written, alice, company):
    text = "Still nothing.\n\nOn Monday, Alice wrote:\n> It comes tomorrow.\n\n-- \nCarol"
    page = (
        '<p>Still <b>nothing</b>.</p><div data-fold="quote"><p>On Monday, Alice wrote:</p>'
        '<blockquote>It comes tomorrow.</blockquote></div><p data-fold="signature">Carol</p>'
    )
    start = text.index("On Monday")
    message = intake.receive(written(text=text, html=page, folds=((start, len(text), "quote"),)))
    mail = letter(replies.send(message.ticket, author=alice, body="Sorry", key=uuid4()))
    assert body(mail, "plain").endswith("wrote:\n> Still nothing.")
    assert "<b>nothing</b>" in body(mail, "html")
    assert "It comes tomorrow." not in mail.as_string()

    passed_on = replies.forward(
        message.ticket, author=alice, body="", key=uuid4(), answers=message, to=["depot@carrier.example"]
    )
    assert "It comes tomorrow." in body(letter(passed_on), "html"), "a forward is whole"


def test_a_message_that_only_quotes_is_quoted_whole(written, alice, company):
    message = intake.receive(
        written(text="> It comes", html='<p data-fold="quote">It comes</p>', folds=((0, 10, "quote"),))
    )
    mail = letter(replies.send(message.ticket, author=alice, body="Yes", key=uuid4()))
    assert ">> It comes" in body(mail, "plain")
    assert "It comes" in body(mail, "html")
