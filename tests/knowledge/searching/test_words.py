import pytest

from knowledge.searching import layouts, words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("I can't pay!", ["i", "cant", "pay"]),
        ("Ёлка, 2-я", ["ёлка", "2", "я"]),
        ("ＡＢＣ\u00a0déjà_vu", ["abc", "déjà", "vu"]),
        ("", []),
    ],
)
def test_words_are_cut_out(text, cut):
    assert words.cut(text) == cut


@pytest.mark.parametrize(
    ("word", "folded"), [("Jelszó", "jelszo"), ("ещё", "еще"), ("мой", "мой"), ("űrlap", "urlap")]
)
def test_accents_do_not_matter(word, folded):
    assert words.fold(word) == folded


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("en", ("refund", "refunds", "refunded")),
        ("ru", ("посылка", "посылками", "посылку")),
        ("hu", ("csomag", "csomagjaimat", "csomagom")),
        ("xx", ("wort", "wort", "Wort".lower())),
    ],
)
def test_forms_of_a_word_have_one_stem(lang, forms):
    assert len({words.stem(form, lang) for form in forms}) == 1


@pytest.mark.parametrize(
    ("text", "given", "lang"),
    [("где", "en", "ru"), ("where", "ru", "en"), ("hol", "hu", "hu"), ("hol", "", "en"), ("12", "hu", "hu")],
)
def test_letters_speak_against_a_language(text, given, lang):
    assert words.language(text, given) == lang


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gjcskrf", "посылка"),
        ("зфкыудгы", "parselus"),
        ("gde posylka", "где посылка"),
        ("moy noviy zakaz", "мой новий заказ"),
        ("vozvraschaetsya", "возвращается"),
        ("piatii nojik", "пятий ножик"),
        ("yseb", "zseb"),
    ],
)
def test_a_wrong_keyboard_is_among_the_readings(typed, meant):
    assert meant in layouts.readings(typed)
