import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from channels_app import files
from channels_app.messages import InboundFile
from tests.tickets.inspection.samples import zipped
from tests.tickets.inspection.test_raster import png
from tests.tickets.web.conftest import HTMX
from tickets import intake, replies
from tickets.inspection import checking
from tickets.models import Attachment, Message
from tickets.templatetags import desk as desk_tags
from tickets.web import rich
from tickets.web.files import disposition

pytestmark = pytest.mark.django_db


def stored(name: str, content_type: str, **more) -> InboundFile:
    """A file as it came: a real picture where it says so, else a few words that nobody sent before."""
    content = png(9, 9) if content_type == "image/png" else b""
    content += f"{name} {uuid.uuid4()}".encode()
    return InboundFile(
        sha256=files.store(content), size=len(content), name=name, content_type=content_type, **more
    )


@pytest.fixture
def mail(written) -> Message:
    """Carol's mail with pictures, a page and a drawing that may hold scripts."""
    html = '<p>See <img src="cid:logo"> and <img data-src="https://far.example/p.png"></p>'
    inbound = written(
        html=html,
        files=(
            stored("photo.png", "image/png"),
            stored("words.txt", "text/plain"),
            stored("fake.png", "image/jpeg"),
            stored("page.html", "text/html"),
            stored("drawing.svg", "image/svg+xml"),
            stored("logo.png", "image/png", content_id="logo", inline=True),
        ),
    )
    return intake.receive(inbound)


def address(message: Message, name: str) -> str:
    file = Attachment.objects.get(message=message, name=name)
    return f"/attachments/{file.pk}/{name}"


def content(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("name", "kind", "content_type"),
    [
        ("photo.png", "inline", "image/png"),
        ("words.txt", "attachment", "application/octet-stream"),
        ("fake.png", "attachment", "application/octet-stream"),
    ],
)
def test_a_file_cannot_act_here(name, kind, content_type, desk, mail):
    """A picture is one by its bytes; everything else is saved."""
    checking.drain()
    response = desk.get(address(mail, name))
    assert name.encode() in content(response)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith(kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "private" in response["Cache-Control"]


def test_a_file_comes_in_parts(desk, mail):
    checking.drain()
    part = desk.get(address(mail, "words.txt"), headers={"Range": "bytes=0-4"})
    assert (part.status_code, content(part)) == (206, b"words")
    assert desk.get(address(mail, "words.txt"), headers={"Range": "bytes=999-"}).status_code == 416
    known = desk.get(address(mail, "words.txt"), headers={"If-None-Match": part["ETag"]})
    assert known.status_code == 304


@pytest.mark.parametrize("name", ["page.html", "drawing.svg"])
def test_what_is_held_stays_here_and_says_why(name, desk, mail):
    refused = desk.get(address(mail, name))
    assert refused.status_code == 403 and "Try again in a moment" in refused.content.decode()
    checking.drain()
    refused = desk.get(address(mail, name), headers={"Range": "bytes=0-4"})
    page = refused.content.decode()
    assert refused.status_code == 403 and "It is a page that can run scripts in the browser." in page
    assert "A supervisor can release it." in page and "Release" not in page.replace("release it", "")
    stream = desk.get(f"/tickets/{mail.ticket.number}/").content.decode()
    assert f'href="{address(mail, name)}"' not in stream and 'data-state="blocked"' in stream
    assert f'data-file="{address(mail, "words.txt")}"' in stream


def test_a_supervisor_releases_it_and_an_agent_cannot(as_, desk, sam, mail):
    checking.drain()
    held = Attachment.objects.get(name="page.html")
    assert desk.post(f"/attachments/{held.pk}/release/").status_code == 403
    response = as_(sam).post(f"/attachments/{held.pk}/release/", headers=HTMX)
    assert "can be saved now" in response.content.decode()
    assert content(desk.get(address(mail, "page.html"))).startswith(b"page.html")
    history = desk.get(f"/tickets/{mail.ticket.number}/history/").content.decode()
    assert "A held file released by Sam Okafor" in history


def test_what_is_inside_an_archive_stands_beside_it(desk, written):
    packed = zipped(photo__png=png(4, 4), notes__txt=b"words")
    file = InboundFile(sha256=files.store(packed), size=len(packed), name="holiday.zip")
    mail = intake.receive(written(files=(file,)))
    checking.drain()
    page = desk.get(f"/tickets/{mail.ticket.number}/").content.decode()
    assert "2 files inside" in page and "photo.png" in page and "notes.txt" in page


def test_a_colleague_is_warned_of_what_they_attach(desk, ticket):
    dangerous = SimpleUploadedFile("setup.exe", b"MZ" + bytes(300))
    given = {"mode": "reply", "body": "See there", "files": dangerous}
    page = desk.post(f"/tickets/{ticket.number}/draft/files/", given, headers=HTMX).content.decode()
    assert "It is a program." in page and 'data-state="marked"' in page


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("invoice.pdf", ("invoice", ".pdf")),
        ("invoice.pdf.exe", ("invoice", ".pdf.exe")),
        ("invoice.pdf                         .exe", ("invoice.pdf ", ".exe")),
        ("a\u202efdp.exe", ("afdp", ".exe")),
        ("version 1.2 of it", ("version 1.2 of it", "")),
        ("README", ("README", "")),
        (".htaccess", (".htaccess", "")),
    ],
)
def test_the_ending_of_a_name_is_never_clipped(name, parts):
    assert desk_tags.stem_and_ending(Attachment(name=name)) == parts


