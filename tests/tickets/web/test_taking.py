"""A ticket printed, taken out as a file, and held against others."""

import uuid

import pytest

from channels_app import files
from channels_app.messages import InboundFile
from tests.tickets.inspection.test_raster import png
from tests.tickets.web.conftest import HTMX
from tickets import exporting, intake, replies, similar

pytestmark = pytest.mark.django_db


def at(ticket, name: str) -> str:
    return f"/tickets/{ticket.number}/{name}/"


def test_the_page_to_print_has_all_and_notes_when_asked(desk, ticket, alice):
    replies.add_note(ticket, author=alice, body="Between us", key=uuid.uuid4())
    plain, whole = desk.get(at(ticket, "paper")).text, desk.get(at(ticket, "paper") + "?notes=1").text
    assert "my parcel TP-1 has not come" in plain and "Between us" not in plain
    assert "Between us" in whole


@pytest.mark.parametrize(
    ("form", "kind", "ending"), [("pdf", "application/pdf", "pdf"), ("eml", "application/zip", "zip")]
)
def test_taken_out_it_is_saved_and_told(desk, ticket, form, kind, ending):
    answer = desk.post(at(ticket, "export"), {"form": form})
    assert (answer["Content-Type"], f"ticket-{ticket.number}.{ending}" in answer["Content-Disposition"]) == (
        kind,
        True,
    )
    assert "attachment" in answer["Content-Disposition"] and b"".join(answer.streaming_content)
    assert "Taken out as a file by Alice Hartmann" in desk.get(at(ticket, "history"), headers=HTMX).text


def test_nonsense_and_too_many_are_refused(desk, ticket, monkeypatch):
    assert desk.post(at(ticket, "export"), {"form": "doc"}, headers=HTMX).status_code == 409
    monkeypatch.setattr(exporting.taking, "MOST", 0)
    assert desk.post(at(ticket, "export"), {"form": "pdf"}, headers=HTMX).status_code == 409


def test_another_team_takes_nothing(as_, mallory, ticket):
    for name in ("paper", "similar"):
        assert as_(mallory).get(at(ticket, name)).status_code == 404
    assert as_(mallory).post(at(ticket, "export"), {"form": "pdf"}).status_code == 404


def test_similar_ones_are_asked_for_apart(desk, ticket, monkeypatch):
    assert 'hx-get="/tickets/' in desk.get(at(ticket, "")[:-1]).text
    monkeypatch.setattr(similar, "find", lambda *given: [ticket])
    assert "Where is my parcel?" in desk.get(at(ticket, "similar"), headers=HTMX).text


def test_pictures_stand_in_the_gallery(desk, written):
    picture = png(9, 9)
    file = InboundFile(name="a.png", content_type="image/png", sha256=files.store(picture), size=len(picture))
    ticket = intake.receive(written(files=(file,))).ticket
    shown = desk.get(f"/tickets/{ticket.number}/").text
    assert 'data-preview="picture" data-name="a.png"' in shown and "<file-gallery" in shown
