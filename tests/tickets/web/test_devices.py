"""Turning notifications on for a browser, and off again."""

import pytest

from tests.tickets.telling.push.browser import Browser
from tickets.models import Delivery, Device
from tickets.telling.push import vapid

pytestmark = pytest.mark.django_db
SETTINGS = "/notifications/settings/"


@pytest.fixture
def device(desk, alice) -> Device:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    desk.post("/notifications/devices/", Browser().said, headers={"User-Agent": agent})
    return Device.objects.get()


def test_the_page_has_the_key_that_browsers_ask_for(desk, alice):
    page = desk.get(SETTINGS).text
    assert f'data-key="{vapid.keys().public}"' in page and f'data-user="{alice.pk}"' in page
    assert vapid.keys().secrets["private"][40:80] not in page


def test_a_browser_is_kept_and_gets_a_first_notification(desk, device, alice):
    assert (device.user, device.name) == (alice, "Firefox · Linux")
    assert device.session == desk.session.session_key
    assert Delivery.objects.get(kind="push").payload == {"device": device.pk, "line": 0}
    page = desk.get(SETTINGS).text
    assert "Firefox · Linux" in page and f'data-endpoint="{device.endpoint}"' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"endpoint": "https://evil.example/"}, "not known to the desk"),
        ({"endpoint": "javascript:alert(1)"}, "no subscription"),
        ({"auth": "x"}, "no subscription"),
        ({"p256dh": ""}, "no subscription"),
    ],
)
def test_what_is_no_subscription_is_told(desk, wrong, said):
    answer = desk.post("/notifications/devices/", {**Browser().said, **wrong}, follow=True)
    assert said in answer.text and not Device.objects.exists()


def test_signed_in_again_the_browser_renews_itself(desk, device):
    Device.objects.update(session="before")
    assert "You are signed out there" in desk.get(SETTINGS).text
    assert desk.post("/notifications/devices/renewal/", Browser().said).status_code == 204
    device.refresh_from_db()
    assert device.session == desk.session.session_key
    assert desk.post("/notifications/devices/renewal/", {"endpoint": "x"}).status_code == 410


def test_each_takes_their_own_off_the_list(desk, device, as_, bob):
    for verb in ("trial", "removal"):
        assert as_(bob).post(f"/notifications/devices/{device.pk}/{verb}/").status_code == 404
    assert desk.post(f"/notifications/devices/{device.pk}/trial/").status_code == 302
    desk.post(f"/notifications/devices/{device.pk}/removal/")
    assert not Device.objects.exists()
    assert desk.post("/notifications/devices/renewal/", Browser().said).status_code == 410


def test_quiet_hours_want_both_ends(desk, alice):
    given = {"digest": "daily", "hour": "8", "quiet_from": "22", "quiet_until": ""}
    assert desk.post(SETTINGS, given).status_code == 422
    assert desk.post(SETTINGS, {**given, "quiet_until": "7"}).status_code == 302
    alice.telling.refresh_from_db()
    assert (alice.telling.quiet_from, alice.telling.quiet_until) == (22, 7)
