"""Raw mail to a person's message: what is in it, and what is wrong with it."""

import base64
from datetime import UTC, datetime

import pytest

from channels_app import files
from channels_app.adapters.base import Unreadable
from channels_app.adapters.email import reading
from tests.channels_app.adapters.email.mails import multipart, part, raw, read, record

RU = "Здравствуйте, мой заказ не пришёл. Где он?"
HU = "Tisztelt Ügyfélszolgálat! A csomagom még nem érkezett meg, őszintén várom."
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n pixel").decode()


def test_an_ordinary_mail():
    message = read(raw("Good morning,\n\nmy parcel has not come.\n"))
    assert (message.sender.identity, message.sender.name) == ("carol@mail.example", "Carol Reyes")
    assert message.subject == "Where is my parcel?"
    assert message.text == "Good morning,\n\nmy parcel has not come."
    assert (message.html, message.files, message.automatic) == ("", (), False)
    assert message.external_id == "one@mail.example"
    assert message.to == ("support@desk.example",)
    assert message.sent_at == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert (message.language, message.channel_id) == ("en", 7)


@pytest.mark.parametrize("text", [RU, HU])
@pytest.mark.parametrize(
    ("codec", "label", "encoding"),
    [
        ("utf-8", "utf-8", "8bit"),
        ("utf-8", "utf-8", "base64"),
        ("utf-8", "utf-8", "quoted-printable"),
        ("utf-8", "us-ascii", "8bit"),
        ("utf-8", "iso-8859-1", "8bit"),
        ("utf-8", "no-such-charset", "8bit"),
        ("utf-8", "", "8bit"),
        ("utf-16", "utf-16", "base64"),
        ("utf-7", "utf-7", "7bit"),
        ("local", "local", "8bit"),
        ("local", "local", "base64"),
        ("local", "", "8bit"),
        ("local", "unknown-8bit", "quoted-printable"),
    ],
)
def test_a_charset(text, codec, label, encoding):
    local = "windows-1251" if text == RU else "windows-1250"
    codec, label = codec.replace("local", local), label.replace("local", local)
    body = text.encode(codec)
    if encoding == "base64":
        body = base64.encodebytes(body)
    elif encoding == "quoted-printable":
        body = b"".join(b"=%02X" % byte for byte in body).replace(b"=20", b"=20=\n")
    kind = f"text/plain; charset={label}" if label else "text/plain"
    assert read(raw(body, Content_Type=kind, Content_Transfer_Encoding=encoding)).text == text


@pytest.mark.parametrize("codec", ["koi8-r", "iso-8859-5", "cp866", "maccyrillic"])
def test_further_russian_charsets(codec):
    assert read(raw(RU.encode(codec), Content_Type=f'text/plain; charset="{codec}"')).text == RU


def test_nul_bytes_and_broken_letters_leave_readable_text():
    message = read(raw(b"Good\x00 morning \xd0\n", Subject=b"A\x00B \xff"))
    assert message.text.startswith("Good morning")
    assert "\x00" not in message.text + message.subject


def test_text_and_html_are_two_renderings_of_one_letter():
    mail = raw(
        **multipart(
            "alternative",
            part("text/plain", "Good morning"),
            part("text/html", "<p>Good <b>morning</b><script>alert(1)</script></p>"),
        )
    )
    message = read(mail)
    assert (message.text, message.html) == ("Good morning", "<p>Good <b>morning</b></p>")


def test_html_alone_gives_readable_text():
    message = read(raw("<p>Good morning</p><p>My parcel</p>", Content_Type="text/html"))
    assert message.text == "Good morning\n\nMy parcel"


def test_an_empty_text_rendering_does_not_hide_the_html():
    mail = raw(**multipart("alternative", part("text/plain", " \n"), part("text/html", "<p>My parcel</p>")))
    assert read(mail).text == "My parcel"


def test_all_text_parts_of_a_letter_are_kept_in_order():
    """Apple Mail writes text, a file, and text again."""
    pdf = part("application/pdf; name=a.pdf", "x", "Content-Disposition: attachment")
    message = read(raw(**multipart("mixed", part("text/plain", "before"), pdf, part("text/plain", "after"))))
    assert message.text.split() == ["before", "after"]
    assert [file.name for file in message.files] == ["a.pdf"]


