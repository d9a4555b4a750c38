"""The public help centre, as somebody sees it who has never signed in."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.models import HelpCentre, Opinion, Search
from knowledge.web import place
from tests.architecture.test_templates import offences

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
LINKS = re.compile(r"<link rel=\"(?:canonical|alternate)\"[^>]*>")  # these are not loaded


@pytest.fixture
def article(publish):
    return publish()


def test_every_page_opens_passes_the_policy_and_asks_little(client: Client, article, publish):
    publish("Другая статья", language="ru")
    for url in (
        "/help/en/",
        "/help/ru/",
        "/help/hu/",
        "/help/en/topics/returns/",
        "/help/en/search/?q=refund",
        place.of(article),
    ):
        with CaptureQueriesContext(connection) as seen:
            response = client.get(url)
        content = LINKS.sub("", response.content.decode())
        assert response.status_code == 200, url
        assert list(offences(content)) == [] and len(seen) <= MOST_QUERIES, (url, len(seen))
        assert "sessionid" not in response.cookies


def test_the_language_stands_in_the_address(client: Client, article):
    assert client.get("/help/", headers={"accept-language": "hu"})["Location"] == "/help/hu/"
    assert 'lang="ru"' in client.get("/help/ru/", headers={"accept-language": "hu"}).content.decode()
    assert client.get("/help/xx/").status_code == 404


def test_an_article_moves_to_its_words_and_is_offered_in_its_languages(client: Client, article):
    pk = article.article_id
    assert client.get(f"/help/en/{pk}/old-words/")["Location"] == f"/help/en/{pk}/when-will-my-refund-come/"
    missing = client.get(f"/help/hu/{pk}/barmi/")
    assert missing.status_code == 404 and place.of(article) in missing.content.decode()


def test_addresses_in_other_letters_are_their_own(client: Client, publish):
    for title, language in (("Когда вернутся деньги?", "ru"), ("Mikor jön a pénzem?", "hu")):
        row = publish(title, language=language)
        assert client.get(place.of(row)).status_code == 200


def test_search_engines_are_told_of_every_language(client: Client, article, publish):
    russian = publish("Когда вернутся деньги?", language="ru", of=article)
    content = client.get(place.of(article)).content.decode()
    assert f'hreflang="ru" href="{settings.BASE_URL}{place.of(russian)}"' in content
    assert 'rel="canonical"' in content and 'itemprop="articleBody"' in content
    sitemap = client.get("/help/sitemap.xml").content.decode()
    assert place.of(article) in sitemap and place.of(russian) in sitemap
    assert "Disallow: /" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("audience", ["internal", "organisations"])
def test_what_is_not_public_shows_nowhere(client: Client, publish, audience):
    row = publish(audience=audience)
    for url in (
        "/help/en/",
        "/help/en/search/?q=refund",
        "/help/en/suggestions/?q=refund",
        "/help/sitemap.xml",
    ):
        assert "refund come" not in client.get(url).content.decode()
        assert f"/{row.article_id}/" not in client.get(url).content.decode()
    assert client.get(place.of(row)).status_code == 404
    assert client.post(f"/help/en/{row.article_id}/opinion/", {"helpful": "yes"}).status_code == 404


def test_a_closed_help_centre_is_not_there(client: Client, article):
    HelpCentre.objects.create(pk=1, is_open=False)
    for url in ("/help/", "/help/en/", place.of(article), "/help/sitemap.xml", "/help/theme.css"):
        assert client.get(url).status_code == 404
    assert "/help/" not in client.get("/robots.txt").content.decode()


def test_words_are_marked_where_they_were_found(client: Client, article):
    content = client.get("/help/en/search/?q=money").content.decode()
    assert "<mark>money</mark>" in content and article.title in content


def test_suggestions_come_while_one_types(client: Client, article):
    assert article.title in client.get("/help/en/suggestions/?q=refu").content.decode()
    assert client.get("/help/en/suggestions/?q=re").content.strip() == b""
    assert not Search.objects.exists()  # typing is no search


def test_what_is_searched_and_opened_is_remembered(client: Client, article):
    client.get("/help/en/search/?q=%20Refund%20%20time")
    found = client.get("/help/en/search/?q=refund").content.decode()
    link = found.split(f'href="{place.of(article)}?s=')[1].split('"')[0]
    client.get(f"{place.of(article)}?s={link}")
    client.get(f"{place.of(article)}?s=forged")
    rows = list(Search.objects.order_by("pk").values_list("query", "opened"))
    assert rows == [("refund time", None), ("refund", article.pk)]


def test_a_reader_says_whether_it_helped_and_may_change_their_mind(client: Client, article):
    url = f"/help/en/{article.article_id}/opinion/"
    assert client.post(url, {"helpful": "no"})["Location"].endswith("?thanks=no#helpful")
    assert client.post(url, {"helpful": "no", "comment": " Too short "}).status_code == 302
    fragment = client.post(url, {"helpful": "yes"}, headers={"HX-Request": "true"})
    assert "Good to hear" in fragment.content.decode()
    opinion = Opinion.objects.get()
    assert (opinion.helpful, opinion.comment) == (True, "Too short")
    Client().post(url, {"helpful": "yes"})
    assert Opinion.objects.count() == 2


def test_whoever_asks_too_often_waits(client: Client, article):
    answers = [client.post(f"/help/en/{article.article_id}/opinion/", {"helpful": "yes"}) for _ in range(21)]
    assert [each.status_code for each in answers[-2:]] == [302, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


def test_the_company_has_its_colour(client: Client, article):
    HelpCentre.objects.create(pk=1, colour="#aa0000", css=".help { --x: 1 }")
    style = client.get("/help/theme.css")
    assert style["Content-Type"].startswith("text/css") and "#aa0000" in style.content.decode()
