"""Remote pictures on the page: kept back, asked for, shown through the desk."""

import pytest

from tests.tickets.inspection.test_raster import png
from tests.tickets.web.conftest import HTMX
from tests.webserver import reply, serving
from tickets import intake
from tickets.models import Message, PicturePermission
from tickets.web import cautions

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(settings, tmp_path):
    """A sender's server, with a picture."""
    settings.PICTURE_PRIVATE_HOSTS, settings.DATA_DIR = ["127.0.0.1"], tmp_path
    with serving(reply(png(10, 10))) as server:
        yield server


@pytest.fixture
def mail(written, far) -> Message:
    pixel = f'<img data-src="{far.url("/open.gif")}" width="1">'
    return intake.receive(written(html=f'<p>x</p><img data-src="{far.url("/p.png")}">{pixel}'))


def page(desk, mail) -> str:
    return desk.get(f"/tickets/{mail.ticket.number}/").content.decode()


def test_nothing_is_asked_for_before_a_person_wants_it(desk, mail, far):
    html = page(desk, mail)
    assert "1 picture is not loaded: it would tell the sender that this was read." in html
    assert "1 tracking pixel blocked." in html
    assert " src=" not in desk.get(f"/messages/{mail.pk}/html/").content.decode()
    assert desk.get(f"/messages/{mail.pk}/pictures/0/").status_code == 404
    assert not far.asked


def test_shown_once_asked_for(desk, mail, far):
    desk.post(f"/messages/{mail.pk}/pictures/")
    assert "Pictures are shown through this desk." in page(desk, mail)
    frame = desk.get(f"/messages/{mail.pk}/html/").content.decode()
    assert f'<img src="/messages/{mail.pk}/pictures/0/">' in frame and "127.0.0.1" not in frame
    picture = desk.get(f"/messages/{mail.pk}/pictures/0/")
    assert (picture.status_code, picture["Content-Type"], picture.content) == (200, "image/png", png(10, 10))
    assert picture["Content-Security-Policy"].startswith("default-src 'none'")
    assert picture["X-Content-Type-Options"] == "nosniff" and picture["Referrer-Policy"] == "no-referrer"
    assert len(far.asked) == 1


@pytest.mark.parametrize("number", [1, 2, 99])
def test_no_tracker_and_no_other_number_is_fetched(desk, mail, far, number):
    desk.post(f"/messages/{mail.pk}/pictures/")
    assert desk.get(f"/messages/{mail.pk}/pictures/{number}/").status_code == 404
    assert not far.asked


def test_always_for_this_sender_and_no_more(desk, mail, written, far):
    response = desk.post(f"/messages/{mail.pk}/pictures/sender/", headers=HTMX)
    assert "No longer for this sender" in response.content.decode()
    later = intake.receive(written(html=mail.html))
    assert "Pictures are shown through this desk." in page(desk, later)
    desk.post(f"/messages/{later.pk}/pictures/undo/")
    assert "not loaded" in page(desk, mail) and not PicturePermission.objects.exists()


def test_a_colleague_of_another_team_neither_allows_nor_sees(as_, mallory, desk, mail):
    desk.post(f"/messages/{mail.pk}/pictures/")
    other = as_(mallory)
    assert other.get(f"/messages/{mail.pk}/pictures/0/").status_code == 404
    for verb in ("", "sender/", "undo/"):
        assert other.post(f"/messages/{mail.pk}/pictures/{verb}").status_code == 404
    assert PicturePermission.objects.count() == 1


def test_a_server_that_is_away_leaves_a_gap_and_no_error(desk, written, settings, tmp_path):
    settings.PICTURE_PRIVATE_HOSTS, settings.DATA_DIR = [], tmp_path
    mail = intake.receive(written(html='<img data-src="http://127.0.0.1/p.png">'))
    desk.post(f"/messages/{mail.pk}/pictures/")
    assert desk.get(f"/messages/{mail.pk}/pictures/0/").status_code == 404


def test_a_page_without_remote_pictures_asks_no_more_of_the_database(ticket, django_assert_num_queries):
    plain = list(ticket.messages.all())
    with django_assert_num_queries(0):
        assert cautions.of(plain) == {}
