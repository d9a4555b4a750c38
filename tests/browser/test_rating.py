"""A customer rates their request, with the keyboard and without JavaScript; colleagues see it."""

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from knowledge.web import visitor
from tests.browser.test_screens import findings, wider_than_the_window
from tickets import lifecycle
from tickets.models import Rating

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_rating_is_for_everybody(open_, address, alice, ticket, company):
    lifecycle.resolve(ticket, actor=alice)
    session = SessionStore()
    session[visitor.SESSION] = ticket.customer_id
    session.create()
    page = open_(None, "/help/en/", java_script_enabled=False)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}
    page.context.add_cookies([cookie])
    page.goto(f"/help/en/requests/{ticket.number}/")
    page.get_by_label("Bad").check()
    page.get_by_label("What should we know?").fill("It took weeks.")
    page.get_by_role("button", name="Rate").click()
    assert page.get_by_role("status").inner_text().strip() == "Thank you. You rated this request: Bad."
    assert Rating.objects.get().comment == "It took weeks."
    page = open_(alice, f"/help/en/requests/{ticket.number}/", bypass_csp=True)
    page.context.add_cookies([cookie])
    page.goto(f"/help/en/requests/{ticket.number}/")
    wrong = findings(page) + wider_than_the_window(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark")
    wrong += findings(page)
    assert not wrong, "\n".join(wrong)
    page = open_(alice, f"/tickets/{ticket.number}/", bypass_csp=True)
    assert not findings(page)