def test_another_team_gets_no_file_and_no_mail(as_, mallory, mail):
    client = as_(mallory)
    for path in (address(mail, "photo.png"), f"/messages/{mail.pk}/html/", f"/messages/{mail.pk}/raw/"):
        assert client.get(path).status_code == 404


def test_a_file_that_is_gone_from_the_store_is_not_found(desk, mail):
    Attachment.objects.update(sha256="0" * 64, state="clean")
    assert desk.get(address(mail, "photo.png")).status_code == 404


def test_a_mail_in_its_frame_runs_nothing_and_loads_nothing_from_elsewhere(desk, mail):
    response = desk.get(f"/messages/{mail.pk}/html/")
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    page = response.content.decode()
    assert f'src="{address(mail, "logo.png")}"' in page
    assert ' src="https:' not in page


def test_a_message_without_html_has_no_frame(desk, alice, ticket):
    message = replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4())
    assert desk.get(f"/messages/{message.pk}/html/").status_code == 404
    assert desk.get(f"/messages/{message.pk}/raw/").status_code == 404


@pytest.mark.parametrize(
    ("html", "framed"),
    [
        ("<p>Hello <b>you</b></p>", False),
        ("<p><img src='cid:a'></p>", True),
        ("<table><tr><td>1</td></tr></table>", True),
        ('<p style="background-color: red">x</p>', True),
        ("<div>a table of images</div>", False),
    ],
)
def test_only_rich_mail_needs_its_frame(html, framed):
    assert rich.is_rich(html) is framed


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.pdf", "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf"),
        (
            "счёт 1.pdf",
            "attachment; filename=\"____ 1.pdf\"; filename*=UTF-8''%D1%81%D1%87%D1%91%D1%82%201.pdf",
        ),
        ('a"\r\nX: y.txt', "attachment; filename=\"a___X: y.txt\"; filename*=UTF-8''a%22%0D%0AX%3A%20y.txt"),
    ],
)
def test_a_name_breaks_no_header(name, header):
    assert disposition(name) == header


def test_a_frame_unfolds_what_is_folded_without_a_script():
    page = rich.document('<p>New</p><div data-fold="quote"><p>Old</p></div>', {})
    assert "Old" in page and "<details" in page and "Show the earlier messages" in page
    assert "Show the signature" in rich.document('<p>New</p><p data-fold="signature">Carol</p>', {})


@pytest.mark.parametrize("html", ["<p>New</p>", "<p>They wrote data-fold=&quot;quote&quot; here</p>"])
def test_a_frame_without_folds_has_no_control(html):
    assert "<details" not in rich.document(html, {})


def test_admins_see_beside_every_page_that_the_scanner_is_away(as_, ada, desk, mail, settings):
    settings.CLAMD = "unix:///nowhere/clamd.ctl"
    checking.drain()
    assert "No virus scanner" in as_(ada).get("/tickets/").content.decode()
    assert "No virus scanner" not in desk.get("/tickets/").content.decode()
    waiting = desk.get(f"/tickets/{mail.ticket.number}/").content.decode()
    assert "The virus scanner is away: it waits" in waiting
