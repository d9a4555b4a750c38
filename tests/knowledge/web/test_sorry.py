"""What goes wrong at the help centre is told to customers: never in the desk's words, never with its door."""

import pytest
from django.db import DatabaseError
from django.test import Client

from helpdesk.rest import pace, problems
from knowledge.models import HelpCentre
from knowledge.web import help
from tests.architecture.test_templates import offences

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False, headers={"Accept": "text/html", "Accept-Language": "hu"})


@pytest.mark.parametrize(
    ("address", "status", "language"),
    [
        ("/help/en/999/no-such-article/", 404, "en"),
        ("/help/ru/topics/none/", 404, "ru"),
        ("/help/xx/", 404, "hu"),
        ("/brands/nobody/help/en/", 404, "hu"),
        ("/help/en/7/opinion/", 405, "en"),
    ],
)
def test_a_customer_is_offered_the_search_a_letter_and_the_way_home(reader, address, status, language):
    answer = reader.get(address)
    page = answer.content.decode()
    assert answer.status_code == status and f'<html lang="{language}">' in page
    ways = (f'action="/help/{language}/search/"', f'href="/help/{language}/contact/"')
    assert all(way in page for way in (*ways, f'class="button" href="/help/{language}/"'))
    assert 'href="/"' not in page and "sign-in" not in page and list(offences(page)) == []
    assert status != 405 or answer.headers["Allow"] == "POST"


def test_what_broke_is_told_in_the_centres_look_and_without_its_database_all_the_same(reader, monkeypatch):
    def away(*_given: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("knowledge.web.help.access.readable", away)
    broken = reader.get("/help/en/")
    assert broken.status_code == 500 and 'action="/help/en/search/"' in broken.content.decode()
    monkeypatch.setattr(help, "page", away)
    plain = reader.get("/help/ru/")
    assert plain.status_code == 500 and '<html lang="ru">' in plain.content.decode()
    assert 'href="/help/ru/"' in plain.content.decode() and 'href="/"' not in plain.content.decode()


@pytest.fixture
def too_often(monkeypatch) -> None:
    def taken(*_given: object) -> None:
        raise problems.Problem(429, "too-many", "Slowly.", headers={"Retry-After": "42"})

    monkeypatch.setattr(pace, "take", taken)


@pytest.mark.parametrize(("language", "told"), [("ru", "через 42"), ("hu", "42 másodperc")])
def test_whoever_was_too_fast_is_told_in_their_language_how_long_to_wait(reader, too_often, language, told):
    answer = reader.post(f"/help/{language}/contact/", {"text": "Where is it?"})
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "42")
    assert told in page and f'<html lang="{language}">' in page and list(offences(page)) == []
    assert f'href="/help/{language}/contact/"' not in page.partition("<h1>")[2].partition("</main>")[0]
    part = reader.get(f"/help/{language}/suggestions/?q=refund", headers={"HX-Request": "true"})
    assert told in part.content.decode() and "<html" not in part.content.decode()


def test_programs_and_colleagues_who_were_too_fast_are_told_in_their_own_way(reader, too_often):
    answer = reader.get("/help/en/search/", headers={"Accept": "application/json"})
    assert answer["Content-Type"] == problems.MEDIA_TYPE and answer.json()["code"] == "too-many"
    assert (answer.status_code, answer["Retry-After"]) == (429, "42")
    HelpCentre.objects.update_or_create(pk=1, defaults={"is_open": False})
    desk = reader.get("/help/en/search/")
    assert desk.status_code == 429 and 'href="/"' in desk.content.decode()


def test_colleagues_and_a_desk_without_a_help_centre_get_the_desks_page(reader):
    assert 'href="/"' in reader.get("/nowhere/").content.decode()
    HelpCentre.objects.update_or_create(pk=1, defaults={"is_open": False})
    assert 'href="/"' in reader.get("/help/en/").content.decode()
