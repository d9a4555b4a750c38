"""Tickets of a topic go to those who have read what it needs."""

import pytest

from sop import needing, training, writing
from tests.tickets.routing import conftest as routing_desk
from tickets import assignment
from tickets.models import Event, Ticket, Topic
from tickets.routing import distributing
from tickets.web import history
from tickets.web.names import Names

pytestmark = pytest.mark.django_db
fresh_rules, routing, there = routing_desk.fresh_rules, routing_desk.routing, routing_desk.there
waiting = routing_desk.waiting


@pytest.fixture
def topic(edition, sam):
    """Of lost parcels, a part of what the procedure is needed for."""
    wide = Topic.objects.create(key="parcels", labels={"en": "Parcels"})
    writing.place(edition.wording.procedure, actor=sam, needed_for=[wide])
    return Topic.objects.create(key="gone", labels={"en": "Gone"}, parent=wide)


def owner(ticket: Ticket):
    return Ticket.objects.get(pk=ticket.pk).assignee


def test_routing_waits_for_somebody_who_has_read_it(topic, edition, waiting, there, alice, bob, sam, client):
    [ticket] = waiting()
    Ticket.objects.filter(pk=ticket.pk).update(verdict={"topic": topic.key})
    assert distributing.drain() == 0 and owner(ticket) is None
    client.force_login(sam)
    board = client.get("/crew/").content.decode()
    assert "not given to Alice" in board and edition.title in board
    training.acknowledge(edition, user=bob)
    assert distributing.drain() == 1 and owner(ticket) == bob
    event = ticket.events.filter(kind=Event.Kind.ASSIGNED).latest("id")
    assert "others have not read yet what it needs" in history.sentence(event, Names())
    assignment.assign(ticket, None, actor=sam)
    url = f"/tickets/{ticket.number}/assignee/"
    said = client.post(url, {"value": alice.pk}, headers={"HX-Request": "true"}).content.decode()
    assert owner(ticket) == alice
    assert f"{alice} has not read yet what this topic needs" in said


def test_it_is_put_before_them_and_read_in_any_version(topic, edition, alice, sam, django_assert_num_queries):
    assert training.waiting(alice) == [edition]
    assert needing.unread([alice.pk])[alice.pk][0].topics == {"gone", "parcels"}
    training.acknowledge(edition, user=alice)
    writing.publish(
        writing.save(edition.wording, title="New", summary="", words="", rows=edition.steps, actor=sam),
        actor=sam,
    )
    assert training.waiting(alice) == [] and needing.unread([alice.pk]) == {}
    edition.wording.procedure.needed_for.clear()
    with django_assert_num_queries(1):
        assert needing.unread([alice.pk, sam.pk]) == {}


def test_nobody_is_kept_off_by_what_is_for_another_team(topic, edition, alice, mallory, sam, orders):
    writing.place(edition.wording.procedure, actor=sam, teams=[orders])
    assert set(needing.unread([alice.pk, mallory.pk])) == {alice.pk}
