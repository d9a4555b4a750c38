"""Files shown beside the ticket: escaped, by whom may have them, never before they were looked into."""

import pytest

from channels_app import files
from channels_app.messages import InboundFile
from tests.tickets.inspection.test_raster import png
from tests.tickets.web.conftest import HTMX
from tickets import intake
from tickets.inspection import checking
from tickets.models import Attachment

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def files_of(written):
    """Carol's mail with files that were looked into, by name."""

    def send(**contents: bytes) -> dict[str, Attachment]:
        given = [
            InboundFile(
                sha256=files.store(content),
                size=len(content),
                name=name.replace("_", "."),
                content_type="application/octet-stream",
            )
            for name, content in contents.items()
        ]
        intake.receive(written(files=tuple(given)))
        checking.drain()
        return {file.name: file for file in Attachment.objects.all()}

    return send


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_text_is_escaped_and_a_table_is_one(headers, desk, files_of):
    found = files_of(log_txt=b"<b>12:01</b> & so on", orders_csv="id;név\n7;Ödön\n".encode("cp1250"))
    shown = desk.get(f"/attachments/{found['log.txt'].pk}/preview/", headers=headers).text
    assert "&lt;b&gt;12:01&lt;/b&gt; &amp; so on" in shown and ("<html" in shown) is not bool(headers)
    table = desk.get(f"/attachments/{found['orders.csv'].pk}/preview/", headers=headers).text
    assert "<td>Ödön</td>" in table


def test_the_gallery_takes_pictures_texts_and_pdf_together(desk, files_of):
    found = files_of(a_png=png(9, 9), b_txt=b"Hello", c_pdf=PDF, d_bin=b"\x00\x01" * 40)
    page = desk.get(f"/tickets/{found['a.png'].message.ticket.number}/").text
    for name, kind in (("a.png", "picture"), ("b.txt", "text"), ("c.pdf", "pdf")):
        assert f'data-preview="{kind}" data-name="{name}"' in page
    assert 'data-name="d.bin"' not in page
    Attachment.objects.filter(name="d.bin").update(state=Attachment.State.CLEAN)
    viewer = desk.get(f"/attachments/{found['c.pdf'].pk}/preview/", headers=HTMX).text
    assert "<pdf-pages" in viewer and f'data-file="/attachments/{found["c.pdf"].pk}/c.pdf"' in viewer
    assert "no preview" in desk.get(f"/attachments/{found['d.bin'].pk}/preview/").text


def test_the_file_of_a_pdf_itself_still_runs_nothing(desk, files_of):
    file = files_of(c_pdf=PDF)["c.pdf"]
    answer = desk.get(f"/attachments/{file.pk}/c.pdf")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_is_held_or_of_others_is_not_shown(desk, files_of, as_, mallory):
    file = files_of(log_txt=b"secret words")["log.txt"]
    at = f"/attachments/{file.pk}/preview/"
    assert as_(mallory).get(at).status_code == 404
    Attachment.objects.update(state=Attachment.State.HELD)
    answer = desk.get(at)
    assert answer.status_code == 403 and "secret words" not in answer.text


def test_bytes_that_are_gone_are_not_found(desk, files_of):
    file = files_of(log_txt=b"words that were lost")["log.txt"]
    Attachment.objects.update(sha256="0" * 64)
    assert desk.get(f"/attachments/{file.pk}/preview/").status_code == 404
