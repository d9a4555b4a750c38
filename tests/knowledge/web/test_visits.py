"""A customer's own requests: let in by mail, theirs alone, answered by the door of all messages."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from channels_app.messages import Sender
from knowledge import shelves, visiting
from knowledge.models import HelpCentre
from knowledge.web import place
from tickets import intake, lifecycle, replies
from tickets.expected import figures
from tickets.expected.models import Expectation, ExpectedTime
from tickets.models import Customer, Message, Organisation, Rating, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company")]


@pytest.fixture
def inside(client: Client, ticket: Ticket, monkeypatch) -> Client:
    """Carol, let in."""
    sent: list[str] = []
    monkeypatch.setattr(visiting.EmailMessage, "send", lambda self: sent.append(self.body))
    client.post("/help/en/requests/", {"email": "Carol@mail.example"})
    link = re.search(r"https?://\S+(/help/\S+)", sent[0])[1]
    assert "Show my requests" in client.get(link).content.decode()
    assert client.post(link)["Location"] == "/help/en/requests/"
    return client


def answer(text: str = "Thanks", **fields: object) -> dict[str, object]:
    return {"text": text, "key": uuid.uuid4(), **fields}


def test_the_answer_is_the_same_whether_one_is_known(client: Client, ticket, monkeypatch):
    sent: list[list[str]] = []
    monkeypatch.setattr(visiting.EmailMessage, "send", lambda self: sent.append(self.to))
    told = [
        client.post("/help/en/requests/", {"email": f"{name}@mail.example"}).content.decode()
        for name in ("carol", "nobody")
    ]
    plain = [re.sub(r"(carol|nobody)@|value=\"\w+\"|nonce.*?>", "", text) for text in told]
    assert plain[0] == plain[1] and sent == [["carol@mail.example"]]
    client.post("/help/en/requests/", {"email": "carol@mail.example"})
    client.post("/help/en/requests/", {"email": "carol@mail.example"})
    assert len(sent) == 2  # nobody is showered by somebody else


def test_ones_own_requests_are_shown_and_nobody_elses(inside, ticket, written, alice):
    stranger = Sender(identity_kind="email", identity="dan@mail.example", name="Dan")
    others = intake.receive(written(sender=stranger, subject="Dan's own")).ticket
    content = inside.get("/help/en/requests/").content.decode()
    assert ticket.subject in content and "Dan&#x27;s own" not in content
    assert inside.get(f"/help/en/requests/{ticket.number}/").status_code == 200
    for url in (f"/help/en/requests/{others.number}/", f"/help/en/requests/{others.number}/close/"):
        assert inside.post(url, answer()).status_code == 404
    assert others.messages.count() == 1


def test_it_is_said_how_long_an_answer_takes(inside, ticket, alice, monkeypatch):
    address = f"/help/en/requests/{ticket.number}/"
    assert "We answer" not in inside.get(address).content.decode()
    monkeypatch.setattr(figures._kept, "settings", Expectation(promise_hours=4))
    assert "We answer usually within 4 hours." in inside.get(address).content.decode()
    new_until = timezone.now()
    ExpectedTime.objects.update(new_until=new_until, corrected_at=new_until)
    assert "It takes longer than we expected" in inside.get(address).content.decode()
    replies.send(ticket, author=alice, body="Here it is.", key=uuid.uuid4())
    assert "longer" not in inside.get(address).content.decode()


def test_notes_are_not_shown(inside, ticket, alice):
    replies.send(ticket, author=alice, body="It comes tomorrow", key=uuid.uuid4())
    replies.add_note(ticket, author=alice, body="She is angry", key=uuid.uuid4())
    replies.send(ticket, author=alice, body="To the carrier", key=uuid.uuid4(), to=["claims@carrier.example"])
    content = inside.get(f"/help/en/requests/{ticket.number}/").content.decode()
    assert "It comes tomorrow" in content
    assert "She is angry" not in content and "To the carrier" not in content


def test_an_answer_joins_the_ticket_once_and_closing_closes(inside, ticket):
    sent = answer("Still not here")
    for _ in range(2):
        inside.post(f"/help/en/requests/{ticket.number}/", sent)
    assert list(ticket.messages.values_list("text", flat=True))[1:] == ["Still not here"]
    inside.post(f"/help/en/requests/{ticket.number}/close/")
    ticket.refresh_from_db()
    assert ticket.status == "closed"
    assert "Done" in inside.get(f"/help/en/requests/{ticket.number}/").content.decode()


def test_whoever_is_not_let_in_is_asked_for_their_address(client: Client, ticket):
    for url in (f"/help/en/requests/{ticket.number}/", "/help/en/requests/files/1/"):
        assert client.get(url)["Location"] == "/help/en/requests/"
    assert "does not work" in client.get("/help/en/requests/enter/forged/").content.decode()
    assert client.post("/help/en/requests/enter/forged/").status_code == 200


def test_leaving_leaves(inside, ticket):
    inside.post("/help/en/requests/leave/")
    assert inside.get(f"/help/en/requests/{ticket.number}/").status_code == 302


def test_an_old_link_or_one_for_a_lost_address_lets_nobody_in(ticket, monkeypatch):
    links: list[str] = []
    monkeypatch.setattr(visiting.EmailMessage, "send", lambda self: links.append(self.body))
    assert visiting.invite("carol@mail.example", "en", centre=HelpCentre(pk=1))
    token = re.search(r"/enter/([^/]+)/", links[0])[1]
    assert visiting.invited(token, centre=HelpCentre(pk=1)) == ticket.customer
    monkeypatch.setattr(visiting, "LINK_HOURS", 0)
    assert visiting.invited(token, centre=HelpCentre(pk=1)) is None
    monkeypatch.setattr(visiting, "LINK_HOURS", 1)
    ticket.customer.identities.all().delete()
    assert visiting.invited(token, centre=HelpCentre(pk=1)) is None


def test_what_is_for_an_organisation_is_read_and_found_by_its_people_alone(inside, client, ticket, publish):
    mine, others = (Organisation.objects.create(name=name) for name in ("Lakeside", "Hillside"))
    Customer.objects.filter(pk=ticket.customer_id).update(organisation=mine)
    rows = {}
    for organisation, title in ((mine, "Pallets for Lakeside"), (others, "Pallets for Hillside")):
        rows[title] = publish(title)
        article = rows[title].article
        article.audience = "organisations"
        article.save()
        article.organisations.add(organisation)
        shelves.arrange(article)
    asked = "/help/en/search/?q=pallets"
    theirs, anybody = inside.get(asked).content.decode(), Client().get(asked).content.decode()
    assert "for Lakeside" in theirs and "for Hillside" not in theirs and "for Lakeside" not in anybody
    for title, row in rows.items():
        assert inside.get(place.of(row)).status_code == (200 if "Lakeside" in title else 404)
        assert Client().get(place.of(row)).status_code == 404
    shown = inside.get(place.of(rows["Pallets for Lakeside"])).content.decode()
    assert 'content="noindex"' in shown and "for Lakeside" in inside.get("/help/en/").content.decode()
    assert "Pallets" not in Client().get("/help/en/").content.decode()
    assert "Pallets" not in Client().get("/help/sitemap.xml").content.decode()


def test_a_finished_request_is_rated_and_the_word_is_escaped(inside, ticket):
    page, rate = f"/help/en/requests/{ticket.number}/", f"/help/en/requests/{ticket.number}/rating/"
    inside.post(rate, {"score": "good"})
    assert Rating.objects.count() == 0 and "How did we do?" not in inside.get(page).content.decode()
    lifecycle.close(ticket, actor=None)
    assert "Choose one of the three." in inside.post(rate, {"comment": "<b>so</b>"}).content.decode()
    assert inside.post(rate, {"score": "fair", "comment": "<b>so</b>"})["Location"] == f"{page}#rating"
    content = inside.get(page).content.decode()
    assert "You rated this request: So-so." in content and "&lt;b&gt;so" in content and "<b>so" not in content
    assert 'value="fair" required checked' in content
    Rating.objects.update(at=timezone.now() - timedelta(days=30))
    inside.post(rate, {"score": "bad"})
    assert Rating.objects.get().score == "fair" and "<fieldset" not in inside.get(page).content.decode()


def test_an_address_that_only_takes_words_leads_to_the_request(inside, ticket):
    page = f"/help/en/requests/{ticket.number}/"
    assert inside.get(f"{page}rating/")["Location"] == page


def test_times_are_those_where_the_customer_lives(inside, ticket, company):
    Message.objects.update(created_at=datetime(2026, 7, 1, 21, 30, tzinfo=UTC))
    page = f"/help/en/requests/{ticket.number}/"
    company.time_zone = "Europe/London"
    company.save()
    assert "1 July 2026, 22:30" in inside.get(page).content.decode()
    Customer.objects.update(time_zone="Europe/Moscow")
    assert "2 July 2026, 00:30" in inside.get(page).content.decode()


def test_whoever_was_let_in_need_not_say_again_who_they_are(inside):
    content = inside.get("/help/en/contact/").content.decode()
    assert 'value="carol@mail.example"' in content
    assert "carol@mail.example" not in Client().get("/help/en/contact/").content.decode()


def test_nobody_rates_what_is_anothers(inside, client, ticket, written):
    stranger = Sender(identity_kind="email", identity="dan@mail.example", name="Dan")
    others = lifecycle.close(intake.receive(written(sender=stranger)).ticket, actor=None)
    assert inside.post(f"/help/en/requests/{others.number}/rating/", {"score": "bad"}).status_code == 404
    inside.post("/help/en/requests/leave/")
    gone = inside.post(f"/help/en/requests/{ticket.number}/rating/", {"score": "bad"})
    assert gone["Location"] == "/help/en/requests/" and not Rating.objects.exists()
