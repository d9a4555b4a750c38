"""The letter around the words: the mailbox's parts, marks for machines, HTML that every program shows."""

import email
import email.policy
import re
from email.message import EmailMessage
from html.parser import HTMLParser
from uuid import uuid4

import pytest

from channels_app.adapters.email import compose, letterhead, wording
from tickets import replies
from tickets.models import Delivery, Message

pytestmark = pytest.mark.django_db
LETTERS = {
    "en": {
        "header": "Dear {customer},",
        "signature": "{agent}, {team}\n{signature}",
        "footer": "{company} · ticket {number} · https://desk.example/help?a=1&b=2 {unknown}",
    },
    "hu": {"signature": "Üdvözlettel: {agent}"},
}


def letter(message: Message) -> EmailMessage:
    raw = b"".join(compose.letter(Delivery.objects.get(message=message)).chunks)
    return email.message_from_bytes(raw, policy=email.policy.default)


def body(mail: EmailMessage, kind: str) -> str:
    return mail.get_body([kind]).get_content().replace("\r\n", "\n")


@pytest.fixture
def reply(ticket, alice, company, mailbox):
    def reply(language: str = "en", **config) -> Message:
        company.quote = "none"
        company.save()
        mailbox.config |= config
        mailbox.save()
        sent = replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4())
        Message.objects.filter(pk=sent.pk).update(language=language)
        return Message.objects.get(pk=sent.pk)

    return reply


def test_the_mailbox_has_a_letter_of_its_own(reply, ticket, alice):
    alice.signature = "Direct line 42"
    alice.save()
    assert body(letter(reply(letters=LETTERS)), "plain") == (
        "Dear Carol Reyes,\n\nIt comes tomorrow.\n\n"
        "-- \nAlice Hartmann, Orders and delivery\nDirect line 42\n\n"
        f"Tallow & Pine · ticket {ticket.number} · https://desk.example/help?a=1&b=2 {{unknown}}"
    )


@pytest.mark.parametrize(
    ("language", "signed"),
    [
        ("hu", "Üdvözlettel: Alice Hartmann"),
        ("en-GB", "Alice Hartmann, Orders and delivery"),
        ("ru", "Alice Hartmann, Orders and delivery"),  # the mailbox's language, for want of Russian
    ],
)
def test_the_letter_is_in_the_language_of_its_reader_as_far_as_there_is_one(reply, language, signed):
    assert signed in body(letter(reply(language, letters=LETTERS)), "plain")


def test_without_a_signature_of_the_mailbox_the_agents_own_stands_there(reply, alice):
    alice.signature = "Alice"
    alice.save()
    assert body(letter(reply(letters={"en": {"footer": "Foot"}})), "plain").endswith("-- \nAlice\n\nFoot")


def test_what_an_agent_is_called_cannot_bring_markup_in(reply, alice):
    alice.name = "<b>Alice</b> {company}"
    alice.save()
    page = body(letter(reply(letters=LETTERS)), "html")
    assert "&lt;b&gt;Alice&lt;/b&gt; {company}" in page


@pytest.mark.parametrize("language", sorted(wording.WORDS))
def test_the_line_to_write_above(reply, language):
    mail = letter(reply(language, reply_line=True))
    assert body(mail, "plain").startswith(f"--- {wording.words(language).above} ---\n\n")
    assert wording.words(language).above in wording.ABOVE
    assert wording.words(language).above in body(mail, "html")


def test_no_such_line_unless_the_mailbox_wants_it(reply):
    assert body(letter(reply()), "plain").startswith("It comes")


def test_the_number_leaves_the_subject_if_the_mailbox_wants(reply):
    assert letter(reply(subject_number=False))["Subject"] == "Re: Where is my parcel?"


def test_only_a_machines_mail_is_marked_as_one(reply):
    sent = reply()
    assert "Auto-Submitted" not in letter(sent)
    Message.objects.update(is_automatic=True)
    assert letter(sent)["Auto-Submitted"] == "auto-replied"


def test_only_mail_nobody_wrote_for_can_be_unsubscribed(reply):
    sent = reply()
    Delivery.objects.update(payload={"unsubscribe": "https://desk.example/leave/1"})
    assert "List-Unsubscribe" not in letter(sent), "never on a direct reply"
    Message.objects.update(purpose=Message.Purpose.SURVEY)
    mail = letter(sent)
    assert mail["List-Unsubscribe"] == "<https://desk.example/leave/1>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_hidden_copies_only(ticket, alice):
    sent = replies.send(ticket, author=alice, body="x", key=uuid4(), to=["a@x.example"])
    Delivery.objects.update(recipients={"bcc": ["boss@desk.example"]})
    assert letter(sent)["To"] == "undisclosed-recipients:;"
    assert compose.letter(sent.deliveries.get()).recipients == ["boss@desk.example"]


class Outline(HTMLParser):
    """The tags of a page, and whether they are well nested."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"br", "img", "meta", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "ru", "hu", "ar"])
def test_every_mail_program_can_show_it(reply, company, language):
    sent = reply(language, letters=LETTERS, reply_line=True)
    company.quote = "last"
    company.save()
    page = body(letter(sent), "html")
    outline = Outline(page)
    assert outline.open == []
    found = {tag for tag, _attributes in outline.tags}
    assert not found & {"script", "link", "style", "iframe", "form", "object", "svg", "base"}
    assert all(attributes.get("role") == "presentation" for tag, attributes in outline.tags if tag == "table")
    assert not any("class" in attributes for _tag, attributes in outline.tags), "Gmail takes classes away"
    root = dict(outline.tags)["html"]
    assert (root["lang"], root["dir"]) == (language, "rtl" if language == "ar" else "ltr")
    styles = " ".join(attributes.get("style") or "" for _tag, attributes in outline.tags)
    assert not re.search(r"position|flex|grid|float|background|@|url\(", styles)
    assert '<meta name="color-scheme" content="light dark">' in page
    assert len(page.encode()) < 100_000, "Gmail clips at 102 KB"
    assert all(
        attributes.get("src", "cid:").startswith("cid:") for tag, attributes in outline.tags if tag == "img"
    )


def test_both_renderings_say_the_same(reply):
    mail = letter(reply(letters=LETTERS, reply_line=True))
    text, page = body(mail, "plain"), body(mail, "html")
    body_of_page = re.sub(r"<title>.*?</title>", "", page)
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body_of_page)).replace("&amp;", "&").strip()
    assert re.sub(r"\s+", " ", text.replace("\n-- \n", "\n")) == shown
    assert 'href="https://desk.example/help?a=1&amp;b=2"' in page


def test_filling_leaves_what_it_does_not_know():
    assert letterhead.fill("{a} {b} {{a}} {", {"a": "1"}) == "1 {b} {1} {"
