"""The best of the newest hits: by the words' places, then what is open, one's own, and recent."""

import pytest

from tickets import assignment, filters, intake, lifecycle, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(written):
    def make(subject: str, text: str = "Good morning."):
        message = intake.receive(written(subject=subject, text=text))
        search.index([message.pk])
        return message.ticket

    return make


def found(user, query, **given) -> list[str]:
    return [ticket.subject for ticket in filters.listed(user, "", query=query, order="best", **given).tickets]


def test_words_in_the_subject_and_close_together_come_first(say, alice):
    say("Kettle leaks")
    say("Together", "The red kettle leaks.")
    say("Apart", "The kettle is blue. " + "My sofa is fine and so are the chairs. " * 4 + "The tap leaks.")
    assert found(alice, "kettle leaks") == ["Kettle leaks", "Together", "Apart"]
    newest = [ticket.subject for ticket in filters.listed(alice, "", query="kettle leaks").tickets]
    assert newest == ["Apart", "Together", "Kettle leaks"], "as they come without asking for it"


def test_what_is_open_and_ones_own_comes_before_the_same(say, alice, bob):
    mine, done = say("Mine", "A kettle."), say("Done", "A kettle.")
    say("Open", "A kettle.")
    assignment.assign(mine, alice, actor=alice)
    lifecycle.close(done, actor=alice)
    assert found(alice, "kettle") == ["Mine", "Open", "Done"]
    assert found(bob, "kettle")[-1] == "Done"


def test_a_number_is_the_best_hit(say, alice):
    wanted = say("Wanted")
    say("Other", f"As I said in {wanted.number} before, {wanted.number} is mine")
    assert found(alice, str(wanted.number))[0] == "Wanted"


def test_page_by_page_each_once(say, alice):
    for number in range(5):
        say(f"Kettle {number}")
    first = filters.listed(alice, "", query="kettle", order="best", limit=2)
    second = filters.listed(alice, "", query="kettle", order="best", limit=2, before=first.next)
    last = filters.listed(alice, "", query="kettle", order="best", limit=2, before=second.next)
    shown = [ticket.pk for page in (first, second, last) for ticket in page.tickets]
    assert (len(shown), len(set(shown)), last.next) == (5, 5, "")
    assert len(filters.listed(alice, "", query="kettle", order="best", before="best-x").tickets) == 5


def test_only_what_one_may_see_and_what_narrows_it(say, alice, mallory):
    lifecycle.close(say("Kettle closed"), actor=alice)
    say("Kettle open")
    assert found(mallory, "kettle") == []
    assert found(alice, "kettle is:closed") == ["Kettle closed"]
    assert found(alice, "is:closed") == ["Kettle closed"], "without words by time"
    assert found(alice, "kettl") and found(alice, "nothing of it") == []


def test_the_page_offers_both_ways(client, say, alice):
    say("Kettle one"), say("Kettle two")
    client.force_login(alice)
    page = client.get("/tickets/?q=kettle&order=best").content.decode()
    assert "Newest first" in page and 'order=best" aria-current="true"' in page
