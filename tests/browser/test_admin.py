"""Django admin in a real browser under the policy: what its scripts do is allowed, or they go without."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tickets import bin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_load_without_a_complaint(open_, ada, ticket):
    page = open_(ada, "/admin/")
    expect(page.get_by_role("link", name="Tickets", exact=True).first).to_be_visible()
    for name, row in [("ticket", ticket), ("message", ticket.messages.get()), ("channel", ticket.channel)]:
        app = ticket.channel._meta.app_label if name == "channel" else "tickets"
        for what, args in (("changelist", []), ("change", [row.pk])):
            page.goto(reverse(f"admin:{app}_{name}_{what}", args=args))
            expect(page.locator("#content h1, #content h2").first).to_be_visible()


def test_a_member_is_found_by_typing(open_, ada, bob, returns):
    page = open_(ada, reverse("admin:accounts_team_change", args=[returns.pk]))
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill("marchetti")
    page.get_by_role("option", name="Bob Marchetti").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert list(returns.members.all()) == [bob]


def test_a_colleague_is_added(open_, ada, django_user_model):
    page = open_(ada, reverse("admin:accounts_user_add"))
    page.locator("#id_email").fill("dora@desk.example")
    page.locator("#id_name").fill("Dora")
    page.locator("#id_password1").fill("kettle zeppelin lamp")
    page.locator("#id_password2").fill("kettle zeppelin lamp")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert django_user_model.objects.filter(email="dora@desk.example").exists()


def test_an_action_is_chosen_and_done(open_, ada, alice, ticket):
    bin.delete(ticket, actor=alice)
    page = open_(ada, reverse("admin:tickets_ticket_changelist"))
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("restore")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".messagelist .success")).to_have_text("Done for 1 row.")
    ticket.refresh_from_db()
    assert ticket.is_on_desk
