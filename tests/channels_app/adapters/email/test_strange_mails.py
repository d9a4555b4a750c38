# ruff: noqa: E501  (a mail to a line)
"""Whole mails of the seventh set: written before the code that reads them was looked at, one oddity each."""

import base64
import binascii
import quopri
import time
import zlib
from typing import Any

import pytest

from channels_app.adapters.email import explaining
from tests.channels_app.adapters.email.mails import multipart, part, raw

HI = "Hello, the lid has not come."
RU = "Здравствуйте, крышка не пришла."
HU = "Jó napot, a fedő nem érkezett meg, őszintén szólva bosszantó."
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
B64 = "Content-Transfer-Encoding: base64"
QP = "Content-Transfer-Encoding: quoted-printable"
WORDS = part("text/plain; charset=utf-8", HI)


def coded(content: bytes) -> bytes:
    return base64.encodebytes(content)


def uu(content: bytes, name: str) -> bytes:
    lines = b"".join(binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45))
    return b"begin 644 " + name.encode() + b"\n" + lines + b"`\nend\n"


def typed(kind: str, body: bytes | str, **more: str) -> bytes:
    return raw(body, Content_Type=kind, **more)


def names(told: dict[str, Any]) -> list[str]:
    return [file["name"] for file in told["attachments"]]


