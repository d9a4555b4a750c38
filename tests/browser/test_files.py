"""Files beside the ticket in a real browser: pictures, texts and PDF one after the other, by keyboard."""

import os

import pytest
from playwright.sync_api import expect

from channels_app import files
from channels_app.messages import InboundFile
from helpdesk.demo import pictures
from tickets import intake
from tickets.inspection import checking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_walks_through_the_files_of_a_ticket(open_, alice, written):
    contents = {
        "crack.png": pictures.photo(1),
        "order.csv": "Rendelés;Ár\n1044;<b>12,50</b>\n".encode(),
        "invoice.pdf": pictures.document("Invoice 1044", "Oak table, 2 pieces"),
    }
    given = [
        InboundFile(sha256=files.store(each), size=len(each), name=name, content_type="text/plain")
        for name, each in contents.items()
    ]
    mail = intake.receive(written(files=tuple(given)))
    checking.drain()
    page = open_(alice, f"/tickets/{mail.ticket.number}/", width=375, height=700)
    gallery = page.locator("file-gallery dialog")
    page.locator("a.file", has_text="crack").click()
    expect(gallery.locator("img")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(gallery.get_by_role("cell", name="<b>12,50</b>")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(gallery.locator("canvas")).to_be_visible()
    expect(gallery.get_by_text("Oak table, 2 pieces")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    if folder := os.environ.get("SHOTS"):
        page.wait_for_timeout(800)
        page.screenshot(path=f"{folder}/pdf-375.png")
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(300)
        page.screenshot(path=f"{folder}/csv-375.png")
        for width, theme in ((1440, "light"), (1440, "dark")):
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(200)
            page.screenshot(path=f"{folder}/csv-{width}-{theme}.png")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(800)
        page.screenshot(path=f"{folder}/pdf-1440-dark.png")
    page.keyboard.press("Escape")
    expect(gallery).to_be_hidden()
