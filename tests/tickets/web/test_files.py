import uuid

import pytest

from channels_app import files
from channels_app.messages import InboundFile
from tickets import intake, replies
from tickets.models import Attachment, Message
from tickets.web import rich
from tickets.web.files import disposition

pytestmark = pytest.mark.django_db


def stored(name: str, content_type: str, **more) -> InboundFile:
    content = f"{name} {uuid.uuid4()}".encode()
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
            stored("page.html", "text/html"),
            stored("drawing.svg", "image/svg+xml"),
            stored("logo.png", "image/png", content_id="logo", inline=True),
        ),
    )
    return intake.receive(inbound)


def address(message: Message, name: str) -> str:
    file = Attachment.objects.get(message=message, name=name)
    return f"/attachments/{file.pk}/{name}"


@pytest.mark.parametrize(
    ("name", "kind", "content_type"),
    [
        ("photo.png", "inline", "image/png"),
        ("page.html", "attachment", "application/octet-stream"),
        ("drawing.svg", "attachment", "application/octet-stream"),
    ],
)
def test_a_file_cannot_act_here(name, kind, content_type, desk, mail):
    response = desk.get(address(mail, name))
    assert response.content.startswith(name.encode())
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith(kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "private" in response["Cache-Control"]


def test_another_team_gets_no_file_and_no_mail(as_, mallory, mail):
    client = as_(mallory)
    for path in (address(mail, "photo.png"), f"/messages/{mail.pk}/html/", f"/messages/{mail.pk}/raw/"):
        assert client.get(path).status_code == 404


def test_a_file_that_is_gone_from_the_store_is_not_found(desk, mail):
    Attachment.objects.update(sha256="0" * 64)
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
