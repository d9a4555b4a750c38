"""A policy that says nothing is refused, by the database and in words; what presses is found by its index."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tickets import narrowing
from tickets.models import SlaPolicy, Ticket

pytestmark = pytest.mark.django_db
NOTHING = {"first_reply": None, "next_reply": None, "resolution": None}
IDLE = {"hands_back": True, "escalate_minutes": None}


@pytest.mark.parametrize(
    ("change", "constraint"),
    [(NOTHING, "sla_policy_sets_a_time"), (IDLE, "sla_policy_escalates_to_hand_back")],
)
def test_what_is_missing_does_not_pass_for_said(policy, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SlaPolicy.objects.update(**change)
    assert (
        SlaPolicy.objects.update(resolution=None, next_reply=None, hands_back=True, escalate_minutes=5) == 1
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_reply": ""}, "Set one of the three times at least."),
        ({"hands_back": "on"}, "Say after how many minutes it is escalated."),
    ],
)
def test_django_admin_says_what_is_missing(client, ada, wrong, said):
    client.force_login(ada)
    given = {"name": "Quick", "position": "0", "first_reply": "30", "warn_share": "75"}
    shown = client.post("/admin/tickets/slapolicy/add/", {**given, **wrong})
    assert shown.status_code == 200 and said in shown.content.decode()
    assert not SlaPolicy.objects.exists()


@pytest.mark.parametrize(
    ("soon", "due", "presses"),
    [(-1, 1, True), (None, -1, True), (-2, -1, True), (1, 2, False), (None, 1, False), (-1, None, False)],
)
def test_what_is_due_soon_or_overdue_presses_unless_its_clock_is_paused(ticket, soon, due, presses):
    now = timezone.now()
    soon, due = (None if each is None else now + timedelta(days=9 * each) for each in (soon, due))
    Ticket.objects.filter(pk=ticket.pk).update(due_soon_at=soon, due_at=due)
    assert narrowing.pressing(Ticket.objects.all()).exists() is presses
