"""The suggestion box as customers see it: read by all, written in by those let in, telling nobody's name."""

import re
import uuid

import pytest
from django.test import Client

from channels_app.messages import Sender
from knowledge import centres, visiting
from knowledge.models import HelpCentre, Suggestion, SuggestionComment, SuggestionVote
from knowledge.suggestions import deciding, posting, telling
from knowledge.web import visitor
from tickets import customers
from tickets.models import Customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company")]
BOX = "/help/en/ideas/"


@pytest.fixture
def row(sam) -> Suggestion:
    """Dan's, public."""
    dan = customers.resolve(Sender(identity_kind="email", identity="dan@mail.example", name="Dan Ito"))
    made = posting.post(
        "Wrap <gifts>",
        "For birthdays",
        language="en",
        customer=dan,
        key=uuid.uuid4(),
        centre=HelpCentre(pk=1),
    )
    return deciding.change(made, shown="public", actor=sam)


@pytest.fixture
def inside(client: Client, carol: Customer) -> Client:
    session = client.session
    session[visitor.SESSION] = carol.pk
    session.save()
    return client


def idea(**fields: object) -> dict[str, object]:
    return {"title": "Open on Sundays", "text": "I work all week", "key": uuid.uuid4(), **fields}


def test_everybody_reads_without_names(client, row, carol, sam):
    posting.vote(row, customer=carol)
    page = client.get(BOX).content.decode()
    assert "Wrap &lt;gifts&gt;" in page and "Dan, " in page
    one = client.get(f"{BOX}{row.pk}/").content.decode()
    assert "DiscussionForumPosting" in one and 'content="2"' in one
    assert f"{BOX}{row.pk}/</loc>" in client.get("/help/sitemap.xml").content.decode()
    assert "noindex" in client.get(f"/help/ru/ideas/{row.pk}/").content.decode() and "noindex" not in one
    for told in (page, one):
        assert "Ito" not in told and "Carol" not in told and "@mail" not in told


def test_what_is_not_public_is_there_for_its_author_alone(inside, carol, row, sam):
    inside.post(f"{BOX}new/", idea())
    own = Suggestion.objects.get(title="Open on Sundays")
    assert "once we have read it" in inside.get(f"{BOX}{own.pk}/").content.decode()
    assert Client().get(f"{BOX}{own.pk}/").status_code == 404
    assert "Sundays" not in inside.get(BOX).content.decode()
    deciding.change(own, shown="hidden", actor=sam)
    assert inside.get(f"{BOX}{own.pk}/").status_code == 404


