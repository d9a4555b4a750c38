"""Checklist, time and buttons at the ticket, and how admins set them up."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.tickets.web.conftest import HTMX
from tickets.models import Checklist, Shortcut, Step, TimeSpent

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(ticket) -> str:
    return f"/tickets/{ticket.number}/"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_steps_are_added_ticked_and_removed(headers, desk, at):
    Checklist.objects.create(title="Lost parcel", steps=["Ask for a photo"])
    assert "Lost parcel" in desk.get(f"{at}checklist/", headers=headers).content.decode()
    desk.post(f"{at}checklist/", {"text": "Ring them"}, headers=headers)
    desk.post(f"{at}checklist/", {"template": Checklist.objects.get().pk}, headers=headers)
    first, second = Step.objects.order_by("id")
    desk.post(f"{at}checklist/{first.pk}/", {"done": "1"}, headers=headers)
    assert "1 of 2 done" in desk.get(at).content.decode()
    assert "Alice Hartmann" in desk.get(f"{at}checklist/", headers=headers).content.decode()
    desk.post(f"{at}checklist/{first.pk}/", {"done": ""}, headers=headers)
    desk.post(f"{at}checklist/{second.pk}/removal/", headers=headers)
    assert "0 of 1 done" in desk.get(at).content.decode()
    assert desk.post(f"{at}checklist/", {"text": " "}, headers=headers).status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_time_is_written_down_summed_and_taken_away(headers, desk, at):
    given = {"minutes": "80", "note": "Rang them", "key": str(uuid4())}
    for _ in range(2):
        desk.post(f"{at}time/", given, headers=headers)
    assert "1 h 20 min" in desk.get(at).content.decode()
    page = desk.get(f"{at}time/", headers=headers).content.decode()
    assert "Rang them" in page and "work-timer" in page
    desk.post(f"{at}time/{TimeSpent.objects.get().pk}/removal/", headers=headers)
    assert not TimeSpent.objects.exists()
    assert desk.post(f"{at}time/", {"minutes": "0"}, headers=headers).status_code == 422


def test_buttons_stand_beside_the_ticket(desk, at):
    Shortcut.objects.create(label="Shop", url="https://shop.example/?q={customer.email}")
    Shortcut.objects.create(label="Phone book", url="https://phone.example/{customer.phone}")
    page = desk.get(at).content.decode()
    link = 'href="https://shop.example/?q=carol%40mail.example" target="_blank" rel="noopener noreferrer"'
    assert link in page and "Phone book" in page and "phone.example" not in page


def test_admins_set_up_buttons_and_checklists(as_, ada):
    desk = as_(ada)
    add = reverse("admin:tickets_shortcut_add")
    wrong = desk.post(add, {"label": "X", "url": "javascript:alert(1)", "position": "0", "is_active": "on"})
    assert wrong.status_code == 200 and not Shortcut.objects.exists()
    desk.post(add, {"label": "X", "url": "https://x.example/", "position": "0", "is_active": "on"})
    assert Shortcut.objects.get().url == "https://x.example/"
    given = {"title": "Lost", "lines": "One\n\n Two ", "position": "0", "is_active": "on"}
    desk.post(reverse("admin:tickets_checklist_add"), given)
    assert Checklist.objects.get().steps == ["One", "Two"]
