"""Choosing what one is told of, and what the bell makes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.tickets.web.conftest import HTMX
from tickets import notifications
from tickets.models import Notification
from tickets.telling import ways

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


def test_what_is_not_wanted_in_the_page_is_not_under_the_bell(desk, alice, ticket):
    ways.choose(alice, {Kind.WOKEN: ways.Ways(page=False)}, digest="daily", hour=8)
    notifications.notify([alice], Kind.WOKEN, ticket=ticket)
    assert desk.get("/notifications/").context["lines"] == []
    assert desk.get("/tickets/nav/").context["unread"] == ""
    assert Notification.objects.get().is_quiet


def test_the_bell_rings_for_what_is_to_be_heard(desk, alice, ticket):
    notifications.notify([alice], Kind.WOKEN, ticket=ticket)
    assert b"<bell-sound" not in desk.get("/notifications/", headers=HTMX).content
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    newest = Notification.objects.latest("pk").created_at
    assert (
        f'data-rings="{int(newest.timestamp() * 1000)}"'
        in desk.get("/notifications/", headers=HTMX).content.decode()
    )
    Notification.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert b"<bell-sound" not in desk.get("/notifications/", headers=HTMX).content


def test_ways_are_chosen_on_a_page(desk, alice):
    page = desk.get("/notifications/settings/").content.decode()
    for kind in Kind.values:
        assert f'name="{kind}-sound"' in page
    given = {"woken-page": "on", "woken-mail": "digest", "digest": "hourly", "hour": "17"}
    assert desk.post("/notifications/settings/", given).status_code == 302
    telling = ways.kept(alice)
    assert (telling.digest, telling.hour) == ("hourly", 17)
    assert ways.chosen(telling, Kind.WOKEN) == ways.Ways(page=True, sound=False, mail="digest")
    assert not ways.chosen(telling, Kind.MENTIONED).page
    assert desk.post("/notifications/settings/", {**given, "hour": "25"}).status_code == 422
