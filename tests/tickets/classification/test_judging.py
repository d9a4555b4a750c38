"""What the shipped model makes of plain messages, in its three languages."""

import pytest

from tickets.classification import weighing
from tickets.classification.features import Seen
from tickets.classification.judging import Own, Verdict, judge
from tickets.classification.languages import guess
from tickets.classification.phrases import Phrase

PLAIN = [
    ("en", "information", "How much is shipping to Norway, and how long does it take?"),
    ("en", "support", "I can't log in since this morning, it says invalid password."),
    ("en", "complaint", "Third time I write to you. Nobody has answered and I paid 80 euros."),
    ("en", "suggestion", "It would be great if you could add a filter by size to the shop."),
    ("ru", "information", "Подскажите, сколько стоит доставка в Казань и до какого часа вы работаете?"),
    ("ru", "support", "Не могу войти в личный кабинет, пишет «неверный пароль». Помогите, пожалуйста."),
    ("ru", "complaint", "Третий раз пишу вам, никто так и не ответил. Безобразие, верните деньги."),
    ("ru", "suggestion", "Было бы удобно, если бы вы добавили в приложение тёмную тему."),
    ("hu", "information", "Mennyi a szállítási díj, és meddig vannak nyitva szombaton?"),
    ("hu", "support", "Nem tudok bejelentkezni, azt írja, hogy hibás jelszó. Kérem, segítsenek."),
    ("hu", "complaint", "Harmadszor írok, senki sem válaszolt, pedig kifizettem. Ez felháborító."),
    ("hu", "suggestion", "Jó lenne, ha a boltban méret szerint is lehetne szűrni."),
]


@pytest.mark.parametrize(("language", "kind", "text"), PLAIN)
def test_a_plain_message_is_understood(language, kind, text):
    found = judge(text)
    assert (found.language, found.kind) == (language, kind)
    assert found.is_sure
    assert found.reasons
    assert all(reason.kind == kind and reason.words for reason in found.reasons)


def test_reasons_are_words_of_the_message():
    text = "Third time I write to you. Nobody has answered and I paid 80 euros."
    words = [reason.words for reason in judge(text).reasons]
    assert "third time" in words
    assert all(each in text.lower() for each in words)
    assert len(words) == len(set(words)) <= 4


def test_who_shouts_is_angrier_than_who_asks():
    calm = judge("When do you open on Saturday?")
    angry = judge("This is ridiculous!! Third time you lie to me, I am furious. Give me my money back!")
    assert calm.anger < angry.anger
    assert (calm.topic, calm.priority) != ("", "urgent")


@pytest.mark.parametrize("text", ["", "   \n", "\x00", "?", "1", "🙂" * 5000, "a" * 100_000, "\ud800"])
def test_whatever_comes_is_judged_without_an_error(text):
    assert isinstance(judge(text), Verdict)


@pytest.mark.parametrize("language", ["de", "../en", "xx", "12"])
def test_a_language_nobody_taught_gets_no_kind(language):
    found = judge("Wo ist meine Bestellung?", language)
    assert (found.kind, found.confidence, found.is_sure) == ("", 0.0, False)


@pytest.mark.parametrize(
    ("text", "language"),
    [("mennyi a szallitasi dij?", "hu"), ("когда приедет курьер", "ru"), ("where is my parcel", "en")],
)
def test_the_language_is_told_by_the_text(text, language):
    assert guess(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Wo bleibt mein Paket?",
        "Gdzie jest moja paczka?",
        "Kde je môj balík?",
        "Unde este coletul meu?",
        "Скільки коштує доставка до Львова",
        "Где је мој пакет?",
        "Тапсырысым қайда?",
    ],
)
def test_a_language_nobody_taught_is_not_taken_for_one_of_ours(text):
    assert guess(text) == ""
    assert not judge(text).is_sure


@pytest.mark.parametrize("text", ["Де моя посилка?", "Дзе мая пасылка?", "zepsuty ekran"])
def test_who_knows_few_of_the_words_is_not_sure(text):
    for language in ("ru", "en"):
        assert not judge(text, language).is_sure


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("support", "nem tudok belepni, azt irja hogy hibas a jelszo"),
        ("information", "mikor lesz nyitva a penztar szombaton?"),
        ("suggestion", "jo lenne, ha meret szerint is lehetne szurni"),
        ("complaint", "harmadszor irok es senki nem valaszolt, felhaborito"),
    ],
)
def test_hungarian_without_accents_is_understood(kind, text):
    found = judge(text)
    assert (found.language, found.kind, found.is_sure) == ("hu", kind, True)


def test_chances_add_up_and_a_model_survives_its_packing():
    model = weighing.shipped("hu")
    assert model is not None
    chances = model.weigh(Seen({"~lenne", "@would_be"}, {}, ([], [], []))).chances("kind")
    assert set(chances) == {"information", "support", "complaint", "suggestion"}
    assert sum(chances.values()) == pytest.approx(1)
    assert weighing.Model.loaded(model.dumped()) == model


def test_an_admins_phrases_have_their_say():
    text = "The courier was called Blackbird."
    phrase = Phrase(words="blackbird", language="en", question="kind", answer="suggestion", weight=5)
    against = Phrase(words="blackbird", language="en", question="kind", answer="suggestion", weight=-5)
    topic = Phrase(words="blackbird", language="", question="topic", answer="birds", weight=5)
    plain, told = judge(text, "en"), judge(text, "en", Own(phrases=[phrase] * 2 + [topic] * 5))
    assert plain.kind != "suggestion"
    assert (told.kind, told.topic) == ("suggestion", "birds")
    assert told.reasons[0].words == "blackbird"
    assert judge(text, "en", Own(phrases=[against])).kind == plain.kind


def test_a_desks_own_model_stands_in_for_the_shipped_one():
    english = weighing.shipped("en")
    assert english is not None
    assert judge("Wo ist mein Paket?", "de", Own(models={"de": english})).kind
