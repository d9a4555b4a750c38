"""Reports on what we sent: which mail, which recipient, for good or for now."""

import pytest

from channels_app.adapters.email import addresses
from channels_app.messages import DeliveryReport, Fate, InboundMessage, outbound_id, reply_token
from tests.channels_app.adapters.email.mails import multipart, parsed, part, raw

OURS = "t.2a.abcdefghij234567.0123456789abcdef@desk.example"
DAEMON = {"From": "MAILER-DAEMON@mx.example", "Subject": "Undelivered Mail Returned to Sender"}


def status(*recipients: str) -> bytes:
    blocks = ["Reporting-MTA: dns; mx.example", *recipients]
    return part("message/delivery-status", "\n\n".join(blocks))


def about(action: str = "failed", code: str = "5.1.1", address: str = "carol@mail.example") -> str:
    return (
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {code}\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <carol@mail.example>: unknown\n user"
    )


def report(*parts: bytes, **fields: str) -> bytes:
    made = multipart("report", part("text/plain", "Sorry."), *parts)
    made["Content_Type"] += b"; report-type=delivery-status"
    return raw(**{**DAEMON, **made, **fields})


RETURNED = part("message/rfc822", f"From: support@desk.example\nMessage-ID: <{OURS}>\n\nIt comes tomorrow.")
HEADERS = part("text/rfc822-headers", f"From: support@desk.example\nMessage-ID: <{OURS}>\n")


@pytest.mark.parametrize("returned", [RETURNED, HEADERS])
def test_a_mail_that_could_not_be_delivered(returned):
    assert parsed(report(status(about()), returned)) == (
        DeliveryReport(
            message_id=OURS,
            recipient="carol@mail.example",
            status="5.1.1",
            reason="550 5.1.1 <carol@mail.example>: unknown user",
        ),
    )


def test_a_delay_is_not_for_good():
    (told,) = parsed(report(status(about("delayed", "4.4.1")), RETURNED))
    assert told.fate == Fate.DELAYED


def test_each_recipient_is_told_with_its_fate():
    told = parsed(
        report(status(about(address="dan@mail.example"), about("delivered", "2.0.0"), about()), RETURNED)
    )
    assert [(one.recipient, one.fate) for one in told] == [
        ("dan@mail.example", Fate.FAILED),
        ("carol@mail.example", Fate.DELIVERED),
        ("carol@mail.example", Fate.FAILED),
    ]
    assert [one.fate for one in parsed(report(status(about("relayed", "2.1.5")), RETURNED))] == [
        Fate.DELIVERED
    ]


def test_the_recipient_as_we_named_it_counts():
    told = parsed(report(status("Original-Recipient: rfc822;Carol@Mail.example\n" + about()), RETURNED))
    assert told[0].recipient == "Carol@Mail.example"


def test_without_the_returned_head_our_id_anywhere_in_the_report_will_do():
    (told,) = parsed(report(status(about()), part("text/plain", f"It was <{OURS}>.")))
    assert told.message_id == OURS


def test_a_report_that_names_no_mail_stays_in_sight_as_automatic():
    message = parsed(report(status(about())))
    assert isinstance(message, InboundMessage) and message.automatic


@pytest.mark.parametrize(
    ("subject", "fate"),
    [("Mail delivery failed", Fate.FAILED), ("Warning: message delayed 24 hours", Fate.DELAYED)],
)
def test_an_older_daemon_in_words_of_its_own(subject, fate):
    body = f"This is about a message that you sent.\n\n------\nMessage-ID: <{OURS}>\n"
    mail = raw(body, **{**DAEMON, "Subject": subject}, X_Failed_Recipients="carol@mail.example")
    (told,) = parsed(mail)
    assert (told.message_id, told.recipient, told.fate) == (OURS, "carol@mail.example", fate)


def test_a_read_receipt_tells_that_it_was_read():
    note = part(
        "message/disposition-notification",
        f"Final-Recipient: rfc822; carol@mail.example\nOriginal-Message-ID: <{OURS}>\n"
        "Disposition: manual-action/MDN-sent-manually; displayed",
    )
    (told,) = parsed(raw(**multipart("report", part("text/plain", "Read."), note)))
    assert (told.message_id, told.recipient, told.fate) == (OURS, "carol@mail.example", Fate.READ)


def test_a_person_who_quotes_our_id_is_a_person():
    message = parsed(raw(f"You wrote in <{OURS}> that it comes.", In_Reply_To=f"<{OURS}>"))
    assert isinstance(message, InboundMessage) and not message.automatic


def test_an_away_note_that_cites_our_id_is_no_report():
    message = parsed(
        raw("I am away.", Auto_Submitted="auto-replied", In_Reply_To=f"<{OURS}>", Return_Path="<>")
    )
    assert isinstance(message, InboundMessage) and message.automatic


class TestReturnAddress:
    """A mail of ours has an address of its own for notices about it."""

    def test_it_tells_the_message_without_any_id_in_the_notice(self, settings):
        ours = outbound_id(42, "desk.example")
        back = addresses.bounce_address("support@desk.example", ours)
        notice = report(status(about()), To=back)
        assert parsed(notice)[0].message_id == ours
        by_envelope = parsed(report(status(about())), rcpt_tos=[back.upper()], mail_from="<>")
        assert by_envelope[0].message_id == ours

    def test_a_forged_one_tells_nothing(self):
        forged = "support+b.2a.abcdefghij234567.0123456789abcdef@desk.example"
        assert isinstance(parsed(report(status(about()), To=forged)), InboundMessage)

    def test_only_programs_write_to_it(self):
        back = addresses.bounce_address("support@desk.example", outbound_id(42, "desk.example"))
        message = parsed(raw("Ich bin weg.", To=back))
        assert isinstance(message, InboundMessage) and message.automatic
        assert message.token == reply_token(42)

    def test_a_long_name_keeps_its_plain_address(self):
        long = f"{'a' * 30}@desk.example"
        assert addresses.bounce_address(long, outbound_id(42, "desk.example")) == long
