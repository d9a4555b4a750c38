"""Admins switch the handing out of a team on."""

import pytest

from helpdesk.accounts.models import Membership
from tickets.models import TeamRouting

pytestmark = pytest.mark.django_db


def test_a_team_without_members_is_said_to_hand_nothing_out(client, ada, orders, alice):
    routing = TeamRouting.objects.create(team=orders, mode="off")
    client.force_login(ada)
    page = f"/admin/tickets/teamrouting/{routing.pk}/change/"
    given = {"mode": "least", "unowned_minutes": 60, "silent_minutes": 30, "absent_minutes": 0}
    assert "has no members" not in client.post(page, given, follow=True).content.decode()
    Membership.objects.filter(team=orders).delete()
    assert "has no members" not in client.post(page, {**given, "mode": "off"}, follow=True).content.decode()
    assert "has no members" in client.post(page, given, follow=True).content.decode()
    assert TeamRouting.objects.get().mode == "least"
