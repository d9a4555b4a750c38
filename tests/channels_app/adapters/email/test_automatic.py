"""What the reading of a mail makes of the verdict: automatic, bulk, spam. The verdicts: `automatic/`."""

import pytest

from channels_app.adapters.base import Unreadable
from tests.channels_app.adapters.email.mails import raw, read

AWAY = {"Subject": "Automatic reply: Where is my parcel?"}


@pytest.mark.parametrize(
    ("fields", "automatic"),
    [
        ({}, False),
        ({"Auto_Submitted": "no"}, False),
        ({"Auto_Submitted": "auto-replied (vacation)"}, True),
        ({"Auto_Submitted": "auto-generated; owner-email=x@y.example"}, True),
        ({"X_Autoreply": "yes"}, True),
        ({"Precedence": "auto_reply"}, True),
        ({"Precedence": "bulk"}, False),
        ({"Precedence": "bulk", "From": "Trade Weekly <noreply@weekly.example>"}, True),
        ({"Precedence": "bulk", "List_Unsubscribe": "<https://weekly.example>"}, True),
        (
            {
                "Precedence": "bulk",
                "Mailing_List": "list hi@groups.example",
                "List_Unsubscribe": "<https://x.example>",
            },
            False,
        ),
        ({"Precedence": "list", "List_Id": "<club.example>"}, False),
        ({"Precedence": "bulk", "List_Id": "<club.example>", "List_Post": "<mailto:club@x.example>"}, False),
        (
            {
                "List_Unsubscribe": "<https://x.example>",
                "List_Unsubscribe_Post": "List-Unsubscribe=One-Click",
            },
            True,
        ),
        ({"List_Unsubscribe": "<https://x.example>"}, False),
        ({"X_Auto_Response_Suppress": "All"}, False),
        ({"X_Auto_Response_Suppress": "All", **AWAY}, True),
        ({"X_Auto_Response_Suppress": "OOF", "Subject": "Автоответ: Отпуск"}, True),
        (AWAY, True),
        ({"Return_Path": "<>"}, True),
        ({"Return_Path": "<carol@mail.example>"}, False),
        ({"From": "Mail Delivery <MAILER-DAEMON@mx.example>"}, True),
        ({"From": "no-reply@shop.example"}, False),
    ],
)
def test_by_its_head(fields, automatic):
    assert read(raw(**fields)).automatic is automatic


def test_a_null_sender_in_the_envelope_is_a_machine():
    assert read(raw(), mail_from="<>").automatic
    assert read(raw(), mail_from="").automatic
    assert not read(raw(), mail_from="carol@mail.example").automatic


@pytest.mark.parametrize(
    ("fields", "bulk"),
    [
        ({}, False),
        ({"Precedence": "bulk"}, True),
        ({"Precedence": "list"}, True),
        ({"List_Id": "<club.example>"}, True),
        ({"Mailing_List": "list club@x.example"}, True),
        ({"List_Unsubscribe": "<https://x.example>"}, True),
    ],
)
def test_a_persons_words_to_many(fields, bulk):
    message = read(raw(**fields))
    assert message.bulk is bulk and not message.automatic


def test_marked_as_spam():
    assert read(raw(X_Spam_Flag="YES")).spam
    assert not read(raw(X_Spam_Flag="NO")).spam


def test_an_automatic_mail_of_ours_that_is_sent_back():
    assert read(raw(X_Loop="support@desk.example")).automatic
    assert not read(raw(X_Loop="other@elsewhere.example")).automatic


def test_a_mail_that_goes_in_circles_is_not_read():
    stations = "by a.example; now\r\nReceived: " * 60 + "by b.example; now"
    with pytest.raises(Unreadable, match="goes in circles"):
        read(raw(Received=stations))
