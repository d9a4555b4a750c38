"""Tickets that hang together: parts, kin and duplicates, told on both, seen by those who may."""

import pytest
from django.http import Http404

from tickets import assignment, intake, linking, ties
from tickets.models import Event, Link, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(written) -> Ticket:
    return intake.receive(written(subject="Another parcel")).ticket


@pytest.fixture
def third(written) -> Ticket:
    return intake.receive(written(subject="A third one")).ticket


@pytest.mark.parametrize("relation", linking.RELATIONS)
def test_both_know_what_they_are_to_each_other(relation, ticket, other, alice):
    made = linking.link(ticket, other, relation, actor=alice)
    assert linking.relation(made, ticket) == relation
    assert linking.relation(made, other) == linking.TURNED[relation]
    told = {each.ticket_id: each.data for each in Event.objects.filter(kind="linked")}
    assert told[ticket.pk]["relation"] == relation and told[other.pk]["relation"] == linking.TURNED[relation]
    assert "other" not in told[ticket.pk], "who may not see the other one does not learn its number"
    linking.link(ticket, other, relation, actor=alice)
    assert Event.objects.filter(kind="linked").count() == 2, "what is so already is not told again"


def test_a_new_link_takes_the_place_of_the_old_one(ticket, other, alice):
    linking.link(ticket, other, "related", actor=alice)
    linking.link(other, ticket, "part", actor=alice)
    made = Link.objects.get()
    assert (made.kind, made.source, made.target) == ("part", other, ticket)


def test_it_is_taken_away_once(ticket, other, alice):
    made = linking.link(ticket, other, "part", actor=alice)
    for _ in range(2):
        linking.unlink(made, actor=alice)
    assert not Link.objects.exists() and Event.objects.filter(kind="unlinked").count() == 2


def test_no_ticket_is_linked_with_itself_or_goes_round(ticket, other, third, alice):
    with pytest.raises(linking.CannotLink):
        linking.link(ticket, ticket, "related", actor=alice)
    linking.link(ticket, other, "part", actor=alice)
    linking.link(other, third, "part", actor=alice)
    with pytest.raises(linking.CannotLink):
        linking.link(third, ticket, "part", actor=alice)


@pytest.mark.parametrize("relation", ["part", "duplicate"])
def test_there_is_one_whole_and_one_original(relation, ticket, other, third, alice):
    linking.link(ticket, other, relation, actor=alice)
    with pytest.raises(linking.CannotLink):
        linking.link(ticket, third, relation, actor=alice)


def test_a_duplicate_is_resolved_and_points_to_where_it_goes_on(ticket, other, alice):
    linking.settle_duplicate(ticket, other, actor=alice)
    ticket.refresh_from_db()
    assert ticket.status == "resolved" and Link.objects.get().target == other


def test_of_the_other_one_is_seen_what_access_allows(ticket, other, alice, ada, returns):
    made = linking.link(ticket, other, "related", actor=alice)
    assert ties.links(alice, ticket).get().seen
    assignment.move(other, returns, actor=ada)
    assert not ties.links(alice, ticket).get().seen
    assert ties.links(ada, ticket).get().seen
    with pytest.raises(Http404):
        ties.link(alice, ticket, made.pk)


def test_the_open_parts_are_those_not_finished(ticket, other, third, alice):
    for part in (other, third):
        linking.link(part, ticket, "part", actor=alice)
    Ticket.objects.filter(pk=third.pk).update(status="resolved")
    assert linking.open_parts(ticket) == [other]
