"""What counts as a promise, and by when: read on Wednesday, 25 November 2026, 10:30 in Budapest."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from tickets import pledges

BUDAPEST = ZoneInfo("Europe/Budapest")
NOW = datetime(2026, 11, 25, 10, 30, tzinfo=BUDAPEST)

ENGLISH = [
    ("I'll be back by Friday.", "2026-11-27 18:00", "by Friday"),
    ("We'll get back to you within two days.", "2026-11-27 18:00", "within two days"),
    ("I will write to you tomorrow.", "2026-11-26 18:00", "tomorrow"),
    ("I’ll let you know by noon tomorrow, promised.", "2026-11-26 12:00", "by noon tomorrow"),
    ("You'll hear from me tomorrow by 3 pm.", "2026-11-26 15:00", "tomorrow by 3 pm"),
    ("I will call you tomorrow by 10.", "2026-11-26 10:00", "tomorrow by 10"),
    ("We'll ring on Friday at 4", "2026-11-27 16:00", "on Friday at 4"),
    ("I will call tomorrow at 10 Mill Lane.", "2026-11-26 18:00", "tomorrow"),
    ("You will have our answer by 5 p.m.", "2026-11-25 17:00", "by 5 p.m."),
    ("I'll call you at 9:15", "2026-11-26 09:15", "at 9:15"),
    ("We will reply within 24 hours.", "2026-11-26 10:30", "within 24 hours"),
    ("I'm going to check this within the hour.", "2026-11-25 11:30", "within the hour"),
    ("I'll answer in half an hour.", "2026-11-25 11:00", "in half an hour"),
    ("We can send it within three working days.", "2026-11-30 18:00", "within three working days"),
    ("I'll have it by the end of the week.", "2026-11-27 18:00", "by the end of the week"),
    ("We'll know more next week.", "2026-12-04 18:00", "next week"),
    ("I'll write by next Monday.", "2026-11-30 18:00", "by next Monday"),
    ("I'll write by Wednesday.", "2026-12-02 18:00", "by Wednesday"),
    ("I'll write by 28 November.", "2026-11-28 18:00", "by 28 November"),
    ("I'll write by December 1st, 2026.", "2026-12-01 18:00", "by December 1st, 2026"),
    ("I'll write by 1 March.", "2027-03-01 18:00", "by 1 March"),
    ("I'll write on 2026-11-30 at 10:00.", "2026-11-30 10:00", "on 2026-11-30 at 10:00"),
    ("I'll write by 28/11.", "2026-11-28 18:00", "by 28/11"),
    ("I'll ask them today and write to you by Friday morning.", "2026-11-27 12:00", "by Friday morning"),
    ("I'll come back to you by end of day.", "2026-11-25 18:00", "by end of day"),
    ("We'll look at it tonight.", "2026-11-25 21:00", "tonight"),
    ("I'll get back to you in a couple of days.", "2026-11-27 18:00", "in a couple of days"),
    ("Thank you.\n\nI'll write by Friday.\nKind regards", "2026-11-27 18:00", "by Friday"),
]
RUSSIAN = [
    ("Я вернусь к вам до пятницы.", "2026-11-27 18:00", "до пятницы"),
    ("Отвечу завтра.", "2026-11-26 18:00", "завтра"),
    ("Мы ответим в течение двух дней.", "2026-11-27 18:00", "в течение двух дней"),
    ("Напишу вам завтра до 15:00.", "2026-11-26 15:00", "завтра до 15:00"),
    ("Сообщу к понедельнику.", "2026-11-30 18:00", "к понедельнику"),
    ("Уточню и напишу до конца недели.", "2026-11-27 18:00", "до конца недели"),
    ("Напишем до конца дня.", "2026-11-25 18:00", "до конца дня"),
    ("Свяжемся с вами через час.", "2026-11-25 11:30", "через час"),
    ("Перезвоню в течение часа.", "2026-11-25 11:30", "в течение часа"),
    ("Пришлём ответ до 28 ноября.", "2026-11-28 18:00", "до 28 ноября"),
    ("Пришлю до 01.12.2026.", "2026-12-01 18:00", "до 01.12.2026"),
    ("Обещаю ответить в течение 3 рабочих дней.", "2026-11-30 18:00", "в течение 3 рабочих дней"),
    ("Проверим на следующей неделе.", "2026-12-04 18:00", "на следующей неделе"),
    ("Я сегодня спрошу на складе и напишу вам к четвергу.", "2026-11-26 18:00", "к четвергу"),
    ("Сообщим завтра к полудню.", "2026-11-26 12:00", "завтра к полудню"),
    ("Напишу послезавтра утром.", "2026-11-27 12:00", "послезавтра утром"),
]
HUNGARIAN = [
    ("Holnap délig jelentkezem.", "2026-11-26 12:00", "Holnap délig"),
    ("Péntekig válaszolok.", "2026-11-27 18:00", "Péntekig"),
    ("Két napon belül visszajelzünk.", "2026-11-27 18:00", "Két napon belül"),
    ("24 órán belül írunk Önnek.", "2026-11-26 10:30", "24 órán belül"),
    ("Egy órán belül visszahívom.", "2026-11-25 11:30", "Egy órán belül"),
    ("Legkésőbb hétfőig értesítjük.", "2026-11-30 18:00", "Legkésőbb hétfőig"),
    ("A hét végéig utánanézek.", "2026-11-27 18:00", "A hét végéig"),
    ("November 28-ig elküldjük.", "2026-11-28 18:00", "November 28-ig"),
    ("Holnap 15 óráig megnézem.", "2026-11-26 15:00", "Holnap 15 óráig"),
    ("Jövő héten jelentkezünk.", "2026-12-04 18:00", "Jövő héten"),
    ("Három munkanapon belül visszautaljuk.", "2026-11-30 18:00", "Három munkanapon belül"),
    ("Pénteken délután felhívom.", "2026-11-27 18:00", "Pénteken délután"),
    ("Ma estig megírom.", "2026-11-25 21:00", "Ma estig"),
    ("Csütörtök délig szólok.", "2026-11-26 12:00", "Csütörtök délig"),
]
NONE = [
    "",
    "Thank you for your message.",
    "Your parcel arrives on Friday.",
    "Will you be at home on Friday?",
    "I won't be able to answer by Friday.",
    "I'll write as soon as I know more.",
    "> I'll be back by Friday.",
    "I'll write by 31 February.",
    "I'll write by 25 November 2020.",
    "I'll refund 15.00 EUR.",
    "Посылка придёт в пятницу.",
    "Не смогу ответить до пятницы.",
    "Вы ответите до пятницы?",
    "A csomag pénteken érkezik.",
    "Sajnos nem tudok péntekig válaszolni, írok később.",
    "I'll write by 25:61.",
]


@pytest.mark.parametrize(("text", "due", "words"), [*ENGLISH, *RUSSIAN, *HUNGARIAN])
def test_promises_are_read(text: str, due: str, words: str) -> None:
    found = pledges.find(text, NOW, zone=BUDAPEST)

    assert found is not None
    assert (f"{found.due_at:%Y-%m-%d %H:%M}", found.words) == (due, words)


@pytest.mark.parametrize("text", NONE)
def test_what_promises_nothing_is_no_promise(text: str) -> None:
    assert pledges.find(text, NOW, zone=BUDAPEST) is None


def test_the_day_of_the_desk_counts_not_that_of_the_server() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=ZoneInfo("UTC"))  # the 26th in Vladivostok

    found = pledges.find("I'll write tomorrow.", late, zone=ZoneInfo("Asia/Vladivostok"))

    assert found is not None
    assert found.due_at.isoformat() == "2026-11-27T18:00:00+10:00"


def test_a_day_ends_when_the_company_says() -> None:
    found = pledges.find("I'll write today.", NOW, zone=BUDAPEST, day_ends=time(16, 30))

    assert found is not None
    assert f"{found.due_at:%H:%M}" == "16:30"


def test_today_said_after_work_is_tonight() -> None:
    found = pledges.find("I'll write today.", NOW.replace(hour=19), zone=BUDAPEST)

    assert found is not None
    assert f"{found.due_at:%d %H:%M}" == "25 23:59"


def test_the_clock_of_the_wall_counts_over_daylight_saving() -> None:
    before = datetime(2026, 10, 23, 12, tzinfo=BUDAPEST)

    found = pledges.find("I'll write by Monday at 9:00.", before, zone=BUDAPEST)

    assert found is not None
    assert found.due_at.isoformat() == "2026-10-26T09:00:00+01:00"


def test_a_long_text_is_read_in_a_moment() -> None:
    text = "I'll see. Отвечу. Írok. 1 2 3 the by at in 12 " * 400

    pledges.find(text, NOW, zone=BUDAPEST)
