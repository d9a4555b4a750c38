"""Remote pictures in a real browser: kept back, shown by one click, hidden by another."""

import pytest
from playwright.sync_api import expect

from tests.tickets.inspection.test_raster import gif
from tickets import intake
from tickets.pictures import cache
from tickets.pictures.cache import Picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAR = "https://far.example/chair.gif"


def test_pictures_are_shown_by_one_click_and_hidden_by_another(open_, alice, written):
    cache.keep(FAR, Picture(content_type="image/gif", content=gif(40, 30) + b"\x2c\x3b"))
    mail = intake.receive(written(html=f'<h1>The chair</h1><p><img data-src="{FAR}" alt="chair"></p>'))
    page = open_(alice, f"/tickets/{mail.ticket.number}/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    picture = page.frame_locator("mail-frame iframe").locator("img")
    expect(picture).not_to_have_attribute("src", "x")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".caution")).to_contain_text("Pictures are shown through this desk.")
    expect(picture).to_have_attribute("src", f"/messages/{mail.pk}/pictures/0/")
    page.get_by_role("button", name="Hide").click()
    expect(page.locator(".caution")).to_contain_text("1 picture is not loaded")
    expect(picture).to_have_attribute("data-src", FAR)
    page.get_by_role("button", name="Always for this sender").click()
    expect(page.get_by_role("button", name="No longer for this sender")).to_be_visible()
    assert any("/pictures/0/" in url for url in asked) and not any("far.example" in url for url in asked)
