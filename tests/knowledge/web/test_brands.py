"""Two brands side by side: what belongs to the one is not seen at the other, by whatever door."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.adapters.email import letterhead
from channels_app.models import Channel
from helpdesk.accounts.models import Company
from knowledge import centres, visiting, writing
from knowledge.models import Category, CentreChannel, Domain, HelpCentre, Search, Translation
from knowledge.web import place
from tests.architecture.test_templates import offences
from tickets import intake, placeholders, reactions, replies
from tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company", "mailbox")]
HOST = "help.outlet.example"


@pytest.fixture
def outlet(mailbox):
    """The second brand: its own domain and mailbox; the first is as it was before there were two."""
    HelpCentre.objects.create(pk=1)
    made = HelpCentre.objects.create(pk=2, name="Second Chance", slug="outlet", position=1, colour="#aa0000")
    Domain.objects.create(centre=made, name=HOST, is_live=True)
    post = Channel.objects.create(kind="email", name="Outlet", address="outlet@desk.example", language="en")
    CentreChannel.objects.create(centre=made, channel=post)
    centres.forget()
    return made


@pytest.fixture
def there() -> Client:
    return Client(headers={"host": HOST})


@pytest.fixture
def articles(publish, outlet, sam) -> dict[str, Translation]:
    """One of each brand alone, and one of both."""
    rows = {}
    for name, ids in (("main", [1]), ("outlet", [2]), ("both", [])):
        rows[name] = publish(f"Refund of parcels: {name}")
        settled = {"category": rows[name].article.category, "audience": "public", "organisations": []}
        everywhere = not ids
        writing.place(
            rows[name].article, **settled, related=[], everywhere=everywhere, centres=ids, actor=sam
        )
    rows["main"].article.related.set([rows["outlet"].article, rows["both"].article])
    rows["both"].article.related.set([rows["outlet"].article, rows["main"].article])
    return rows


PAGES = (
    "/help/en/",
    "/help/en/topics/returns/",
    "/help/en/search/?q=refund",
    "/help/en/suggestions/?q=refund",
)


@pytest.mark.parametrize(("own", "others"), [("main", "outlet"), ("outlet", "main")])
def test_each_shows_its_own_articles_and_those_of_both(own, others, articles, there, client):
    browser = there if own == "outlet" else client
    shown = [browser.get(url).content.decode() for url in (*PAGES, "/help/sitemap.xml")]
    shown.append(browser.get(place.of(articles["both"])).content.decode())  # the related ones
    sent = {"name": "", "email": "no", "subject": "refund", "text": "parcels", "key": uuid.uuid4()}
    shown.append(browser.post("/help/en/contact/", sent).content.decode())
    for page in shown:
        assert f"/{articles[own].article_id}/" in page, page[-3000:]
        assert f"/{articles[others].article_id}/" not in page and f"parcels: {others}" not in page
    assert browser.get(place.of(articles[others])).status_code == 404
    opinion = f"/help/en/{articles[others].article_id}/opinion/"
    assert browser.post(opinion, {"helpful": "yes"}).status_code == 404


def test_a_search_finds_ones_own_behind_many_of_the_others(publish, outlet, there, sam):
    for number in range(12):
        row = publish(f"Refund {number}")
        writing.place(
            row.article, category=None, audience="public", organisations=[], related=[],
            everywhere=False, centres=[1], actor=sam,
        )  # fmt: skip
    publish("Whatever it is, a refund is there too")
    assert "Whatever" in there.get("/help/en/search/?q=refund").content.decode()
    assert Search.objects.get().found == 1


def test_what_was_searched_in_vain_is_told_of_each_brand(outlet, there, client, alice):
    for browser, query in ((there, "sofa"), (client, "lamp"), (client, "lamp")):
        browser.get(f"/help/en/search/?q={query}")
    client.force_login(alice)
    told = {pk: client.get(f"/articles/wanted/?centre={pk}").content.decode() for pk in ("", 1, 2, 9)}
    found = {pk: ("title=sofa" in page, "title=lamp" in page) for pk, page in told.items()}
    assert found == {"": (True, True), 1: (False, True), 2: (True, False), 9: (True, True)}
    assert "?days=7&amp;centre=2" in told[2] and "Second Chance</a>" in told[""]
    outlet.delete()
    centres.forget()
    page = client.get("/articles/wanted/").content.decode()
    assert "title=sofa" not in page and "All help centres" not in page


def test_links_in_a_text_stay_within_the_brand_that_shows_it(articles, publish, there, client, settings):
    own, others = articles["outlet"].article_id, articles["main"].article_id
    text = (
        f'<p><a href="/help/en/{own}/x/">own</a> <a href="{settings.BASE_URL}/help/en/{own}/x/#a">whole</a> '
        f'<a href="{settings.BASE_URL}/brands/outlet/help/en/contact/?a=1&amp;b=2">seen before</a> '
        f'<a href="/help/en/{others}/x/">of the <b>other</b></a> <a href="/help/xx/1/y/">tongue</a> '
        f'<a href="https://shop.example/help/en/{own}/">elsewhere</a></p>'
    )
    row = publish("Where it leads", html=text)
    page = there.get(place.of(row)).content.decode()
    assert page.count(f'href="/help/en/{own}/x/') == 2 and f'{own}/x/#a"' in page
    assert 'href="/help/en/contact/?a=1&amp;b=2"' in page and 'href="https://shop.example/help' in page
    assert "of the <b>other</b>" in page and f"/{others}/x/" not in page and "/help/xx/" not in page
    mounted = client.get(f"/brands/outlet{place.of(row)}").content.decode()
    assert mounted.count(f'href="/brands/outlet/help/en/{own}/x/') == 2 and ' href="/help/en/' not in mounted
    assert f'href="/help/en/{others}/x/"' in client.get(place.of(row)).content.decode()


def test_a_category_of_the_one_is_not_at_the_other(articles, there, client, shelf: Category):
    shelf.everywhere = False
    shelf.save()
    shelf.centres.set([1])
    assert there.get("/help/en/topics/returns/").status_code == 404
    assert "Refund" not in there.get("/help/en/").content.decode()
    assert there.get(place.of(articles["both"])).status_code == 404
    assert "Refund" not in there.get("/help/en/search/?q=refund").content.decode()
    assert client.get("/help/en/topics/returns/").status_code == 200


def test_what_stood_in_a_brand_that_is_gone_stands_nowhere(articles, outlet, client):
    outlet.delete()
    assert client.get(place.of(articles["outlet"])).status_code == 404
    assert "outlet" not in client.get("/help/en/search/?q=refund").content.decode()


def test_links_name_the_domain_and_never_what_a_header_says(articles, there, client):
    page = there.get(place.of(articles["both"])).content.decode()
    assert f'rel="canonical" href="http://{HOST}:8000{place.of(articles["both"])}"' in page
    assert f'hreflang="en" href="http://{HOST}:8000/help/en/' in page and "Second Chance" in page
    assert f'itemid="http://{HOST}:8000/help/en/topics/returns/"' in page
    for url in (place.of(articles["both"]), "/help/sitemap.xml", "/robots.txt", "/help/en/"):
        told = there.get(url, headers={"host": f"{HOST.upper()}:9999"}).content.decode()
        assert "9999" not in told and f"http://{HOST}:8000/" in told and "127.0.0.1" not in told
        assert "Tallow" not in told
    assert "outlet" not in client.get("/robots.txt").content.decode()
    assert f"{HOST}.evil.example" not in client.get("/help/en/").content.decode()


def test_other_names_are_refused(outlet):
    for host in (f"{HOST}.evil.example", f"evil-{HOST}", f"{HOST}:x", f"a@{HOST}", "evil.example", " "):
        assert Client(headers={"host": host}).get("/help/en/").status_code == 400, host


def test_a_domain_stands_for_the_help_centre_alone(there, outlet, ada):
    there.force_login(ada)
    for path in ("/sign-in/", "/admin/", "/tickets/", "/health/", "/brands/main/help/en/"):
        told = there.get(path)
        assert told.status_code == 404 and "Second Chance" in told.content.decode()
        assert list(offences(told.content.decode())) == []
    assert there.get("/api/v1/tickets/").status_code == 404
    assert there.get("/")["Location"] == "/help/en/"


def test_the_forms_of_a_domain_are_its_own(outlet, settings):
    settings.BASE_URL = "https://desk.example"
    browser = Client(enforce_csrf_checks=True, headers={"host": HOST})
    page = browser.get("/help/en/requests/").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)', page)[1]
    form = {"csrfmiddlewaretoken": token, "email": "x@y.example"}
    for origin, status in ((HOST, 200), ("desk.example", 403), ("evil.example", 403)):
        told = browser.post("/help/en/requests/", form, headers={"origin": f"https://{origin}"})
        assert told.status_code == status and "Second Chance" in told.content.decode(), origin


def test_before_its_domain_points_here_it_is_found_at_the_desks_address(articles, outlet, client, alice):
    Domain.objects.update(is_live=False)
    centres.forget()
    home = client.get("/brands/outlet/help/en/").content.decode()
    link = f"/brands/outlet{place.of(articles['outlet'])}"
    assert f'href="{link}"' in home and "parcels: main" not in home and "Second Chance" in home
    assert f'canonical" href="http://127.0.0.1:8000{link}"' in client.get(link).content.decode()
    assert place.of(articles["both"]) == f"/help/en/{articles['both'].article_id}/refund-of-parcels-both/"
    assert f"http://127.0.0.1:8000{link}" in client.get("/brands/outlet/help/sitemap.xml").content.decode()
    assert "Allow: /brands/outlet/help/" in client.get("/robots.txt").content.decode()
    assert client.get("/brands/nobody/help/en/").status_code == 404
    assert client.get("/brands/outlet/admin/").status_code == 404
    HelpCentre.objects.filter(pk=2).update(is_open=False)
    assert client.get(link).status_code == 404
    client.force_login(alice)
    assert client.get(link).status_code == 200


def test_languages_are_those_that_are_offered(articles, outlet, there, publish):
    publish("Возврат денег refund", language="ru", of=articles["both"])
    HelpCentre.objects.filter(pk=2).update(languages=["ru"])
    assert there.get("/", headers={"accept-language": "en"})["Location"] == "/help/ru/"
    assert there.get("/help/en/").status_code == 404
    assert "/help/en/" not in there.get("/help/ru/").content.decode()
    assert "/help/en/" not in there.get("/help/ru/search/?q=refund").content.decode()
    assert "/help/en/" not in there.get("/help/sitemap.xml").content.decode()


@pytest.fixture
def both_requests(outlet, written, ticket) -> dict[str, Ticket]:
    """Carol wrote to the one, then to the other."""
    post = outlet.channels.get().channel
    second = intake.receive(written(channel_id=post.pk, subject="From the outlet", to=(post.address,)))
    assert second.ticket.pk != ticket.pk
    return {"main": ticket, "outlet": second.ticket}


def let_in(browser: Client, sent: list[str]) -> str:
    browser.post("/help/en/requests/", {"email": "carol@mail.example"})
    link = re.search(r"http\S+", sent[-1])[0]
    path = "/" + link.split("/", 3)[3]
    assert browser.post(path)["Location"].endswith("/help/en/requests/")
    return link


@pytest.mark.parametrize(("own", "others"), [("main", "outlet"), ("outlet", "main")])
def test_a_customer_sees_the_requests_of_the_brand_that_let_them_in(
    own, others, both_requests, there, client, monkeypatch
):
    sent: list[str] = []
    monkeypatch.setattr(visiting.EmailMessage, "send", lambda self: sent.append(self.subject + self.body))
    browser = there if own == "outlet" else client
    link = let_in(browser, sent)
    assert link.startswith(f"http://{HOST}:8000/" if own == "outlet" else "http://127.0.0.1:8000/help/")
    assert ("Second Chance" in sent[0], "Tallow" in sent[0]) == (own == "outlet", own == "main")
    page = browser.get("/help/en/requests/").content.decode()
    number = both_requests[own].number
    assert f"/requests/{number}/" in page and f"/requests/{both_requests[others].number}/" not in page
    for what in ("", "rating/", "close/"):
        url = f"/help/en/requests/{both_requests[others].number}/{what}"
        assert browser.post(url, {"text": "x", "key": uuid.uuid4(), "score": "good"}).status_code == 404
    other = there if own == "main" else client
    path = "/" + link.split("/", 3)[3]
    assert "does not work" in other.post(path).content.decode()


def test_who_was_let_in_at_one_is_nobody_at_the_other(both_requests, client, monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(visiting.EmailMessage, "send", lambda self: sent.append(self.body))
    let_in(client, sent)
    assert "Leave" in client.get("/help/en/requests/").content.decode()
    assert "Leave" not in client.get("/brands/outlet/help/en/requests/").content.decode()


def test_the_contact_form_writes_to_the_brands_own_mailbox(outlet, there, client, mailbox):
    form = {"name": "", "email": "carol@mail.example", "subject": "Where", "text": "is it?"}
    for browser in (there, client):
        browser.post("/help/en/contact/", {**form, "key": uuid.uuid4()})
    found = list(Ticket.objects.order_by("pk").values_list("channel", flat=True))
    assert found == [outlet.channels.get().channel_id, mailbox.pk]
    outlet.channels.all().delete()
    told = there.post("/help/en/contact/", {**form, "key": uuid.uuid4()}).content.decode()
    assert "by e-mail" in told and Ticket.objects.count() == 2


def test_beside_a_ticket_its_brands_articles_are_offered(both_requests, articles, client, alice):
    client.force_login(alice)
    number = both_requests["outlet"].number
    page = client.get(f"/tickets/{number}/articles/?q=refund").content.decode()
    assert "parcels: outlet" in page and "parcels: main" not in page
    there = f"http://{HOST}:8000{place.of(articles['outlet'])}"
    assert f'href="{there}"' in page
    assert f'href="{there}"' in client.get(f"/articles/{articles['outlet'].pk}/").content.decode()
    give = f"/tickets/{number}/articles/{{}}/"
    told = client.post(
        give.format(articles["both"].pk), {"key": uuid.uuid4()}, headers={"accept": "application/json"}
    )
    assert f"http://{HOST}:8000/help/en/" in told.json()["text"]
    assert client.post(give.format(articles["main"].pk), {"key": uuid.uuid4()}).status_code == 404


def test_whose_the_request_is_costs_nothing_at_the_desk_and_one_query_at_a_brand(outlet, there, client):
    with CaptureQueriesContext(connection) as seen:
        client.get("/health/")
    assert not [each for each in seen if "helpcentre" in each["sql"]]
    there.get("/help/theme.css")
    with CaptureQueriesContext(connection) as seen:
        assert "#aa0000" in there.get("/help/theme.css").content.decode()
    assert len(seen) == 1


def test_mails_are_written_in_the_name_of_the_brand_and_lead_to_its_domain(both_requests, alice, settings):
    company = Company.load()
    for brand, name, base in (
        ("outlet", "Second Chance", f"http://{HOST}:8000"),
        ("main", "Tallow & Pine", settings.BASE_URL),
    ):
        ticket = both_requests[brand]
        sent = replies.send(ticket, author=alice, body="{company.name} {ticket.link}", key=uuid.uuid4())
        known = placeholders.values(ticket, agent=alice, company=company, language="ru")
        assert known["company.name"] == name
        assert known["ticket.link"] == f"{base}/help/ru/requests/{ticket.number}/"
        channel = ticket.channel
        channel.config["letters"] = {"en": {"footer": "{company}: {link}"}}
        head = letterhead.of(sent, channel, company)
        assert head.footer == f"{name}: {base}/help/en/requests/{ticket.number}/"
    HelpCentre.objects.filter(pk=2).update(is_open=False)
    centres.forget()
    assert not placeholders.values(both_requests["outlet"], agent=alice, company=company)["ticket.link"]


def test_a_receipt_names_the_brand_and_its_page(outlet, written):
    post = outlet.channels.get().channel
    said = {"en": {"text": "{company}, {link}"}}
    Channel.objects.filter(pk=post.pk).update(config={"acknowledge": True, "receipts": said})
    ticket = intake.receive(written(channel_id=post.pk, to=(post.address,))).ticket
    reactions.drain()
    receipt = ticket.messages.get(purpose="receipt")
    assert receipt.text == f"Second Chance, http://{HOST}:8000/help/en/requests/{ticket.number}/"


def test_colleagues_see_the_brand_of_a_ticket_when_there_are_several(both_requests, client, alice, outlet):
    client.force_login(alice)
    address = f"/tickets/{both_requests['outlet'].number}/"
    with CaptureQueriesContext(connection) as seen:
        assert "Second Chance" in client.get(address).content.decode()
    assert len([each for each in seen if "helpcentre" in each["sql"]]) <= 1
    outlet.delete()
    centres.forget()
    page = client.get(address).content.decode()
    assert "Second Chance" not in page and 'title="Help centre"' not in page
