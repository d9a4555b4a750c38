"""One's devices: only at push services that are known, only while one is signed in there."""

import pytest

from tests.tickets.telling.push.browser import Browser
from tickets.models import Device
from tickets.telling.push import devices
from tickets.telling.push.encryption import BadKeys

pytestmark = pytest.mark.django_db


def keep(user, browser: Browser | None = None, **given) -> Device:
    return devices.keep(
        user, **{**(browser or Browser()).said, "session": "s", "name": "Firefox · Linux", **given}
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-par02p.notify.windows.com/w/?token=abc",
        "https://fcm.googleapis.com:443/fcm/send/abc",
    ],
)
def test_the_services_of_the_browsers_are_known(endpoint):
    devices.check(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/",
        "https://fcm.googleapis.com@evil.example/",
        "https://me:x@fcm.googleapis.com/",
        "https://fcm.googleapis.com.evil.example/",
        "https://evil.example/?fcm.googleapis.com",
        "https://evilpush.apple.com.example/",
        "https://notpush.services.mozilla.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[/",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "ftp://fcm.googleapis.com/",
        "",
    ],
)
def test_no_other_address_is_asked_because_a_browser_named_it(endpoint, alice):
    with pytest.raises(devices.NotAPushService):
        keep(alice, endpoint=endpoint)
    assert not Device.objects.exists()


def test_an_admin_may_allow_a_server_of_ones_own(settings):
    settings.PUSH_HOSTS = ["push.internal"]
    devices.check("http://push.internal:8080/up")
    with pytest.raises(devices.NotAPushService):
        devices.check("https://other.internal/")


def test_a_browser_is_one_device_and_of_who_sits_there_now(alice, bob):
    first = keep(alice)
    assert keep(bob, name="Chrome") == first
    assert [(each.user, each.name) for each in Device.objects.all()] == [(bob, "Chrome")]


def test_bad_keys_are_refused(alice):
    with pytest.raises(BadKeys):
        keep(alice, auth="nothing")


def test_the_oldest_goes_when_there_are_too_many(alice, bob, monkeypatch):
    monkeypatch.setattr(devices, "MOST", 2)
    keep(bob, endpoint="https://fcm.googleapis.com/bob")
    for number in range(3):
        keep(alice, endpoint=f"https://fcm.googleapis.com/{number}")
    kept = alice.devices.order_by("pk").values_list("endpoint", flat=True)
    assert [each[-1] for each in kept] == ["1", "2"] and bob.devices.count() == 1


def test_signed_in_again_is_told_again_unless_it_was_taken_off_the_list(alice, bob, client):
    device = keep(alice)
    assert not devices.is_signed_in(device), "no such session"
    client.force_login(alice)
    key = client.session.session_key
    browser = Browser()
    assert not devices.renew(bob, **browser.said, session=key)
    assert devices.renew(alice, **browser.said, session=key)
    device.refresh_from_db()
    assert devices.is_signed_in(device) and device.secrets == browser.keys
    client.logout()
    assert not devices.is_signed_in(device)
    devices.remove(device)
    assert not devices.renew(alice, **browser.said, session=key)


def test_a_browser_that_took_another_address_stays_on_the_list(alice, bob):
    device, browser = keep(alice), Browser(endpoint="https://fcm.googleapis.com/fcm/send/2")
    assert not devices.renew(bob, **browser.said, session="s", before=device.endpoint)
    assert devices.renew(alice, **browser.said, session="s", before=device.endpoint)
    device.refresh_from_db()
    assert device.endpoint == browser.endpoint
    with pytest.raises(devices.NotAPushService):
        devices.renew(alice, **Browser(endpoint="https://evil.example/").said, session="s")
    theirs = keep(bob, endpoint="https://fcm.googleapis.com/bob")
    assert not devices.renew(
        alice, **Browser(endpoint=theirs.endpoint).said, session="s", before=browser.endpoint
    )