def test_html_and_text_in_turns_are_both_in_both():
    mail = raw(**multipart("mixed", part("text/html", "<b>one</b>"), part("text/plain", "two < three")))
    message = read(mail)
    assert message.html == "<b>one</b><hr><div>two &lt; three</div>"
    assert message.text.split() == ["one", "two", "<", "three"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (['Content-Disposition: attachment; filename="bill.pdf"'], "bill.pdf"),
        (["Content-Disposition: attachment; filename*=utf-8''sz%C3%A1mla.pdf"], "számla.pdf"),
        (
            ["Content-Disposition: attachment; filename*0*=utf-8''sz%C3%A1m;", ' filename*1="la.pdf"'],
            "számla.pdf",
        ),
        (['Content-Disposition: attachment; filename="=?utf-8?Q?sz=C3=A1mla.pdf?="'], "számla.pdf"),
        (["Content-Disposition: attachment; filename==?koi8-r?B??="], "file-1.pdf"),
        (["Content-Disposition: attachment; filename=two words.pdf"], "two words.pdf"),
        (['Content-Disposition: attachment; filename="../../etc/passwd"'], "passwd"),
        (['Content-Disposition: attachment; filename="a\\"b.pdf"'], "a_b.pdf"),
        (["Content-Disposition: attachment; filename*=utf-8''evil%E2%80%AEfdp.exe"], "evil_fdp.exe"),
        (["Content-Disposition: attachment"], "file-1.pdf"),
        ([f'Content-Disposition: attachment; filename="{"x" * 300}.pdf"'], "x" * 196 + ".pdf"),
    ],
)
def test_a_file_name(head, name):
    mail = raw(
        **multipart("mixed", part("text/plain", "See the file."), part("application/pdf", "%PDF", *head))
    )
    (file,) = read(mail).files
    assert file.name == name
    assert files.read(file.sha256) == b"%PDF"


def test_a_file_of_broken_base64_keeps_every_byte_it_has():
    content = bytes(range(256)) * 4
    text = base64.encodebytes(content[:500]) + b"!!\n" + base64.encodebytes(content[500:]).rstrip(b"=\n")
    pdf = part("application/pdf; name=a.pdf", text, "Content-Transfer-Encoding: base64")
    (file,) = read(raw(**multipart("mixed", part("text/plain", "x"), pdf))).files
    assert files.read(file.sha256) == content


def test_a_picture_in_the_html_is_inline_and_one_beside_it_is_a_file():
    picture = ["Content-Transfer-Encoding: base64", "Content-Disposition: inline"]
    mail = raw(
        **multipart(
            "related",
            part("text/html", '<p>Look: <img src="cid:a%40b"></p>'),
            part("image/png", PIXEL, *picture, "Content-ID: <a@b>"),
            part("image/png", PIXEL, *picture, "Content-ID: <c@d>"),
        )
    )
    message = read(mail)
    assert [(file.content_id, file.inline) for file in message.files] == [("a@b", True), ("c@d", False)]
    assert '<img src="cid:a@b">' in message.html


def test_a_picture_written_into_the_html_becomes_a_file():
    message = read(raw(f'<p><img src="data:image/png;base64,{PIXEL}"></p>', Content_Type="text/html"))
    (file,) = message.files
    assert (file.inline, files.read(file.sha256)) == (True, base64.b64decode(PIXEL))
    assert f'src="cid:{file.content_id}"' in message.html


def test_a_forwarded_mail_is_one_file_and_its_parts_stay_in_it():
    inner = raw(
        **multipart("mixed", part("text/plain", "inner text"), part("application/pdf", "x"), boundary="in")
    )
    mail = raw(**multipart("mixed", part("text/plain", "See below."), part("message/rfc822", inner)))
    message = read(mail)
    assert message.text == "See below."
    (file,) = message.files
    assert (file.name, file.content_type) == ("Where is my parcel_.eml", "message/rfc822")
    assert files.read(file.sha256).replace(b"\r\n", b"\n").startswith(b"From: Carol Reyes")


