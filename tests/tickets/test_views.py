"""Saved views: who may make which, what they keep, and what they hold."""

import pytest

from helpdesk.accounts.models import Company, User
from tickets import access, assignment, filters, intake, lifecycle, orders, properties, views
from tickets.models import Ticket, View

pytestmark = pytest.mark.django_db


def make(actor, title="Loud", **given) -> View:
    return views.make(title, actor=actor, **{"owner": actor, "filters": {"priority": "urgent"}, **given})


def test_ones_own_view_is_for_oneself(alice, bob):
    view = make(alice)
    assert access.views(alice).get() == view
    assert not access.views(bob).exists()
    with pytest.raises(views.NotYours):
        views.change(view, actor=bob, title="Mine")


@pytest.mark.parametrize(
    ("person", "kind", "allowed"),
    [
        ("alice", "me", True),
        ("alice", "team", False),
        ("alice", "everybody", False),
        ("sam", "team", True),
        ("sam", "elsewhere", False),
        ("sam", "everybody", True),
        ("ada", "elsewhere", True),
        ("ada", "everybody", True),
    ],
)
def test_who_makes_which_view(person, kind, allowed, request, orders, returns):
    actor = request.getfixturevalue(person)
    home = {"owner": actor if kind == "me" else None}
    home |= {"team": {"team": orders, "elsewhere": returns}.get(kind)}
    if allowed:
        assert make(actor, **home).pk
    else:
        with pytest.raises(views.NotYours):
            make(actor, **home)


def test_a_view_may_not_be_pushed_upon_others(alice, orders):
    view = make(alice)
    with pytest.raises(views.NotYours):
        views.change(view, actor=alice, owner=None, team=orders)


def test_a_teams_view_is_for_the_team(ada, alice, mallory, orders):
    view = make(ada, owner=None, team=orders)
    assert access.views(alice).get() == view
    assert not access.views(mallory).exists()
    Company.objects.create(pk=1, open_desk=True)
    assert access.views(User.objects.get(pk=mallory.pk)).get() == view


def test_whose_a_view_is_decides_nothing_about_its_tickets(ada, alice, mallory, ticket):
    everybodys = make(ada, owner=None, filters={"view": "open"})
    held = {user: list(filters.matching(user, {"view": everybodys.key})) for user in (alice, mallory)}
    assert [list(found) for found in held[alice]] == [[ticket]]
    assert [list(found) for found in held[mallory]] == [[]]


def test_another_ones_view_holds_nothing(alice, bob, ticket):
    view = make(alice, filters={"view": "open"})
    assert [list(found) for found in filters.matching(bob, {"view": view.key})] == [[]]


@pytest.mark.parametrize(
    "wrong",
    [{"priority": "enormous"}, {"colour": "red"}, {"q": "parcel"}, {"view": "7"}, {"waiting_for": "soon"}],
)
def test_a_view_of_nonsense_is_refused(alice, wrong):
    with pytest.raises(views.Nonsense):
        make(alice, filters=wrong)


def test_so_many_views_and_no_more(alice, monkeypatch):
    monkeypatch.setattr(views, "MOST", 2)
    assert [make(alice).position, make(alice).position] == [1, 2]
    with pytest.raises(views.TooManyViews):
        make(alice)


def test_a_removed_view_leaves_its_tickets(alice, ticket):
    views.remove(make(alice), actor=alice)
    assert not View.objects.exists()
    assert Ticket.objects.get() == ticket


@pytest.fixture
def several(written, alice) -> list[Ticket]:
    made = [intake.receive(written(subject=f"Question {number}")).ticket for number in range(7)]
    for ticket, priority in zip(made, (2, 4, 2, 3, 2, 4, 2), strict=True):
        properties.set_priority(ticket, priority, actor=alice)
    lifecycle.set_status(made[1], "waiting", actor=alice)  # nobody waits for us there
    return made


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("-last_message", [6, 5, 4, 3, 2, 1, 0]),
        ("last_message", [0, 1, 2, 3, 4, 5, 6]),
        ("waiting", [0, 2, 3, 4, 5, 6, 1]),
        ("urgent", [5, 1, 3, 0, 2, 4, 6]),
        ("due", [0, 1, 2, 3, 4, 5, 6]),
        ("-created", [6, 5, 4, 3, 2, 1, 0]),
        ("created", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_every_order_goes_on_where_the_page_ended(several, alice, order, expected, limit):
    found, before = [], ""
    while True:
        page = filters.listed(alice, "open", order=order, before=before, limit=limit)
        found += [int(ticket.subject.split()[1]) for ticket in page.tickets]
        before = page.next
        if not before:
            break
    assert found == expected


def test_every_order_is_tested():
    assert list(orders.ORDERS) == [
        "-last_message",
        "last_message",
        "waiting",
        "urgent",
        "due",
        "-created",
        "created",
    ]


@pytest.mark.parametrize(
    ("narrow", "expected"),
    [
        ({"without_tag": "oak"}, {"Plain"}),
        ({"tag": "oak"}, {"Oak"}),
        ({"replied": "true"}, set()),
        ({"replied": "false"}, {"Oak", "Plain"}),
        ({"escalated": "true"}, set()),
        ({"team": "mine"}, {"Oak", "Plain"}),
        ({"created_within": "4h"}, {"Oak"}),
        ({"quiet_for": "1d"}, {"Plain"}),
        ({"active_within": "1h"}, {"Oak"}),
        ({"waiting_for": "1d"}, {"Plain"}),
        ({"assignee": "me"}, {"Oak"}),
        ({"organisation": "1"}, set()),
    ],
)
def test_what_a_view_may_ask_for(narrow, expected, written, alice):
    oak = intake.receive(written(subject="Oak")).ticket
    plain = intake.receive(written(subject="Plain")).ticket
    properties.set_tags(oak, ["oak"], actor=alice)
    assignment.assign(oak, alice, actor=alice)
    long_ago = "2020-01-01T00:00:00Z"
    Ticket.objects.filter(pk=plain.pk).update(
        created_at=long_ago, last_message_at=long_ago, waiting_since=long_ago
    )
    found = filters.listed(alice, "open", narrow=views.sound(narrow, alice)).tickets
    assert {ticket.subject for ticket in found} == expected
