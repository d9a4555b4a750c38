"""How one writes to people of a place: what comes with the desk, what is changed, whose place it is."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from helpdesk.accounts.models import AuditEntry
from tickets.manners import beside, days, greeting, locating, notes, shipped
from tickets.manners.places import LANGUAGES, Words
from tickets.models import Customer, Identity

NOON = datetime(2026, 12, 22, 12, tzinfo=ZoneInfo("UTC"))
PLACES = shipped.places()


class TestShipped:
    def test_every_place_is_whole_in_every_language(self):
        countries = [each for each in PLACES.values() if each.is_country]
        assert len(countries) >= 50
        for place in PLACES.values():
            assert place.formality in ("formal", "polite", "informal")
            assert place.order in ("given", "family")
            assert place.greeting
            assert place.plain
            assert place.ending
            for language in LANGUAGES:
                assert all(20 < len(text) < notes.LONGEST for text in place.words[language]), place.code

    def test_what_tells_a_country_tells_one(self):
        phones = [each for place in PLACES.values() for each in place.phone]
        domains = [place.domain for place in PLACES.values() if place.domain]
        assert len(phones) == len(set(phones))
        assert len(domains) == len(set(domains))

    def test_holidays_are_known_of_every_country(self):
        for place in PLACES.values():
            if place.is_country and place.code != "UA":  # none are days off there while the law of war holds
                assert len(days.of(place.code, 2027, "en")) >= 4, place.code


class TestLocating:
    @pytest.mark.parametrize(
        ("known", "code", "by"),
        [
            ({"country": "HU", "phones": ["+491"]}, "HU", "country"),
            ({"country": "hu"}, "HU", "country"),
            ({"phones": ["+36 1"], "addresses": ["a@mail.de"]}, "HU", "phone"),
            ({"phones": ["+77012345678"]}, "KZ", "phone"),
            ({"phones": ["+79012345678"]}, "RU", "phone"),
            ({"addresses": ["a@shop.co.uk"]}, "GB", "domain"),
            ({"zone": "Europe/Budapest", "languages": ["de"]}, "HU", "zone"),
            ({"languages": ["", "de-AT"]}, "de", "language"),
            ({"languages": ["pl"]}, "PL", "language"),
            ({"languages": ["no"]}, "NO", "language"),
            ({"country": "PE", "phones": ["+36"], "languages": ["es"]}, "es", "language"),
        ],
    )
    def test_the_surest_speaks(self, known, code, by):
        found = locating.locate(PLACES, **known)
        assert (found.place.code, found.by) == (code, by)

    @pytest.mark.parametrize(
        "known",
        [
            {},
            {"phones": ["+12025550100"]},  # of many countries
            {"phones": ["0612345678"]},
            {"addresses": ["a@shop.example", "a@start.io", "x"]},
            {"zone": "UTC"},
            {"country": "PE"},
            {"languages": ["xx"]},
        ],
    )
    def test_what_does_not_tell_is_no_guess(self, known):
        assert locating.locate(PLACES, **known) is None


class TestGreeting:
    @pytest.mark.parametrize(
        ("place", "name", "order", "line"),
        [
            ("HU", "Nagy Anna", "family", "Tisztelt Nagy Anna!"),
            ("HU", "", "family", "Tisztelt Ügyfelünk!"),
            ("RU", "Иванова Анна Петровна", "given", "Здравствуйте, Анна Петровна!"),
            ("US", "Carol Rivers", "given", "Hi Carol,"),
            ("US", "Nagy Anna", "family", "Hi Nagy Anna,"),
            ("VN", "Nguyễn Thu Hà", "family", "Kính gửi Anh/Chị Hà,"),
            ("CZ", "Jan Novák", "given", "Dobrý den,"),
            ("JP", "田中 由紀", "family", "田中 由紀 様"),
        ],
    )
    def test_the_name_stands_as_the_language_wants(self, place, name, order, line):
        assert greeting.line(PLACES[place], name, order=order) == line


class TestDays:
    def test_those_that_come_in_the_readers_language(self):
        found = days.coming("HU", date(2026, 12, 22), "hu")
        assert [each.day.isoformat() for each in found][:2] == ["2026-12-24", "2026-12-25"]
        assert days.coming("DE", date(2026, 12, 24), "ru")[0] == (date(2026, 12, 25), "Рождество")
        assert days.coming("DE", date(2026, 12, 31), "en")[0] == (date(2027, 1, 1), "New Year's Day")
        assert days.coming("DE", date(2026, 12, 24), "en")[0].name == "Christmas Day"

    def test_none_where_none_are_near_or_known(self):
        assert days.coming("DE", date(2026, 8, 1), "en") == []
        assert days.coming("XK", date(2026, 8, 1), "en") == []


@pytest.mark.django_db
class TestBeside:
    def _of(self, written="", identities=(), reader="en", **known):
        return beside.of(Customer(**known), identities, NOON, reader=reader, written=written)

    def test_all_of_it(self, django_assert_num_queries):
        phone = Identity(kind="phone", value="+3611234567")
        with django_assert_num_queries(0):
            found = self._of(name="Nagy Anna", identities=[phone], reader="ru")
        assert (found.place.code, found.by, found.greeting) == ("HU", "phone", "Tisztelt Nagy Anna!")
        assert found.said == PLACES["HU"].words["ru"]
        assert f"{found.today:%H:%M}" == "13:00"
        assert found.holidays[0].day == date(2026, 12, 24)

    def test_the_greeting_is_in_the_language_one_answers_in(self):
        found = self._of(name="Nagy Anna", country="HU", written="de")
        assert (found.greeting, found.language) == ("Guten Tag Nagy Anna,", "de")
        assert self._of(name="Marie Roy", country="CA", written="fr").greeting == "Bonjour Marie Roy,"
        assert self._of(name="Urs Frei", country="CH", written="de").ending == "Freundliche Grüsse"

    def test_by_language_alone_nothing_is_said_of_time_and_holidays(self):
        found = self._of(name="Anna", language="hu")
        assert (found.by, found.has_time, found.holidays) == ("language", False, [])
        assert self._of(name="Anna") is None


@pytest.mark.django_db
class TestWriting:
    FACTS = {name: getattr(PLACES["HU"], name) for name in notes.FIELDS}

    def test_a_changed_note_stays_whatever_comes_with_the_desk(self, ada, monkeypatch):
        words = {"hu": Words("Magázzon.", "")}
        notes.write("HU", actor=ada, words=words, **{**self.FACTS, "ending": "Köszönettel,"})
        newer = {**PLACES, "HU": replace(PLACES["HU"], ending="Newer", words={})}
        monkeypatch.setattr(shipped, "places", lambda: newer)
        notes.refresh()
        found = notes.every()["HU"]
        assert (found.is_changed, found.ending, found.phone) == (True, "Köszönettel,", ("36",))
        assert found.said("hu").address == "Magázzon."
        assert found.said("en").address == "Magázzon."  # better than nothing
        assert not notes.every()["DE"].is_changed
        assert AuditEntry.objects.filter(actor=ada, data__row="HU").count() == 1

    def test_and_is_taken_back(self, ada):
        notes.write("HU", actor=ada, words={}, **self.FACTS)
        notes.restore("HU", actor=ada)
        notes.refresh()
        assert notes.every()["HU"] == PLACES["HU"]
        with pytest.raises(notes.NoSuchNote):
            notes.restore("HU", actor=ada)

    def test_by_admins_alone(self, sam):
        with pytest.raises(notes.NotYours):
            notes.write("HU", actor=sam, words={}, **self.FACTS)
        with pytest.raises(notes.NotYours):
            notes.restore("HU", actor=sam)

    def test_it_is_read_again_after_a_while(self, ada, monkeypatch, django_assert_num_queries):
        notes.write("HU", actor=ada, words={}, **self.FACTS)
        monkeypatch.setattr(notes._kept, "until", 0.0)
        with django_assert_num_queries(1):
            assert notes.every()["HU"].is_changed
        with django_assert_num_queries(0):
            assert notes.every()["HU"].is_changed