@pytest.mark.parametrize(
    "body",
    [
        b"--edge\nContent-Type: text/plain\n\nIt has not come.\n",  # never ended
        b"\n--edge  \nContent-Type: text/plain\n\nIt has not come.\n--edge--  \nan epilogue",
        b"--edge\n\nIt has not come.\n--edge--",  # a part without a head
        b"It has not come.\n",  # no part at all
    ],
)
def test_a_multipart_with_a_defect_is_read(body):
    assert read(raw(body, Content_Type="multipart/mixed; boundary=edge")).text == "It has not come."


def test_a_multipart_that_lost_its_boundary_is_read():
    mail = raw(
        b"--edge\nContent-Type: text/plain\n\nIt has not come.\n--edge--\n", Content_Type="multipart/mixed"
    )
    assert read(mail).text == "It has not come."


def test_boundaries_that_begin_alike_are_told_apart():
    inner = multipart(
        "alternative",
        part("text/plain", "It has not come."),
        part("text/html", "<p>h</p>"),
        boundary="edge-2",
    )
    nested = part('multipart/alternative; boundary="edge-2"', inner["body"])
    pdf = part("application/pdf; name=a.pdf", "x")
    message = read(raw(**multipart("mixed", nested, pdf)))
    assert (message.text, len(message.files)) == ("It has not come.", 1)


def test_deep_and_wide_mails_are_kept_whole_and_quickly():
    deep = b"\n".join(
        b'--e%d\nContent-Type: multipart/mixed; boundary="e%d"\n' % (n, n + 1) for n in range(3000)
    )
    assert read(raw(deep, Content_Type='multipart/mixed; boundary="e0"')).external_id
    wide = read(raw(**multipart("mixed", *[part("text/plain", "x")] * 6000)))
    assert "--edge" in wide.text


def test_html_nested_like_no_letter_is_kept_as_a_file_and_its_words_are_shown():
    message = read(raw("<div>" * 6000 + "My parcel", Content_Type="text/html"))
    assert (message.text, message.html) == ("My parcel", "")
    assert [file.name for file in message.files] == ["message.html"]


def test_a_letter_too_long_to_index_is_cut_and_kept_as_a_file():
    message = read(raw("word " * 200_000))
    assert len(message.text) == 400_000
    (file,) = message.files
    assert (file.name, file.size) == ("message.txt", 1_000_000)


@pytest.mark.parametrize(
    ("mail", "address"),
    [
        (raw(drop=("From",)), None),
        (raw(drop=("From",), Reply_To="carol@mail.example"), "carol@mail.example"),
        (raw(drop=("From",), Return_Path="<carol@mail.example>"), "carol@mail.example"),
        (raw(From="<>", Sender="carol@mail.example"), "carol@mail.example"),
        (raw(From="Carol <carol@mail.example"), "carol@mail.example"),
        (raw(From='"Reyes, Carol" <carol@mail.example>, dan@mail.example'), "carol@mail.example"),
        (raw(From="=?utf-8?q?Carol_=3Ccarol=40mail=2Eexample=3E?="), "carol@mail.example"),
        (raw(From="carol@mail.example (Carol)"), "carol@mail.example"),
    ],
)
def test_who_wrote(mail, address):
    if address is None:
        with pytest.raises(Unreadable, match="no sender"):
            read(mail)
    else:
        assert read(mail).sender.identity == address


def test_without_a_sender_in_the_head_the_envelope_tells():
    assert read(raw(drop=("From",)), mail_from="carol@mail.example").sender.identity == "carol@mail.example"


@pytest.mark.parametrize("garbage", [b"", b"\n\n", b"no header at all", bytes(range(256)), b"\xff\xfe" * 500])
def test_what_is_no_mail_is_told(garbage):
    with pytest.raises(Unreadable):
        read(garbage)


def test_a_mail_larger_than_the_desk_reads_is_told(settings):
    settings.MAIL_MAX_BYTES = 1000
    with pytest.raises(Unreadable, match="larger"):
        read(raw("x" * 1000))


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Sun, 99 Nov 2026 25:61:61 +9999", "Thu, 01 Jan 1970 00:00:00 +0000", "=?x?"]
)
def test_a_date_that_cannot_be_is_left_out(date):
    assert read(raw(Date=date)).sent_at is None