def test_whoever_is_not_let_in_is_asked_and_comes_back(client, row, ticket, monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(visiting.EmailMessage, "send", lambda self: sent.append(self.body))
    asked = client.post(f"{BOX}{row.pk}/vote/", {"vote": "1"})["Location"]
    assert asked.startswith("/help/en/requests/?next=") and SuggestionVote.objects.count() == 1
    client.post(f"/help/en/requests/?next={BOX}{row.pk}/", {"email": "carol@mail.example"})
    link = re.search(r"https?://\S+(/help/\S+)", sent[0])[1]
    assert client.post(link)["Location"] == f"{BOX}{row.pk}/"
    for elsewhere in ("//evil.example/", "https://evil.example/", "/tickets/", "/help/en/../../x"):
        assert client.post(f"{link.partition('?')[0]}?next={elsewhere}")["Location"] == "/help/en/requests/"


def test_one_votes_and_takes_it_back(inside, row):
    page = f"{BOX}{row.pk}/"
    assert 'aria-pressed="false"' in inside.get(page).content.decode()
    assert inside.post(f"{page}vote/", {"vote": "1"})["Location"] == page
    assert 'aria-pressed="true"' in inside.get(page).content.decode()
    told = inside.post(f"{page}vote/", {"vote": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="false"' in told and "<html" not in told
    assert SuggestionVote.objects.count() == 1
    assert 'name="vote" value="1"' in inside.get(BOX).content.decode()
    assert 'name="vote"' not in Client().get(BOX).content.decode()


def test_what_is_there_already_is_shown_before_it_is_posted(inside, row):
    assert "Wrap &lt;gifts&gt;" in inside.get(f"{BOX}alike/?title=gift+wrapping").content.decode()
    twice = idea(title="Wrap gifts")
    told = inside.post(f"{BOX}new/", twice).content.decode()
    assert "Is it one of these?" in told and "It is something else" in told and "I work all week" in told
    assert Suggestion.objects.count() == 1
    inside.post(f"{BOX}new/", {**twice, "seen": "1"})
    inside.post(f"{BOX}new/", {**twice, "seen": "1"})
    assert Suggestion.objects.count() == 2


def test_machines_that_fill_every_field_leave_nothing(inside, row):
    inside.post(f"{BOX}new/", idea(website="https://x.example"))
    said = {"text": "Buy pills", "key": uuid.uuid4(), "website": "x"}
    inside.post(f"{BOX}{row.pk}/comments/", said)
    assert Suggestion.objects.count() == 1 and not SuggestionComment.objects.exists()


def test_a_comment_waits_and_is_shown_once_it_may_be(inside, row, sam):
    page, said = f"{BOX}{row.pk}/", {"text": "Me <b>too</b>", "key": uuid.uuid4()}
    for _ in range(2):
        inside.post(f"{page}comments/", said)
    assert "waits for approval" in inside.get(page).content.decode()
    assert "Me " not in Client().get(page).content.decode()
    deciding.show(SuggestionComment.objects.get(), "public", actor=sam)
    told = Client().get(page).content.decode()
    assert "Me &lt;b&gt;too" in told and "Carol" in told and "Reyes" not in told


def test_sorted_filtered_and_searched(client, row, carol, sam):
    later = posting.post(
        "Longer hours", "", language="en", customer=carol, key=uuid.uuid4(), centre=HelpCentre(pk=1)
    )
    deciding.change(later, shown="public", status="planned", actor=sam)
    posting.vote(row, customer=carol)

    def titles(query: str) -> list[str]:
        return re.findall(r"<h2>(.*?)</h2>", client.get(BOX + query).content.decode())

    assert titles("") == ["Wrap &lt;gifts&gt;", "Longer hours"]
    assert titles("?sort=new") == ["Longer hours", "Wrap &lt;gifts&gt;"]
    assert titles("?status=planned") == ["Longer hours"] == titles("?q=hour")
    assert titles("?status=bogus&sort=bogus&page=99") == titles("")
    assert client.get("/help/ru/ideas/").content.decode().count("<h2>") == 0
    assert client.get("/help/ru/ideas/?in=all").content.decode().count("<h2>") == 2


def test_one_united_with_another_leads_there(client, row, carol, sam):
    same = posting.post(
        "Gift paper", "", language="en", customer=carol, key=uuid.uuid4(), centre=HelpCentre(pk=1)
    )
    deciding.unite(deciding.change(same, shown="public", actor=sam), row, actor=sam)
    assert client.get(f"{BOX}{same.pk}/")["Location"] == f"{BOX}{row.pk}/"


def test_the_link_of_a_mail_ends_mail_by_a_press_alone(client, row):
    vote = SuggestionVote.objects.get()
    link = f"{BOX}leave/{telling.token_of(vote)}/"
    strict = Client(enforce_csrf_checks=True)  # mail programs have no cookie of ours
    assert "Send me no more mail" in strict.get(link).content.decode()
    vote.refresh_from_db()
    assert vote.wants_mail
    assert "no more mail about" in strict.post(link, {"List-Unsubscribe": "One-Click"}).content.decode()
    vote.refresh_from_db()
    assert not vote.wants_mail
    assert "does not work" in client.post(f"{BOX}leave/forged/").content.decode()


def test_switched_off_it_is_not_there(inside, row):
    assert BOX in inside.get("/help/en/").content.decode()
    HelpCentre.objects.create(pk=1, has_suggestions=False)
    assert BOX not in inside.get("/help/en/").content.decode()
    for url in ("", "new/", "alike/", f"{row.pk}/", "leave/x/"):
        assert inside.get(BOX + url).status_code == 404
    assert inside.post(f"{BOX}{row.pk}/vote/").status_code == 404


def test_whoever_posts_too_often_waits(inside):
    answers = [inside.post(f"{BOX}new/", idea(title=f"Wish {n}", seen="1")).status_code for n in range(7)]
    assert answers[5:] == [302, 429]


def test_each_brand_has_a_box_of_its_own(inside, row, carol, sam):
    HelpCentre.objects.create(pk=1)
    outlet = HelpCentre.objects.create(pk=2, name="Outlet", slug="outlet", position=1)
    centres.forget()
    key = uuid.uuid4()
    theirs = posting.post("Gift cards", "", language="en", customer=carol, key=key, centre=centres.every()[1])
    deciding.change(theirs, shown="public", actor=sam)
    there = f"/brands/outlet{BOX}"
    assert theirs.centre == outlet and "Gift cards" in inside.get(there).content.decode()
    assert "Gift cards" not in inside.get(BOX).content.decode() + inside.get(f"{BOX}?q=gift").content.decode()
    assert inside.get(f"{BOX}{theirs.pk}/").status_code == inside.get(f"{there}{row.pk}/").status_code == 404
    assert inside.post(f"{there}{theirs.pk}/vote/")["Location"].startswith("/brands/outlet/help/en/requests/")
    with pytest.raises(deciding.CannotUnite):
        deciding.unite(theirs, row, actor=sam)
    centres.forget()
