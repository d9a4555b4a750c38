"""The mail inside a mail that passes it on."""

from textwrap import dedent

import pytest

from channels_app.adapters.email import forwarding
from tests.channels_app.adapters.email.mails import multipart, part, raw, read

WORDS = "It has not come.\n\nCarol"


def forward(text: str, subject: str = "Fwd: Where is my parcel?", **fields):
    return read(raw(text, From="Alice <alice@desk.example>", Subject=subject, **fields)).forwarded


HEADS = {
    "Gmail": """\
        ---------- Forwarded message ---------
        From: Carol Reyes <carol@mail.example>
        Date: Sun, 22 Nov 2026 at 10:00
        Subject: Where is my parcel?
        To: <alice@desk.example>
        """,
    "Apple": """\
        Begin forwarded message:

        From: Carol Reyes <carol@mail.example>
        Subject: Where is my parcel?
        Date: 22 November 2026 at 10:00:00 CET
        To: alice@desk.example
        """,
    "Thunderbird": """\
        -------- Forwarded Message --------
        Subject: Where is my parcel?
        Date: Sun, 22 Nov 2026 10:00:00 +0100
        From: Carol Reyes <carol@mail.example>
        To: alice@desk.example
        """,
    "Outlook": """\
        From: Carol Reyes <carol@mail.example>
        Sent: Sunday, November 22, 2026 10:00 AM
        To: Alice <alice@desk.example>
        Subject: Where is my parcel?
        """,
    "Outlook, old": """\
        -----Ursprüngliche Nachricht-----
        Von: Carol Reyes [mailto:carol@mail.example]
        Gesendet: Sonntag, 22. November 2026 10:00
        An: Alice
        Betreff: Where is my parcel?
        """,
    "Russian": """\
        -------- Пересылаемое сообщение --------
        От: Carol Reyes <carol@mail.example>
        Дата: 22.11.2026, 10:00
        Кому: alice@desk.example
        Тема: Where is my parcel?
        """,
    "Hungarian": """\
        ---------- Továbbított üzenet ----------
        Feladó: Carol Reyes <carol@mail.example>
        Dátum: 2026. november 22. 10:00
        Tárgy: Where is my parcel?
        Címzett: alice@desk.example
        """,
    "German": """\
        ---------- Weitergeleitete Nachricht ----------
        Von: Carol Reyes <carol@mail.example>
        Datum: 22. November 2026 um 10:00
        Betreff: Where is my parcel?
        An: alice@desk.example
        """,
    "French": """\
        ---------- Message transféré ---------
        De : Carol Reyes <carol@mail.example>
        Date : dim. 22 nov. 2026 à 10:00
        Objet : Where is my parcel?
        À : alice@desk.example
        """,
    "Spanish": """\
        ---------- Mensaje reenviado ----------
        De: Carol Reyes <carol@mail.example>
        Fecha: dom, 22 nov 2026
        Asunto: Where is my parcel?
        Para: alice@desk.example
        """,
    "Italian": """\
        ---------- Messaggio inoltrato ---------
        Da: Carol Reyes <carol@mail.example>
        Data: dom 22 nov 2026
        Oggetto: Where is my parcel?
        A: alice@desk.example
        """,
    "Portuguese": """\
        ---------- Mensagem encaminhada ---------
        De: Carol Reyes <carol@mail.example>
        Data: dom., 22 de nov. de 2026
        Assunto: Where is my parcel?
        Para: alice@desk.example
        """,
    "Polish": """\
        ---------- Wiadomość przekazana ---------
        Od: Carol Reyes <carol@mail.example>
        Data: niedz., 22 lis 2026
        Temat: Where is my parcel?
        Do: alice@desk.example
        """,
    "Ukrainian": """\
        ---------- Переслане повідомлення ---------
        Від: Carol Reyes <carol@mail.example>
        Дата: 22 листопада 2026
        Тема: Where is my parcel?
        Кому: alice@desk.example
        """,
}


@pytest.mark.parametrize("program", HEADS)
@pytest.mark.parametrize("own", ["", "Please help her.\n\nAlice\n\n"], ids=["bare", "with words"])
def test_a_copied_head_is_read(program, own):
    found = forward(own + dedent(HEADS[program]) + "\n" + WORDS)
    assert (found.sender.identity, found.sender.name) == ("carol@mail.example", "Carol Reyes")
    assert found.subject == "Where is my parcel?"
    assert found.text == WORDS
    assert found.own_words == own.strip()


