from datetime import timedelta

import pytest
from django.utils import timezone

from tests.tickets.web.conftest import HTMX
from tickets import assignment, bin, intake, lifecycle, properties, search
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
LIST_QUERIES = 12


def numbers(response) -> list[int]:
    return [int(row.number) for row in response.context["rows"]]


@pytest.fixture
def many(written) -> list[Ticket]:
    return [intake.receive(written(subject=f"Question {number}")).ticket for number in range(60)]


def test_the_root_leads_to_the_list(desk):
    assert desk.get("/").url == "/tickets/"


def test_each_view_shows_what_it_says(desk, alice, written):
    mine, nobody, done, spam, gone = (intake.receive(written()).ticket for _ in range(5))
    assignment.assign(mine, alice, actor=alice)
    lifecycle.resolve(done, actor=alice)
    bin.mark_spam(spam, actor=alice)
    bin.delete(gone, actor=alice)
    shown = {
        view: set(numbers(desk.get(f"/tickets/?view={view}")))
        for view in ("open", "mine", "unassigned", "all", "spam", "bin")
    }
    assert shown == {
        "open": {mine.number, nobody.number},
        "mine": {mine.number},
        "unassigned": {nobody.number},
        "all": {mine.number, nobody.number, done.number},
        "spam": {spam.number},
        "bin": {gone.number},
    }


def test_a_team_has_its_queue(desk, ticket, orders, returns):
    assert numbers(desk.get(f"/tickets/?view=team&team={orders.pk}")) == [ticket.number]
    assert numbers(desk.get(f"/tickets/?view=team&team={returns.pk}")) == []


def test_another_team_sees_nothing_of_it(as_, mallory, ticket):
    assert numbers(as_(mallory).get("/tickets/?view=all")) == []
    assert numbers(as_(mallory).get(f"/tickets/?q={ticket.number}")) == []


def test_a_row_says_what_matters(desk, alice, ticket):
    assignment.assign(ticket, alice, actor=alice)
    properties.set_kind(ticket, "complaint", actor=alice)
    properties.set_priority(ticket, 4, actor=alice)
    page = desk.get("/tickets/").content.decode()
    for words in ("Carol Reyes", "Where is my parcel?", "Complaint", "Urgent", "Alice Hartmann", "E-mail"):
        assert words in page


def test_words_of_strangers_stay_words(desk, written):
    intake.receive(written(subject="<script>alert(1)</script>", text="<b>bold</b>"))
    page = desk.get("/tickets/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>bold" not in page


def test_fifty_at_a_time_by_scrolling(desk, many):
    first = desk.get("/tickets/", headers=HTMX)
    second = desk.get(first.context["more"], headers=HTMX)
    assert len(numbers(first)) == 50
    assert sorted(numbers(first) + numbers(second)) == sorted(ticket.number for ticket in many)
    assert not second.context["more"]
    assert b'id="newest"' not in second.content


@pytest.mark.parametrize("query", ["view=nonsense", "before=nonsense", "team=x&view=team", "ticket=abc"])
def test_a_nonsense_address_shows_the_open_tickets(query, desk, ticket):
    assert numbers(desk.get(f"/tickets/?{query}")) == [ticket.number]


def test_search_finds_numbers_and_words(desk, ticket):
    search.index(Message.objects.values_list("pk", flat=True))
    for query in (ticket.number, f"%23{ticket.number}", "parcel", "carol@mail.example", "Reyes"):
        assert numbers(desk.get(f"/tickets/?q={query}")) == [ticket.number], query
    nothing = desk.get("/tickets/?q=giraffe")
    assert numbers(nothing) == []
    assert b"Nothing found" in nothing.content


def test_an_empty_search_asks_what_for(desk, ticket):
    page = desk.get("/tickets/?q=")
    assert numbers(page) == []
    assert b"What are you looking for?" in page.content


def test_an_empty_view_says_so(desk):
    assert b"All answered" in desk.get("/tickets/?view=mine").content


def test_a_chosen_ticket_stands_beside_the_list(desk, ticket):
    page = desk.get(f"/tickets/?ticket={ticket.number}")
    assert page.context["ticket"] == ticket
    assert b'aria-current="true"' in page.content


def test_a_ticket_of_others_does_not_open_beside_the_list(as_, mallory, ticket):
    page = as_(mallory).get(f"/tickets/?ticket={ticket.number}")
    assert (page.status_code, "ticket" in page.context) == (200, False), "the list stays, without it"


def test_new_tickets_are_counted(desk, ticket):
    since = timezone.now().isoformat()
    assert desk.get("/tickets/fresh/", {"since": since}).context["count"] == 0
    before = timezone.now() - timedelta(hours=1)
    assert desk.get("/tickets/fresh/", {"since": before.isoformat()}).context["count"] == 1


def test_counts_stand_in_the_navigation(desk, ticket):
    fragment = desk.get("/tickets/nav/", {"here": "/tickets/?view=mine"})
    views = {item.key: item for item in fragment.context["views"]}
    assert views["open"].count == "1"
    assert views["mine"].here
    assert not views["open"].here


def test_the_list_asks_few_questions(desk, many, django_assert_max_num_queries):
    desk.get("/tickets/")
    with django_assert_max_num_queries(LIST_QUERIES):
        desk.get("/tickets/")
    with django_assert_max_num_queries(LIST_QUERIES // 2):
        desk.get("/tickets/", headers=HTMX)


def test_the_address_narrows_a_list_as_it_does_in_the_api(desk, written, alice):
    loud, quiet = (
        intake.receive(written(subject="Loud")).ticket,
        intake.receive(written(subject="Quiet")).ticket,
    )
    properties.set_priority(loud, 4, actor=alice)
    page = desk.get("/tickets/?priority=urgent").content.decode()
    assert "Loud" in page and "Quiet" not in page
    assert f"/tickets/{loud.number}/?view=open&amp;priority=urgent" in page, "the way back keeps the filter"
    assert "Quiet" in desk.get("/tickets/?priority=enormous").content.decode(), "nonsense is left out"
    assert quiet.number


def test_a_desk_without_a_mailbox_leads_an_admin_to_one(client, ada, alice):
    """ "All answered" would be no help to somebody to whom nothing can come."""
    client.force_login(ada)
    assert 'href="/settings/mailboxes/new/"' in client.get("/tickets/").text
    assert "All answered" not in client.get("/tickets/").text
    client.force_login(alice)
    assert "All answered" in client.get("/tickets/").text


def test_with_a_mailbox_an_empty_list_is_good_news(client, ada, mailbox):
    client.force_login(ada)
    assert "All answered" in client.get("/tickets/").text
