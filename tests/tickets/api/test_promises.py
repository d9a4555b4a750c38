"""Promises by the API: made, moved, kept, and told with a reply."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tickets.models import Promise

pytestmark = pytest.mark.django_db


def later(**span) -> str:
    return (timezone.now() + timedelta(**(span or {"hours": 8}))).isoformat()


def test_made_moved_and_kept(till, answered):
    made = till.post(f"tickets/{answered.number}/promises/", {"due_at": later()})
    assert made.status_code == 201
    pk = made.json()["id"]
    assert till.get(f"tickets/{answered.number}/").json()["promised_until"] == made.json()["due_at"]
    assert till.patch(f"promises/{pk}/", {"due_at": later(days=1)}).status_code == 200
    assert till.get("promises/?state=open&keeper=me").json()["results"][0]["id"] == pk
    assert till.get("promises/?state=lapsed").json()["results"] == []
    assert till.post(f"promises/{pk}/keeping/", {}).json()["state"] == "kept"


def test_a_reply_promises(till, answered):
    until = later(days=1)
    answer = till.post(f"tickets/{answered.number}/replies/", {"body": "By Friday.", "promised_until": until})
    assert answer.status_code == 201
    assert Promise.objects.get().message_id == answer.json()["id"]
    till.post(f"tickets/{answered.number}/replies/", {"body": "Size?", "keeps_promise": False})
    assert Promise.objects.get().state == "open"


def test_the_past_is_refused_at_its_field(till, answered):
    for path, body, pointer in (
        (f"tickets/{answered.number}/promises/", {"due_at": later(days=-1)}, "#/due_at"),
        (
            f"tickets/{answered.number}/replies/",
            {"body": "x", "promised_until": later(days=-1)},
            "#/promised_until",
        ),
    ):
        answer = till.post(path, body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
