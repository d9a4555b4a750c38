"""Work is moved on the board of supervisors: by dragging, and by the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tickets import intake
from tickets.models import Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_tickets_are_dragged_to_a_colleague_or_given_by_keys(open_, sam, alice, bob, written):
    one, two, three = (intake.receive(written(subject=f"Question {n}")).ticket for n in range(3))
    page = open_(sam, "/crew/")
    place = page.get_by_role("region", name=bob.name)
    page.get_by_role("checkbox", name="Question 1").check()
    page.locator(f"#work-{one.number}").drag_to(place)  # alone: the ticked one stays
    expect(place.locator(f"#work-{one.number}")).to_be_visible()
    assert list(Ticket.objects.filter(assignee=bob)) == [one]
    page.get_by_role("checkbox", name="Question 1").check()
    page.get_by_role("checkbox", name="Question 2").check()
    page.locator(f"#work-{two.number}").drag_to(place)  # with a ticked one go all that are
    expect(place.locator("li[draggable]")).to_have_count(3)
    page.locator(f"#work-{three.number} input").focus()
    page.keyboard.press("Space")
    page.get_by_role("region", name=alice.name).get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=alice.name).locator(f"#work-{three.number}")).to_be_visible()
    page.locator(f"#work-{one.number}").drag_to(page.locator(".card.waiting"))
    expect(page.locator(f".waiting #work-{one.number}")).to_be_visible()
    found = Ticket.objects.order_by("pk").values_list("assignee", flat=True)
    assert list(found) == [None, bob.pk, alice.pk]
