"""What makes two mails the same, and what they answer."""

import pytest

from channels_app.messages import outbound_id, reply_token
from tests.channels_app.adapters.email.mails import multipart, part, raw, read


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("<one@mail.example>", "one@mail.example"),
        ("  <one@mail.example> (a comment)", "one@mail.example"),
        ("one@mail.example", "one@mail.example"),
        ("<one\r\n @mail.example>", "one@mail.example"),
        ("<no-at-sign>", "no-at-sign"),
        ("no brackets or sign", "no brackets or sign"),
    ],
)
def test_the_external_id_is_the_message_id(field, expected):
    assert read(raw(Message_ID=field)).external_id == expected


def test_an_id_too_long_for_its_column_is_shortened_to_one_that_stays_the_same():
    long = read(raw(Message_ID=f"<{'x' * 300}@mail.example>"))
    assert long.external_id.startswith("sha256:")
    assert len(long.external_id) == 71
    assert read(raw(In_Reply_To=f"<{'x' * 300}@mail.example>")).references == (long.external_id,)


@pytest.mark.parametrize("field", [None, "", "<>"])
def test_without_an_id_the_content_is_the_id(field):
    message = read(raw(drop=("Message-ID",)) if field is None else raw(Message_ID=field))
    assert message.external_id == f"digest:{message.digest}"


@pytest.mark.parametrize(
    "on_the_way",
    [
        {"Received": "from a by b; Sun, 22 Nov 2026 10:00:01 +0000"},
        {"Delivered_To": "returns@desk.example", "Return_Path": "<carol@mail.example>"},
        {"DKIM_Signature": "v=1; a=rsa-sha256", "X_Spam_Status": "No, score=-1"},
        {"To": "Support <SUPPORT@desk.example>"},
    ],
)
def test_the_journey_does_not_change_the_content(on_the_way):
    assert read(raw(**on_the_way)).digest == read(raw()).digest


def test_another_transfer_encoding_is_the_same_content():
    plain = raw("Zwölf", Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="8bit")
    quoted = raw(
        "Zw=C3=B6lf", Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="quoted-printable"
    )
    assert read(plain).digest == read(quoted).digest


@pytest.mark.parametrize(
    "other",
    [
        raw("Something else"),
        raw(Subject="Another"),
        raw(Date="Sun, 22 Nov 2026 10:00:01 +0100"),
        raw(From="dan@mail.example"),
        raw(**multipart("mixed", part("text/plain", "It has not come."), part("application/pdf", "x"))),
    ],
)
def test_other_content_is_another_mail(other):
    assert read(other).digest != read(raw()).digest


@pytest.mark.parametrize(
    ("answers", "references", "expected"),
    [
        ("<b@x>", "<r@x> <a@x> <b@x>", ("b@x", "a@x", "r@x")),
        ("", "<r@x>\r\n\t<a@x>", ("a@x", "r@x")),
        ("<a@x> <b@x>", "", ("a@x", "b@x")),
        ("a@x", "", ("a@x",)),
        ('"Your message of Sunday" <a@x>', "garbage", ("a@x",)),
        ("", "", ()),
    ],
)
def test_what_it_answers_the_nearest_first(answers, references, expected):
    assert read(raw(In_Reply_To=answers, References=references)).references == expected


def test_a_thousand_references_are_not_all_kept():
    cited = " ".join(f"<{n}@x>" for n in range(1000))
    message = read(raw(References=cited))
    assert (len(message.references), message.references[0]) == (50, "999@x")


class TestToken:
    @pytest.mark.parametrize("field", ["To", "Cc", "Delivered_To", "X_Original_To"])
    def test_in_an_address(self, field):
        token = reply_token(42)
        address = f"Support <support+t.{token.upper()}@desk.example>"
        assert read(raw(**{field: address})).token == token

    def test_in_the_envelope(self):
        token = reply_token(42)
        assert read(raw(), rcpt_tos=[f"support+t.{token}@desk.example"]).token == token

    def test_in_an_id_it_cites(self):
        assert read(raw(In_Reply_To=f"<{outbound_id(42, 'desk.example')}>")).token == reply_token(42)

    def test_one_that_is_not_ours_is_passed_over(self):
        forged = f"42.{reply_token(7).partition('.')[2]}"
        assert read(raw(To=f"support+t.{forged}@desk.example")).token == ""
        both = f"support+t.{forged}@desk.example, support+t.{reply_token(7)}@desk.example"
        assert read(raw(To=both)).token == reply_token(7)
