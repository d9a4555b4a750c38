"""Signs that a message cannot wait raise its priority, in three languages."""

import pytest

from tickets.classification import urgency
from tickets.classification.judging import Own, judge
from tickets.classification.phrases import Phrase

PRESSING = [
    ("en", "urgent", "The kettle gave my wife an electric shock this morning."),
    ("en", "urgent", "Someone has changed the password of my account, it wasn't me."),
    ("en", "urgent", "Our whole booking system has been down since noon."),
    ("en", "high", "The funeral is tomorrow and the flowers are not confirmed."),
    ("en", "high", "I was billed twice for the same month."),
    ("en", "high", "Payroll has to go out by five and the upload ends in an error."),
    ("en", "high", "We're standing outside the flat and the key box is dead."),
    ("en", "high", "Sent the rent to the wrong account, two digits swapped."),
    ("ru", "urgent", "С моего счёта прямо сейчас списывают деньги!"),
    ("ru", "high", "Домен истекает сегодня, а оплата не идёт."),
    ("ru", "high", "Перевела деньги не тому человеку."),
    ("hu", "urgent", "VALAKI A KARTYAMMAL VASAROL, TILTSAK LE"),
    ("hu", "high", "Éjfélkor lejár a tárhelyünk, és nem megy a fizetés."),
    ("hu", "high", "Rossz számlára utaltam az előbb."),
    ("ru", "urgent", "Чайник искрит, и пахнет горелым."),
    ("ru", "urgent", "Меня взломали, пароль сменили, что делать?"),
    ("ru", "urgent", "Сервер лежит, мы не можем принимать заказы."),
    ("ru", "high", "Поезд завтра в 8, а билеты так и не пришли."),
    ("ru", "high", "Прошу ответить, иначе обращусь в Роспотребнадзор."),
    ("hu", "urgent", "A vízforraló megrázott, égett szag van a konyhában."),
    ("hu", "urgent", "Feltörték a fiókomat, kérem, segítsenek."),
    ("hu", "urgent", "Leállt a szerver, az egész iroda áll."),
    ("hu", "high", "Holnap reggel indul a vonat, és nincs meg a jegyem."),
    ("hu", "high", "Ha nem válaszolnak, a fogyasztóvédelemhez fordulok."),
    ("en", "high", "Consulate appointment is tomorrow, the letter has a wrong number."),
    ("ru", "high", "Завтра в посольство, а в справке ошибка."),
    ("hu", "high", "Holnap 9-kor van időpontom a konzulátuson."),
    ("en", "high", "That is a data protection breach and I will report it."),
    ("ru", "high", "Это врачебная тайна, буду писать в надзор."),
    ("hu", "high", "Ez adatvédelmi ügy, jelenteni fogom a hatóságnak."),
]


@pytest.mark.parametrize(("language", "least", "text"), PRESSING)
def test_what_cannot_wait_says_so(language, least, text):
    found = urgency.signs(text, language)
    assert found and found[0].least == least
    assert found[0].words in text.lower()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Is this a non-smoking hotel? We arrive tomorrow."),
        ("en", "No rush, it isn't urgent: which colours are there?"),
        ("ru", "Не срочно: подскажите, какие бывают цвета?"),
        ("hu", "Nem sürgős, csak érdekel, milyen színekben van."),
        ("hu", "Szilánkosra tört a lábam, szüneteltetném a bérletet."),
        ("hu", "A táskában inzulin nincs, csak füzetek."),
        ("en", "Enclosed is the power of attorney. Dr. A. Weiss, attorney at law"),
        ("ru", "Прилагаем доверенность, просим выдать бумаги. Адвокат А. Вайс"),
        ("hu", "Mellékeljük a meghatalmazást. dr. Weisz A. ügyvéd"),
        ("de", "Es brennt!"),
    ],
)
def test_what_can_wait_has_none(language, text):
    assert urgency.signs(text, language) == []


@pytest.mark.parametrize(
    ("judged", "kind", "confidence", "expected"),
    [
        ("normal", "support", 0.9, "urgent"),
        ("low", "information", 0.9, "low"),  # what if it starts smoking?
        ("low", "information", 0.5, "urgent"),
        ("urgent", "suggestion", 0.9, "urgent"),
        ("normal", "suggestion", 0.9, "low"),
    ],
)
def test_only_who_asks_or_proposes_is_not_raised(judged, kind, confidence, expected):
    found = [urgency.Sign("smoke came", "urgent")]
    assert urgency.raised(judged, kind, confidence, found) == expected


def test_a_question_does_not_wait_beyond_its_day():
    found = urgency.signs("Our flight leaves tomorrow at six, is the car park open at four?", "en")
    assert urgency.raised("normal", "information", 0.9, found) == "high"


def test_somebody_in_trouble_is_never_low():
    assert urgency.raised("low", "complaint", 0.4, []) == "normal"


def test_a_verdict_says_for_which_words_and_a_phrase_of_the_desk_counts_more():
    text = "The heater caught fire, please come."
    found = judge(text, "en")
    assert (found.priority, [each.words for each in found.pressing]) == ("urgent", ["caught fire"])
    phrase = Phrase(words="heater", language="en", question="priority", answer="normal", weight=5)
    assert judge(text, "en", Own(phrases=[phrase])).priority == "normal"
