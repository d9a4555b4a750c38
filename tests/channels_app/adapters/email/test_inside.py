"""Answers typed into the mail they answer, without marks, as Outlook leaves them: never folded."""

from uuid import uuid4

import pytest

from channels_app import inbound
from channels_app.adapters.email import inside
from channels_app.messages import QUOTE, Fold
from tests.channels_app.adapters.email.mails import multipart, raw
from tickets import replies
from tickets.models import Message

pytestmark = pytest.mark.django_db

OURS = """Dear Carol,

could you please tell us three things:

1. When did you place the order?
2. Which address did you give?

We look for the parcel in the meantime."""
HEAD = """From: Alice Hartmann (Tallow & Pine) <support@desk.example>
Sent: Sunday, 22 November 2026 10:00
To: Carol Reyes <carol@mail.example>
Subject: Re: Where is my parcel? [#{number}]
"""


@pytest.fixture
def sent(ticket, alice, mailbox, company) -> Message:
    alice.signature = "Alice Hartmann\nTallow & Pine, +44 20 7946 0000"
    alice.save()
    return replies.send(ticket, author=alice, body=OURS, key=uuid4())


@pytest.fixture
def answered(sent, mailbox):
    """Takes Carol's answer in: her words on top, and below them our mail, as she changed it."""

    def answered(quotation: str, *, top: str = "Hello, see below.", html: str = "") -> Message:
        head = HEAD.format(number=sent.ticket.number)
        text = f"{top}\n\n{head}\n{quotation}\n"
        named = {"Subject": f"Re: Where is my parcel? [#{sent.ticket.number}]"}
        named |= {
            "In_Reply_To": f"<{sent.external_id}>",
            "Message_ID": f"<{uuid4().hex}@mail.example>",
        }
        if html:
            page = f"<p>{top}</p><div><p>{head.replace('<', '&lt;').replace(chr(10), '<br>')}</p>{html}</div>"
            parts = [("plain", text), ("html", page)]
            mail = raw(**named, **multipart("alternative", *[_part(*each) for each in parts]))
        else:
            mail = raw(text, **named)
        inbound.journal(mailbox, uuid4().hex, mail)
        inbound.drain()
        return Message.objects.filter(direction="in").latest("pk")

    return answered


def _part(kind: str, body: str) -> bytes:
    return f"Content-Type: text/{kind}; charset=utf-8\n\n{body}".encode()


def quoted(message: Message) -> list:
    return [fold for fold in message.folds if fold[2] == QUOTE]


@pytest.mark.parametrize(
    "quotation",
    [
        OURS,
        f"{OURS}\n\n-- \nAlice Hartmann\nTallow & Pine, +44 20 7946 0000",
        OURS.replace("\n", "\n\n"),
        OURS.replace("1. When did you place the order?\n2. ", "When did you place the order?\n• "),
        OURS.replace(" in the meantime", "\nin the meantime"),
        f"CAUTION: This email comes from outside of your organisation. Do not click links.\n\n{OURS}",
        f"{OURS}\n\nVirus-free. www.avast.com",
        f"{OURS}\n\nFrom: Carol Reyes <carol@mail.example>\nSent: Saturday, 21 November 2026\n"
        "To: us\nSubject: Where is my parcel?\n\nGood morning, my parcel TP-1 has not come.",
        f"{OURS}\n\n[cid:image001.png@01D9] <https://desk.example/>",
    ],
)
def test_our_own_words_stay_folded(quotation, answered):
    message = answered(quotation)
    assert quoted(message)
    assert message.visible_text.strip() == "Hello, see below."


@pytest.mark.parametrize(
    "quotation",
    [
        OURS.replace("order?\n", "order?\nOn Tuesday\n"),
        OURS.replace("order?\n", "order? On Tuesday\n"),
        OURS.replace("give?\n", "give?\nда\n"),
        OURS.replace("Dear Carol,", "I have written into your mail\n\nDear Carol,"),
        f"{OURS}\n\nThank you, and I want my money back.",
        f"{OURS}\n\n-- \nAlice Hartmann\nI changed your signature",
    ],
)
@pytest.mark.parametrize("top", ["Hello, see below.", "Good day"])
def test_what_nobody_said_before_is_never_folded(top, quotation, answered):
    message = answered(quotation, top=top)
    assert quoted(message) == []
    assert message.visible_text == message.text
    assert message.ticket.messages.count() == 3


def test_the_page_is_shown_whole_too(answered):
    page = "".join(f"<p>{line}</p>" for line in OURS.split("\n") if line)
    inner = page.replace("order?</p>", 'order?</p><p style="color:red">On Tuesday</p>')
    message = answered(OURS.replace("order?\n", "order?\nOn Tuesday\n"), html=inner)
    assert "On Tuesday" in message.html
    assert "data-fold" not in message.html
    assert quoted(message) == []
    assert 'data-fold="quote"' in answered(OURS, html=page).html


def test_a_quotation_of_somebody_elses_mail_cannot_be_compared(answered):
    message = answered("Dear customer,\n\nyour parcel lies at the post office in the village.")
    assert quoted(message)


def test_a_marked_quotation_asks_nothing(written, django_assert_num_queries):
    text = "Yes.\n\nOn Sunday Alice wrote:\n> words\n> more"
    marked = written(text=text, folds=(Fold(6, len(text), QUOTE),))
    with django_assert_num_queries(0):
        assert inside.opened(written()).folds == ()
        assert inside.opened(marked) is marked


def test_a_quotation_in_a_mail_of_no_ticket_stays(written):
    unmarked = written(text="Yes.\n\nWords", folds=(Fold(6, 11, QUOTE),))
    assert inside.opened(unmarked) is unmarked


def test_it_costs_few_questions(sent, written, django_assert_max_num_queries):
    text = f"Yes.\n\n{OURS}"
    mail = written(text=text, folds=(Fold(6, len(text), QUOTE),), references=(sent.external_id,))
    with django_assert_max_num_queries(4):  # one of them for seconds: whose help centre the mail is
        assert inside.opened(mail) is mail