MAILS: dict[str, tuple[bytes, dict[str, Any]]] = {
    # charsets
    "1251 called utf-8": (typed("text/plain; charset=utf-8", RU.encode("cp1251")), {"text": RU}),
    "koi8-r called 1251": (
        typed("text/plain; charset=windows-1251", (RU + " Прошу ответить.").encode("koi8-r")),
        {"text": RU + " Прошу ответить."},
    ),
    "1250 called latin-1": (typed("text/plain; charset=iso-8859-1", HU.encode("cp1250")), {"text": HU}),
    "utf-8 called latin-1": (typed("text/plain; charset=iso-8859-1", HU.encode()), {"text": HU}),
    "utf-8 called ascii": (typed("text/plain; charset=us-ascii", RU.encode()), {"text": RU}),
    "utf-8 encoded twice": (
        typed("text/plain; charset=utf-8", RU.encode().decode("latin-1").encode()),
        {"text": RU},
    ),
    "charset with a comment": (typed("text/plain; charset=koi8-r (cyrillic)", RU.encode("koi8-r")), {"text": RU}),
    "charset in quotes and capitals": (typed("text/plain; charset=\"'UTF8'\"", RU.encode()), {"text": RU}),
    "cp-1251": (typed("text/plain; charset=cp-1251", RU.encode("cp1251")), {"text": RU}),
    "ansi": (typed("text/plain; charset=ansi_x3.110-1983", HI), {"text": HI}),
    "shift_jis": (
        typed("text/plain; charset=Shift_JIS", "蓋が届きません。".encode("shift_jis")),
        {"text": "蓋が届きません。"},
    ),
    "jis called utf-8": (
        typed("text/plain; charset=utf-8", "蓋が届きません。お願いします。".encode("iso-2022-jp")),
        {"text": "蓋が届きません。お願いします。"},
    ),
    "gb18030 as gb2312": (
        typed("text/plain; charset=gb2312", "喆先生，盖子没到。".encode("gb18030")),
        {"text": "喆先生，盖子没到。"},
    ),
    "arabic 1256": (
        typed("text/plain; charset=windows-1256", "الغطاء لم يصل بعد.".encode("cp1256")),
        {"text": "الغطاء لم يصل بعد."},
    ),
    "utf-16 body": (
        typed("text/plain; charset=utf-16", coded(RU.encode("utf-16")), Content_Transfer_Encoding="base64"),
        {"text": RU},
    ),
    "utf-7": (typed("text/plain; charset=utf-7", RU.encode("utf-7")), {"text": RU}),
    "smart quotes of Windows as latin-1": (
        typed("text/plain; charset=iso-8859-1", "It’s “late” – 5 €".encode("cp1252")),
        {"text": "It’s “late” – 5 €"},
    ),
    # headers
    "raw koi8-r subject": (
        raw("x", Subject="Где моя посылка, она не пришла".encode("koi8-r")),
        {"subject": "Где моя посылка, она не пришла"},
    ),
    "raw 1250 name": (
        raw("x", From="Tóth Éva Őrsi Györgyné <eva@toth.example>".encode("cp1250")),
        {"from_name": "Tóth Éva Őrsi Györgyné", "from_address": "eva@toth.example"},
    ),
    "sign cut between two words": (
        raw("x", Subject="=?utf-8?B?0JPQtNC1INC80L7R?=\r\n =?utf-8?B?jyDQutGA0YvRiNC60LA=?="),
        {"subject": "Где моя крышка"},
    ),
    "word without an end": (raw("x", Subject="=?utf-8?Q?Caf=C3=A9"), {"subject": "Café"}),
    "blanks inside a coded word": (raw("x", Subject="=?utf-8?Q?Caf=C3=A9 au lait?="), {"subject": "Café au lait"}),
    "quoted coded name": (
        raw("x", From='"=?utf-8?B?0JLQtdGA0LAg0JrQuNC8?=" <vera@kim.example>'),
        {"from_name": "Вера Ким", "from_address": "vera@kim.example"},
    ),
    "address inside a coded word": (
        raw("x", From="=?utf-8?Q?Vera_Kim_=3Cvera=40kim=2Eexample=3E?="),
        {"from_address": "vera@kim.example"},
    ),
    "coded word glued to words": (raw("x", Subject="Re:=?utf-8?Q?_Caf=C3=A9?=[7714]"), {"subject": "Re: Café[7714]"}),
    "language in a coded word": (raw("x", Subject="=?utf-8*fr?Q?Caf=C3=A9?="), {"subject": "Café"}),
    "coded by hand in base64 with breaks": (
        raw("x", Subject="=?UTF-8?B?" + base64.b64encode("Где крышка?".encode()).decode().rstrip("=") + "?="),
        {"subject": "Где крышка?"},
    ),
    # addresses
    "idn": (raw("x", From="Kati <kati@xn--tea-hz-ita.example>"), {"from_address": "kati@xn--tea-hz-ita.example"}),
    "smtputf8": (raw("x", From="Дора <дора@пошта.укр>"), {"from_address": "дора@пошта.укр"}),
    "several from": (
        raw("x", From="Ann <ann@a.example>, Ben <ben@b.example>", Sender="Ben <ben@b.example>"),
        {"from_address": "ann@a.example"},
    ),
    "two from fields": (
        raw("x").replace(b"To: ", b"From: Late <late@b.example>\r\nTo: ", 1),
        {"from_address": "carol@mail.example"},
    ),
    "group of recipients": (
        raw("x", To="Shops: a@shop.example, B <b@shop.example>;", Cc="undisclosed-recipients:;"),
        {"to": ["a@shop.example", "b@shop.example"], "cc": []},
    ),
    "semicolons": (raw("x", To="a@shop.example; b@shop.example;"), {"to": ["a@shop.example", "b@shop.example"]}),
    "mailto in brackets": (raw("x", From="Ann [mailto:ann@a.example]"), {"from_address": "ann@a.example"}),
    "html brackets": (raw("x", From="Ann &lt;ann@a.example&gt;"), {"from_address": "ann@a.example"}),
    "doubled brackets": (raw("x", From="Ann <<ann@a.example>>"), {"from_address": "ann@a.example"}),
    "dot at the end": (raw("x", From="Ann <ann@a.example.>"), {"from_address": "ann@a.example"}),
    "name with an address in it": (
        raw("x", From='"ann@a.example via Shop" <noreply@shop.example>', Reply_To="ann@a.example"),
        {"from_address": "noreply@shop.example", "reply_to": ["ann@a.example"]},
    ),
    "quoted local part": (raw("x", From='Ann <"ann b"@a.example>'), {"from_address": '"ann b"@a.example'}),
    "comma in a name": (
        raw("x", To='Ruiz, Ana <ana@ruiz.example>, "Kot, Jan" <jan@kot.example>'),
        {"to": ["ana@ruiz.example", "jan@kot.example"]},
    ),
    "only a sender": (raw("x", drop=("From",), Sender="ann@a.example"), {"from_address": "ann@a.example"}),
    # bodies
    "flowed with a signature": (
        typed("text/plain; format=flowed", b"The lid \nhas not \ncome.\n\n-- \nTom\n"),
        {"text": "The lid has not come.\n\n-- \nTom", "visible_text": "The lid has not come."},
    ),
    "flowed, delsp": (
        typed("text/plain; charset=utf-8; format=flowed; delsp=yes", "蓋が \n届きま \nせん。\n"),
        {"text": "蓋が届きません。"},
    ),
    "flowed quotes": (
        typed("text/plain; format=flowed", b"Yes.\n\nOn 12/11/2026 09:14, Kettle wrote:\n> Has \n> the lid \n> come?\n"),
        {"visible_text": "Yes."},
    ),
    "truncated base64": (
        typed("text/plain; charset=utf-8", coded(RU.encode() * 3)[:-7], Content_Transfer_Encoding="base64"),
        {"error": ""},
    ),
    "base64 with rubbish behind": (
        typed(
            "text/plain; charset=utf-8",
            coded(RU.encode()) + b"\n\n_______________\nA list footer with words.\n",
            Content_Transfer_Encoding="base64",
        ),
        {"text": RU},
    ),
    "plain words called base64": (
        typed("text/plain", HI + " Please answer soon.", Content_Transfer_Encoding="base64"),
        {"text": HI + " Please answer soon."},
    ),
    "quoted-printable not declared": (
        typed("text/plain; charset=utf-8", quopri.encodestring(RU.encode())),
        {"text": RU},
    ),
    "quoted-printable in small letters": (
        typed("text/plain; charset=utf-8", "Caf=c3=a9 a=\n rriv=c3=a9", Content_Transfer_Encoding="Quoted-Printable "),
        {"text": "Café a rrivé"},
    ),
    "page called plain": (
        typed("text/plain", "<html><body><p>The lid has <b>not</b> come.</p></body></html>"),
        {"text": "The lid has not come."},
    ),
    "page alone with entities": (
        typed("text/html; charset=us-ascii", "<p>&#1050;&#1088;&#1099;&#1096;&#1082;&#1072; &mdash; &euro;5</p>"),
        {"text": "Крышка — €5"},
    ),
    "style and script": (
        typed("text/html", "<head><title>T</title><style>p{}</style></head><script>x()</script><p>Hello</p>"),
        {"text": "Hello"},
    ),
    "hidden preheader": (
        typed("text/html", '<div style="display:none;max-height:0">Preheader</div><p>Hello</p>'),
        {"text": "Hello"},
    ),
    "empty text beside a page": (
        raw(**multipart("alternative", part("text/plain", "\n \n"), part("text/html", "<p>Hello</p>"))),
        {"text": "Hello"},
    ),
    "uuencode": (
        typed("text/plain", HI.encode() + b"\n\n" + uu(PNG, "lid.png")),
        {"text": HI, "files": ["lid.png"]},
    ),
    "words after uuencode": (
        typed("text/plain", HI.encode() + b"\n\n" + uu(PNG, "my lid.png") + b"\nTom\n"),
        {"text": HI + "\n\n\nTom", "files": ["my lid.png"]},
    ),
    "no boundary inside": (
        raw(HI, Content_Type='multipart/alternative; boundary="never"'),
        {"text": HI},
    ),
    "boundary cut off": (
        raw(**multipart("mixed", WORDS, part("image/png; name=a.png", coded(PNG), B64))).replace(b"--edge--\r\n", b""),
        {"text": HI, "files": ["a.png"]},
    ),
    "apple pictures between words": (
        raw(
            **multipart(
                "mixed",
                part("text/plain; charset=utf-8", "Before"),
                part("image/jpeg; name=1.jpeg", coded(PNG), B64, "Content-Disposition: inline; filename=1.jpeg"),
                part("text/plain; charset=utf-8", "After"),
            )
        ),
        {"text": "Before\nAfter", "files": ["1.jpeg"]},
    ),
    "footer of a list as a part": (
        raw(**multipart("mixed", WORDS, part("text/plain; charset=us-ascii", "____\nusers mailing list\nusers@groups.example", "Content-Disposition: inline"))),
        {"visible_text": HI},
    ),
    "pgp inline": (
        typed(
            "text/plain",
            f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n- -- \n{HI}\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n",
        ),
        {"error": ""},
    ),
    "pgp mime": (
        raw(**multipart("signed", WORDS, part("application/pgp-signature; name=signature.asc", "-----BEGIN PGP SIGNATURE-----"))),
        {"text": HI, "files": ["signature.asc"]},
    ),
    "s/mime signed": (
        raw(**multipart("signed", WORDS, part('application/x-pkcs7-signature; name="smime.p7s"', coded(b"0\x80"), B64))),
        {"text": HI, "files": ["smime.p7s"]},
    ),
    "invitation": (
        raw(
            **multipart(
                "alternative",
                WORDS,
                part('text/calendar; charset=utf-8; method=REQUEST; name="invite.ics"', "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Visit\nEND:VEVENT\nEND:VCALENDAR"),
            )
        ),
        {"text": HI, "files": ["invite.ics"]},
    ),
    "attached mail": (
        raw(**multipart("mixed", WORDS, part("message/rfc822", raw("inner", Subject="Earlier")))),
        {"text": HI, "automatic": ""},
    ),
    "attached mail in base64": (
        raw(**multipart("mixed", WORDS, part("message/rfc822", coded(raw("inner")), B64))),
        {"text": HI},
    ),
    "2231 name without charset": (
        raw(**multipart("mixed", WORDS, part("application/pdf", coded(b"%PDF"), B64, "Content-Disposition: attachment; filename*=%D1%81%D1%87%D1%91%D1%82.pdf"))),
        {"files": ["счёт.pdf"]},
    ),
    "2231 and plain pieces": (
        raw(**multipart("mixed", WORDS, part("application/pdf", coded(b"%PDF"), B64, "Content-Disposition: attachment; filename*0*=utf-8''%D1%81%D1%87; filename*1=et.pdf"))),
        {"files": ["счet.pdf"]},
    ),
    "name only in the type": (
        raw(**multipart("mixed", WORDS, part("application/pdf; name*=utf-8''%D1%81.pdf", coded(b"%PDF"), B64, "Content-Disposition: attachment"))),
        {"files": ["с.pdf"]},
    ),
    "gzip transfer": (
        typed("text/plain; charset=utf-8", coded(zlib.compress(b"x")), Content_Transfer_Encoding="x-gzip64"),
        {"error": ""},
    ),
    "contact form": (
        raw(f"Name: Carol\nEmail: carol@mail.example\n\n{HI}", From="Shop <noreply@shop.example>", Reply_To="Carol <carol@mail.example>"),
        {"from_address": "noreply@shop.example", "reply_to": ["carol@mail.example"], "automatic": ""},
    ),
    # dates and ids
    "date without seconds": (raw("x", Date="Sun, 22 Nov 2026 10:00 +0100"), {"date": "2026-11-22T10:00:00+01:00"}),
    "date by name of zone": (raw("x", Date="Sun, 22 Nov 2026 10:00:00 EST"), {"date": "2026-11-22T10:00:00-05:00"}),
    "date in words of java": (raw("x", Date="Sun Nov 22 10:00:00 CET 2026"), {"date": "2026-11-22T10:00:00+01:00"}),
    "date iso": (raw("x", Date="2026-11-22T10:00:00Z"), {"date": "2026-11-22T10:00:00+00:00"}),
    "date with a german month": (raw("x", Date="So, 22 Dez 2026 10:00:00 +0100"), {"date": "2026-12-22T10:00:00+01:00"}),
    "id without brackets": (raw("x", In_Reply_To="first@desk.example"), {"in_reply_to": "first@desk.example"}),
    "ids of outlook with blanks": (
        raw("x", References="<a@desk.example>\r\n\t<b@desk.example>\r\n\t <c@desk.example>"),
        {"references": ["a@desk.example", "b@desk.example", "c@desk.example"]},
    ),
    # languages
    "language uk": (typed("text/plain; charset=utf-8", "Доброго дня! Підкажіть, будь ласка, коли прийде моя кришка?"), {"language": "uk"}),
    "language hu without accents": (raw("Jo napot! Mikor erkezik meg a csomagom? Mar ket hete varok ra, kerem segitsenek."), {"language": "hu"}),
    "language pl": (typed("text/plain; charset=utf-8", "Dzień dobry, kiedy dotrze moja paczka? Czekam już dwa tygodnie."), {"language": "pl"}),
}  # fmt: skip


@pytest.mark.parametrize("name", MAILS)
def test_what_is_read_in(name):
    mail, wanted = MAILS[name]
    told = explaining.explain(mail)
    seen = {field: names(told) if field == "files" else told[field] for field in wanted}
    assert seen == wanted


REPORTED = "Final-Recipient: rfc822; a@mail.example\nAction: failed\nStatus: 5.1.1\n\n"
HOSTILE = {
    "a ruler without an end": lambda: raw("-" * 300_000),
    "a subject of coded words": lambda: raw(HI, Subject="=?utf-8?q?a?= " * 300_000),
    "a head that goes on": lambda: b"a: b\r\n" * 200_000 + raw(HI),
    "a report on everybody": lambda: raw(
        **multipart("report", part("message/delivery-status", f"Reporting-MTA: dns; x\n\n{REPORTED * 10_000}"))
    ),
    "a page of entities": lambda: typed("text/html", "&amp;" * 300_000),
    "a page without an end": lambda: typed("text/html", "<p>word <b>word</b></p>" * 160_000),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_nobody_waits_for(name):
    mail = HOSTILE[name]()
    begun = time.process_time()
    explaining.explain(mail)
    assert time.process_time() - begun < 2