def test_when_it_arrived_is_told_by_the_envelope():
    message = read(raw(), received_at="2026-11-20T10:00:00+00:00")
    assert message.received_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_old_line_ends_and_an_mbox_line_are_read():
    assert read(b"From carol Sun Nov 22\n" + raw().replace(b"\r\n", b"\n")).text == "It has not come."
    assert read(raw().replace(b"\r\n", b"\r")).text == "It has not come."


def test_the_sender_key_is_found_without_reading_the_mail():
    assert reading.named(raw(From="CAROL@Mail.Example")).sender_key == "carol@mail.example"
    assert reading.named(b"\xff\x00garbage").sender_key == ""


def test_a_record_that_lies_in_a_file_is_read():
    mail = raw("x" * 70_000)
    stored = record(mail)
    stored.body, stored.body_sha256 = None, files.store(mail)
    assert reading.read(stored).external_id == "one@mail.example"


def test_a_field_whose_name_is_followed_by_a_blank_is_no_line_of_a_mailbox_file():
    message = read(b"From : Tom <tom@ray.example>\r\nSubject : Lid\r\n\r\nIt is broken.\r\n")
    assert (message.sender.identity, message.subject) == ("tom@ray.example", "Lid")


def test_signs_that_turn_the_writing_round_are_in_no_name_and_no_subject():
    message = read(raw(From="Tom \u202eyaR <tom@ray.example>", Subject="Lid \u202efdp.exe"))
    assert (message.sender.name, message.subject) == ("Tom yaR", "Lid fdp.exe")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("/etc/cron.d/x", "x"),
        (r"C:\\Users\\tom\\bill.pdf", "bill.pdf"),
        ("AC/DC.mp3", "AC_DC.mp3"),
        ("bill 11/2026.pdf", "bill 11_2026.pdf"),
        ("%D1%81%D1%87%D1%91%D1%82.pdf", "счёт.pdf"),
        ("100%25.pdf", "100%25.pdf"),
    ],
)
def test_the_name_of_a_file_is_without_its_folder(given, shown):
    head = f'Content-Disposition: attachment; filename="{given}"'
    message = read(raw(**multipart("mixed", part("text/plain", "see"), part("application/pdf", "x", head))))
    assert [file.name for file in message.files] == [shown]


def test_a_picture_is_shown_whatever_the_case_of_its_scheme():
    picture = part("image/png; name=a.png", "x", "Content-ID: <img1@x>")
    message = read(
        raw(**multipart("related", part("text/html", '<p>See <IMG SRC="CID:img1@x"></p>'), picture))
    )
    assert [file.inline for file in message.files] == [True]
    assert 'src="cid:img1@x"' in message.html


def test_a_winmail_that_nothing_can_be_read_in_stays_a_file():
    package = part("application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22garbage")
    message = read(raw(**multipart("mixed", part("text/plain", "see file"), package)))
    assert [file.name for file in message.files] == ["winmail.dat"]


@pytest.mark.parametrize(
    ("text", "page", "shown"),
    [
        (
            "This message contains HTML. Your mail client does not support it.",
            "The lid broke.",
            "The lid broke.",
        ),
        ("Hi,", "Hi, the lid broke and I want to return it.", "Hi, the lid broke and I want to return it."),
        (
            "Your HTML messages do not show.",
            "Your HTML messages do not show.",
            "Your HTML messages do not show.",
        ),
        ("Other words.", "The lid broke, and nobody answers me at all.", "Other words."),
    ],
    ids=["an excuse", "the beginning", "about HTML", "other words"],
)
def test_the_page_speaks_where_the_text_does_not(text, page, shown):
    mail = raw(**multipart("alternative", part("text/plain", text), part("text/html", f"<p>{page}</p>")))
    assert read(mail).text == shown


def test_base64_of_the_kind_for_addresses_is_read_too():
    words = "Крышка разбилась??>>"
    body = base64.urlsafe_b64encode(words.encode())
    kind = "text/plain; charset=utf-8"
    assert read(raw(body, Content_Type=kind, Content_Transfer_Encoding="base64")).text == words


def test_signs_that_nobody_sees_are_in_no_name():
    head = "Content-Disposition: attachment; filename*=UTF-8''%EF%BB%BFa%E2%80%8B.pdf"
    message = read(raw(**multipart("mixed", part("text/plain", "see"), part("application/pdf", "x", head))))
    assert [file.name for file in message.files] == ["a.pdf"]