@pytest.mark.parametrize("subject", ["Re: Where is my parcel?", "Where is my parcel?", "AW: Fwd: Parcel"])
def test_an_answer_passes_nothing_on(subject):
    assert forward(dedent(HEADS["Gmail"]) + "\n" + WORDS, subject) is None


def test_a_quoted_forward_is_read_without_its_marks():
    text = "\n".join(f"> {line}" for line in (dedent(HEADS["Apple"]) + "\n" + WORDS).splitlines())
    found = forward(f"Please help her.\n\n{text}")
    assert (found.sender.identity, found.text) == ("carol@mail.example", WORDS)


def test_a_sender_without_an_address_is_nobody():
    assert forward("From: Carol Reyes\nSent: Sunday\nTo: Alice\nSubject: Parcel\n\nWhere?") is None
    assert forward("Just words.") is None
    assert forward("") is None


def test_the_page_is_cut_below_the_head():
    page = (
        "<div>Secret words of Alice</div><br><div class='gmail_quote'><div class='gmail_attr'>"
        "---------- Forwarded message ---------<br>From: <b>Carol</b> &lt;carol@mail.example&gt;<br>"
        "Date: Sun, 22 Nov 2026<br>Subject: Parcel<br>To: Alice &lt;alice@desk.example&gt;<br></div><br><br>"
        "<p>It has <i>not</i> come.</p><img src='cid:photo'></div>"
    )
    found = forward(page, Content_Type="text/html; charset=utf-8")
    assert "Secret" not in found.html
    assert "carol@" not in found.html
    assert ("It has <i>not</i> come." in found.html, 'src="cid:photo"' in found.html) == (True, True)
    assert (found.own_words, found.text) == ("Secret words of Alice", "It has not come.")


class TestAttached:
    INNER = raw("It has not come.\r\n", Message_ID="<inner@mail.example>", References="<before@x>").decode()

    def carried(self, *more: bytes):
        pieces = multipart("mixed", part("text/plain", "Please help her."), *more)
        return read(
            raw(From="Alice <alice@desk.example>", Subject="FW: Where is my parcel?", **pieces)
        ).forwarded

    def test_a_whole_mail_is_read_as_one(self):
        found = self.carried(part("message/rfc822", self.INNER))
        assert (found.sender.identity, found.sender.name) == ("carol@mail.example", "Carol Reyes")
        assert (found.subject, found.text) == ("Where is my parcel?", "It has not come.")
        assert found.own_words == "Please help her."
        assert found.ids == ("inner@mail.example", "before@x")

    def test_its_files_come_along(self):
        inner = raw(
            **multipart(
                "mixed", part("text/plain", "See there."), part("application/pdf", "x"), boundary="in"
            )
        ).decode()
        assert [file.content_type for file in self.carried(part("message/rfc822", inner)).files] == [
            "application/pdf"
        ]

    def test_of_two_nobody_can_tell(self):
        assert self.carried(part("message/rfc822", self.INNER), part("message/rfc822", self.INNER)) is None


def test_yandex_names_the_writer_in_a_line_and_not_in_fields():
    text = (
        "Помогите.\n\n-------- Пересылаемое сообщение --------\n"
        '12.11.2026, 09:14, "Нина Белова" <nina@belova.example>:\n\nКрышка разбилась.\n'
    )
    mail = forwarding.copied(text, "", "Fwd: Крышка")
    assert mail is not None
    assert (mail.sender.identity, mail.sender.name) == ("nina@belova.example", "Нина Белова")
    assert (mail.own_words, mail.text) == ("Помогите.", "Крышка разбилась.")


def test_an_attached_mail_is_known_by_its_name_where_its_type_says_nothing():
    inner = raw("My lid broke.", From="Ann Lee <ann@lee.example>", Subject="Broken")
    file = part(
        "application/octet-stream; name=x.eml", inner, "Content-Disposition: attachment; filename=x.eml"
    )
    message = read(raw(**multipart("mixed", part("text/plain", "see"), file), Subject="Fwd: Broken"))
    assert message.forwarded is not None
    assert (message.forwarded.sender.identity, message.forwarded.text) == ("ann@lee.example", "My lid broke.")
