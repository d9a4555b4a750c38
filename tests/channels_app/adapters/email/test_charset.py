"""Bytes to text: by their label where it is true, by the letters people use where it is not."""

import pytest

from channels_app.adapters.email import charset

RU = "Здравствуйте, мой заказ не пришёл. Где он?"
HU = "Tisztelt Ügyfélszolgálat! A csomagom még nem érkezett meg, őszintén várom."
PL = "Dzień dobry, zamówienie jeszcze nie dotarło. Proszę o odpowiedź, gdzie ono się znajduje."
CS = "Dobrý den, moje zásilka ještě nepřišla. Můžete mi prosím říct, kde je? Těším se na odpověď."
DE = "Guten Tag, mein Päckchen ist nicht angekommen. Könnten Sie prüfen, wo es ist? Schöne Grüße"
FR = "Bonjour, ma commande n'est pas arrivée. Où est-elle ? C'était déjà le même problème, ça suffit."
TR = "Merhaba, siparişim hâlâ gelmedi. Nerede olduğunu öğrenebilir miyim? Teşekkürler"
EL = "Καλημέρα σας, η παραγγελία μου δεν έχει φτάσει ακόμα. Πού βρίσκεται;"
HE = "שלום רב, ההזמנה שלי עדיין לא הגיעה. איפה היא נמצאת?"
AR = "السلام عليكم، لم يصل طلبي حتى الآن. هل يمكنكم التحقق من مكانه؟"
JA = "注文した商品がまだ届きません。確認をお願いします。"
ZH = "您好，我的订单还没有到。请问在哪里？"
KO = "안녕하세요, 주문한 상품이 아직 도착하지 않았습니다."

UNTRUE = ["", "us-ascii", "x-user-defined", "unknown-8bit"]


@pytest.mark.parametrize("label", UNTRUE)
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *((RU, codec) for codec in ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac_cyrillic", "utf-8")),
        *((HU, codec) for codec in ("cp1250", "iso8859-2", "cp852", "utf-8")),
        *((PL, codec) for codec in ("cp1250", "iso8859-2")),
        *((CS, codec) for codec in ("cp1250", "iso8859-2")),
        *((DE, codec) for codec in ("cp1252", "cp850")),
        *((FR, codec) for codec in ("cp1252", "cp850", "mac_roman")),
        *(
            (TR, "cp1254"),
            (EL, "cp1253"),
            (EL, "iso8859-7"),
            (HE, "cp1255"),
            (AR, "cp1256"),
            (AR, "iso8859-6"),
        ),
        *((JA, "cp932"), (JA, "euc_jp"), (JA, "iso2022_jp"), (ZH, "gb18030"), (KO, "cp949")),
    ],
)
def test_without_a_true_label(text, codec, label):
    assert charset.decode(text.encode(codec), label) == text


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        *((RU, codec, "iso-8859-1") for codec in ("cp1251", "koi8-r", "cp866", "utf-8")),
        (RU, "koi8-r", "windows-1251"),
        (RU, "cp1251", "koi8-r"),
        (RU, "koi8-r", "utf-8"),
        (HU, "cp1250", "iso-8859-1"),
        (HU, "iso8859-2", "windows-1252"),
        (PL, "iso8859-2", "iso-8859-1"),
        (DE, "cp850", "iso-8859-1"),
        (HE, "cp1255", "iso-8859-1"),
        (DE, "cp1252", "utf-8"),
        ("„Kdo to říká?“ – já", "cp1250", "iso-8859-2"),
        ("€ 5 “quoted”", "cp1252", "iso-8859-1"),
        (JA, "iso2022_jp", "utf-8"),
        ("Hello", "utf-16-le", ""),
        ("Hello there", "ascii", "utf-16"),
    ],
)
def test_under_a_wrong_label(text, codec, label):
    assert charset.decode(text.encode(codec), label) == text


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("text", [RU, "plain words"])
def test_two_bytes_a_letter_with_and_without_a_mark(text, order):
    assert charset.decode(text.encode(order), "utf-16") == text


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        *(("UTF8", "utf-8"), ("'utf-8'", "utf-8"), ("utf-8;format=flowed", "utf-8"), ("x-utf-8", "utf-8")),
        *(("charset=utf-8", "utf-8"), ("utf-8 (Unicode)", "utf-8"), ("unicode-1-1-utf-7", "utf-7")),
        *(("8859-2", "iso8859-2"), ("ISO 8859-1", "iso8859-1"), ("iso_8859_15", "iso8859-15")),
        *(("windows1251", "cp1251"), ("win-1251", "cp1251"), ("x-cp1251", "cp1251"), ("cp-850", "cp850")),
        *(("ibm850", "cp850"), ("x-mac-cyrillic", "mac-cyrillic"), ("iso-8859-8-i", "iso8859-8")),
        *(
            ("ks_c_5601-1987", "cp949"),
            ("gb2312", "gb18030"),
            ("x-sjis", "cp932"),
            ("csISO2022JP", "iso2022_jp"),
        ),
        *(("x-user-defined", ""), ("x-unknown", ""), ("", ""), ("rot13", ""), ("idna", ""), ("base64", "")),
    ],
)
def test_names_of_charsets(label, codec):
    assert charset.codec(label) == codec


def test_the_rest_of_the_mail_tells_what_a_field_is_in():
    assert charset.decode("สมชาย".encode("cp874"), "", "tis-620") == "สมชาย"


def test_circled_numbers_in_a_japanese_mail():
    nec = "①確認㈱".encode("iso2022_jp_2004").replace(b"\x1b$(Q", b"\x1b$B")
    assert charset.decode(nec, "iso-2022-jp") == "①確認㈱"


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
@pytest.mark.parametrize(
    "text", ["Köszönöm, megjött a csomag. Őszintén!", "Élő pálinka – „jó”", "Чайник пришёл"]
)
def test_text_that_was_encoded_twice_is_read_once(text, codec):
    once = text.encode()
    if codec == "cp1252":
        once_read = "".join(bytes([one]).decode("cp1252", "replace") for one in once)
        once_read = "".join(
            chr(one) if sign == "\ufffd" else sign for one, sign in zip(once, once_read, strict=True)
        )
    else:
        once_read = once.decode("latin-1")
    assert charset.decode(once_read.encode(), "utf-8") == text


def test_who_tells_of_such_text_is_not_corrected():
    told = "Your site shows Ã© and Ã¡ where é and á should stand."
    assert charset.decode(told.encode(), "utf-8") == told


def test_turkish_under_a_western_label():
    text = "Kapağı iade etmek istiyorum, teşekkürler. İyi günler dilerim, şimdiden sağ olun."
    assert charset.decode(text.encode("cp1254"), "iso-8859-1") == text
    icelandic = "Góðan dag, ég keypti ketil hjá ykkur og lokið passar ekki á hann. Það er of lítið."
    assert charset.decode(icelandic.encode("cp1252"), "iso-8859-1") == icelandic
