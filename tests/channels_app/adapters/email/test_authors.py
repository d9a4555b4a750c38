"""Whoever wrote, when From names somebody who only passes it on."""

import pytest

from channels_app.adapters.email import reading
from channels_app.models import Channel, InboundRecord
from tests.channels_app.adapters.email.mails import raw

TRUST = {"authserv_id": "mx.desk.example", "passing_on": ["form@shop.example", "widgets.example"]}
PROVED = "mx.desk.example; dmarc=pass"


def read(**fields):
    mail = raw(Authentication_Results=fields.pop("results", PROVED), **fields)
    mailbox = Channel(pk=7, kind="email", address="support@desk.example", config=TRUST)
    return reading.read(InboundRecord(channel=mailbox, body=mail, size=len(mail)))


@pytest.mark.parametrize(
    ("sender", "reply_to", "wrote", "via"),
    [
        ("Shop <Form@Shop.example>", "Carol <carol@mail.example>", "carol@mail.example", "form@shop.example"),
        ("x@widgets.example", "carol@mail.example", "carol@mail.example", "x@widgets.example"),
        ("form@shop.example", "form@shop.example", "form@shop.example", ""),
        ("form@shop.example", "", "form@shop.example", ""),
        ("form@shop.example", "a@x.example, b@x.example", "form@shop.example", ""),
        ("other@shop.example", "carol@mail.example", "other@shop.example", ""),
        ("x@notwidgets.example", "carol@mail.example", "x@notwidgets.example", ""),
    ],
)
def test_reply_to_wins_for_listed_senders_alone(sender, reply_to, wrote, via):
    message = read(From=sender, Reply_To=reply_to)
    assert (message.sender.identity, message.via) == (wrote, via)


def test_what_is_proved_of_the_form_says_nothing_of_the_writer():
    given = {"From": "form@shop.example", "Reply_To": "Carol <carol@mail.example>"}
    assert read(**given).authenticity == "none"
    assert read(**given, results="mx.desk.example; dmarc=fail").authenticity == "fail"
    assert read(From="form@shop.example").authenticity == "pass"
    assert read(**given).sender.name == "Carol"


LIST = {"List_Id": "<talk.lists.example>", "List_Post": "<mailto:talk@lists.example>"}


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "Carol via Talk <talk@lists.example>", "Reply_To": "Carol <carol@mail.example>"},
        {
            "From": "talk@lists.example",
            "X_Original_From": "Carol <carol@mail.example>",
            "Reply_To": "talk@lists.example",
        },
        {
            "From": "Carol via Talk <bounce@lists.example>",
            "Reply_To": "carol@mail.example, talk@lists.example",
        },
    ],
)
def test_a_list_that_writes_its_own_address_into_from(fields):
    """The last one leaves two people to answer to: nobody can tell which of them wrote."""
    message = read(**LIST, **fields)
    expected = "carol@mail.example" if "," not in fields["Reply_To"] else "bounce@lists.example"
    assert message.sender.identity == expected


def test_without_a_list_via_is_a_name():
    message = read(From="Carol via Talk <talk@lists.example>", Reply_To="carol@mail.example")
    assert message.sender.identity == "talk@lists.example"


def test_where_it_was_delivered():
    message = read(Delivered_To="support@desk.example", X_Original_To="Returns@desk.example")
    assert message.addressed == ("Returns@desk.example", "support@desk.example")
