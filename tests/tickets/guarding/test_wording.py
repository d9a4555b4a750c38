"""What a text promises or names, in three languages."""

import pytest

from tickets.guarding import wording


@pytest.mark.parametrize(
    "text",
    [
        "The invoice is attached.",
        "Please find attached the label.",
        "I attach the plan.",
        "I'll attach the plan below",
        "I have enclosed the form.",
        "See the attachment for details",
        "You will find everything in the attachment.",
        "Прикрепляю счёт.",
        "Я прикрепила счёт к письму.",
        "Счёт прикреплён.",
        "Накладная во вложении.",
        "Фотография в приложении к письму",
        "Прилагаем инструкцию.",
        "Договор прилагается.",
        "Вкладываю чек",
        "Mellékelem a számlát.",
        "A számlát mellékeljük.",
        "A mellékletben találja a címkét.",
        "Csatoltam a képet.",
        "A csatolt fájlban minden benne van",
        "Csatolva küldöm.",
        "A csatolmányban látja.",
    ],
)
def test_a_promised_file_is_noticed(text):
    assert wording.promises_a_file(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please attach a photo of the box.",
        "Could you attach the invoice?",
        "Thank you for your attachment.",
        "The photo you attached shows it well.",
        "The shelf has to be fixed to the wall.",
        "Пришлите, пожалуйста, фотографию.",
        "Прикрепите, пожалуйста, чек.",
        "Спасибо за ваше вложение.",
        "Скачайте наше приложение.",
        "Kérjük, csatolja a számlát.",
        "Kérem, mellékeljen egy képet.",
        "Holnap megérkezik.",
    ],
)
def test_what_is_asked_of_the_customer_is_no_promise(text):
    assert not wording.promises_a_file(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("card 4111 1111 1111 1111 please", ["…1111"]),
        ("5500000000000004", ["…0004"]),
        ("Amex 378282246310005", ["…0005"]),
        ("4111 1111 1111 1112", []),
        ("parcel 00340434161094042557", []),
        ("call +36 30 123 4567", []),
        ("0000 0000 0000 0000", []),
        ("order 48200", []),
    ],
)
def test_a_card_number_is_noticed_by_its_check_digit(text, found):
    assert wording.cards(text) == found


@pytest.mark.parametrize(
    ("text", "greeting"),
    [
        ("Dear Bob,\n\nit came.", ["Bob"]),
        ("Hello Mrs Marchetti!\nIt came", ["Marchetti"]),
        ("\nGood morning Bob –", ["Bob"]),
        ("Здравствуйте, Анна!", ["Анна"]),
        ("Уважаемая Анна Сергеевна,", ["Анна", "Сергеевна"]),
        ("Добрый день, Пётр.", ["Пётр"]),
        ("Kedves Anna!", ["Anna"]),
        ("Tisztelt Kovács Úr!", ["Kovács"]),
        ("Dear customer,", []),
        ("Hello,", []),
        ("Hello there!", []),
        ("Здравствуйте!", []),
        ("Tisztelt Ügyfelünk!", []),
        ("Jó napot kívánok!", []),
        ("It came, Bob.", []),
        ("Dear all we have sent it to you today and it comes", []),
    ],
)
def test_who_is_greeted(text, greeting):
    assert wording.greeted(text) == greeting


@pytest.mark.parametrize(
    ("greeting", "names", "fits"),
    [
        (["Carol"], {"Carol Reyes"}, True),
        (["Reyes"], {"Carol Reyes"}, True),
        (["Анне"], {"Анна Ким"}, True),
        (["Bob"], {"Carol Reyes"}, False),
        (["Kata"], {"Katalin Nagy"}, True),
        (["Bo"], {"Bob Marchetti"}, False),
        (["Anna"], {"Carol Reyes", "Anna Kiss"}, True),
    ],
)
def test_a_greeting_fits_whom_the_beginning_of_a_name_fits(greeting, names, fits):
    assert wording.fits(greeting, names) == fits


def test_what_is_quoted_is_not_the_writers():
    assert wording.own_words("mine\n> theirs is attached\n  > too") == "mine"
