"""Charsets told from the bytes alone, as of mail that names none or a wrong one."""

import pytest

from channels_app.adapters.email import guessing

RUSSIAN = "Здравствуйте, я заказала лампу неделю назад, но посылка так и не пришла."
UKRAINIAN = "Доброго дня, моя посилка ще не прийшла, хоча її відправили минулого тижня."
GREEK = "Καλημέρα σας, το δέμα μου δεν έχει φτάσει ακόμα και θα ήθελα να μάθω πού είναι."
HEBREW = "שלום רב, החבילה שלי עדיין לא הגיעה ואני רוצה לדעת היכן היא נמצאת."
ARABIC = "صباح الخير، لم تصل الطرود التي طلبتها منذ أسبوع وأريد أن أعرف أين هي الآن."
JAPANESE = "こんにちは。先週注文したランプがまだ届いていません。どこにありますか。"
HUNGARIAN = "Jó napot kívánok, a múlt héten rendelt lámpám még mindig nem érkezett meg, őszintén."
POLISH = "Dzień dobry, moja przesyłka jeszcze nie dotarła, proszę o szybką odpowiedź, dziękuję."
GERMAN = "Guten Tag, mein Päckchen ist noch nicht angekommen, können Sie bitte für mich prüfen?"
TURKISH = "İyi günler, geçen hafta ısmarladığım lamba hâlâ gelmedi, nerede olduğunu öğrenmek istiyorum."


@pytest.mark.parametrize("codec", ["cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic"])
def test_russian(codec):
    assert RUSSIAN.encode(codec).decode(guessing.guess(RUSSIAN.encode(codec))) == RUSSIAN


@pytest.mark.parametrize("codec", ["cp1251", "iso8859-5", "cp866", "mac-cyrillic"])
def test_russian_in_capitals(codec):
    """Not of KOI8, whose capitals are where Greek has its small letters."""
    shouted = RUSSIAN.upper()
    assert shouted.encode(codec).decode(guessing.guess(shouted.encode(codec))) == shouted


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN, "koi8-u"),
        (GREEK, "cp1253"),
        (GREEK, "iso8859-7"),
        (HEBREW, "cp1255"),
        (ARABIC, "cp1256"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "cp932"),
        (HUNGARIAN, "cp1250"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (GERMAN, "cp1252"),
        (GERMAN, "cp850"),
        (TURKISH, "cp1254"),
        ("Where is my parcel?", "ascii"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() and " " not in value else "text",
)
def test_letters_that_people_really_use_tell(text, codec):
    raw = text.encode(codec)
    assert raw.decode(guessing.guess(raw)) == text


@pytest.mark.parametrize(
    ("raw", "foreign", "surely"),
    [
        (RUSSIAN.encode("cp1251"), True, True),
        ("Да".encode("cp1251"), True, False),
        (GERMAN.encode("cp1252"), False, False),
        (b"", False, False),
        (b"<p class='a long name of a style'>" + "Привет всем".encode("koi8-r") + b"</p>", True, True),
    ],
)
def test_whether_most_letters_are_beyond_ascii(raw, foreign, surely):
    assert (guessing.is_foreign(raw), guessing.is_surely_foreign(raw)) == (foreign, surely)


@pytest.mark.parametrize(
    ("written", "label", "better"),
    [
        ("cp1251", "koi8-r", "cp1251"),
        ("koi8-u", "cp1251", "koi8-u"),
        ("cp1251", "iso8859-1", "cp1251"),
        ("cp1251", "cp1251", ""),
        ("koi8-r", "koi8-r", ""),
    ],
)
def test_a_label_is_only_contradicted_by_much_better_words(written, label, better):
    assert guessing.better_cyrillic(RUSSIAN.encode(written), label) == better


def test_a_few_letters_contradict_nothing():
    assert guessing.better_cyrillic("Да!".encode("cp1251"), "koi8-r") == ""


def test_words_that_are_odd_in_western_letters_are_central_european():
    raw = HUNGARIAN.encode("cp1250")
    assert guessing.central(raw, raw.decode("cp1252")) == "cp1250"
    assert guessing.central(GERMAN.encode("cp1252"), GERMAN) == ""
