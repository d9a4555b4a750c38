"""Where somebody is signed in, and signing out there."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from helpdesk.accounts import sessions
from helpdesk.accounts.models import AuditEntry
from helpdesk.accounts.web import sessions as pages
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"


def browser(email: str, agent: str = FIREFOX, address: str = "198.51.100.7") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.post("/sign-in/", {"login": email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/deliveries/").status_code == 200


def test_they_are_listed_with_device_and_address(alice, bob):
    here, _there = browser(alice.email), browser(alice.email, SAFARI, "203.0.113.9")
    browser(bob.email, address="192.0.2.1")
    page = here.get("/profile/sessions/").content.decode()
    assert "Firefox · Windows" in page and "198.51.100.7" in page
    assert "Safari · iPhone" in page and "203.0.113.9" in page
    assert "192.0.2.1" not in page
    assert page.count("This browser") == 1


def test_one_is_ended_at_once(alice):
    here, there = browser(alice.email), browser(alice.email, SAFARI)
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/profile/sessions/{other.pk}/ending/").url == "/profile/sessions/"
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.post(f"/profile/sessions/{other.pk}/ending/").status_code == 404


def test_nobody_ends_a_colleagues(alice, mallory):
    there, here = browser(alice.email), browser(mallory.email)
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/profile/sessions/{other.pk}/ending/").status_code == 404
    assert is_in(there)


def test_all_others_are_ended(alice, bob):
    here, there, bobs = browser(alice.email), browser(alice.email, SAFARI), browser(bob.email)
    here.post("/profile/sessions/others/ending/")
    assert (is_in(here), is_in(there), is_in(bobs)) == (True, False, True)
    entry = AuditEntry.objects.get(kind="sessions_ended")
    assert (entry.actor, entry.about, entry.data) == (alice, alice, {"sessions": 1})


def test_a_new_password_signs_out_the_others(alice):
    here, there = browser(alice.email), browser(alice.email, SAFARI)
    given = {"oldpassword": PASSWORD, "password1": "an even better one", "password2": "an even better one"}
    here.post("/profile/password/", given)
    assert (is_in(here), is_in(there)) == (True, False)
    assert [session.session_key for session in sessions.of(alice)] == [here.session.session_key]
    assert AuditEntry.objects.filter(kind="password_changed", actor=alice, about=alice).count() == 1


def test_who_is_deactivated_has_no_session_left_to_come_back_to(client, alice, ada):
    there = browser(alice.email)
    client.force_login(ada)
    kept = {
        name: getattr(alice, name)
        for name in ("email", "name", "role", "language", "time_zone", "theme", "undo_seconds")
    }
    teams = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    client.post(f"/admin/accounts/user/{alice.pk}/change/", {**kept, **teams})
    alice.refresh_from_db()
    assert not alice.is_active
    assert not Session.objects.filter(session_key=there.cookies["sessionid"].value).exists()
    alice.is_active = True
    alice.save()
    assert not is_in(there)


def test_use_is_noted_once_a_minute(client, alice, monkeypatch):
    client.force_login(alice)
    client.get("/deliveries/")
    assert not UserSession.objects.exists()  # at the first request nothing is written
    monkeypatch.setattr(sessions, "NOTED_EVERY", 0)
    client.get("/deliveries/", headers={"User-Agent": SAFARI})
    assert UserSession.objects.get().user_agent == SAFARI
    monkeypatch.setattr(sessions, "NOTED_EVERY", 60)
    client.get("/deliveries/", headers={"User-Agent": FIREFOX})
    assert UserSession.objects.get().user_agent == SAFARI


def test_what_has_run_out_is_erased(alice):
    here = browser(alice.email)
    Session.objects.update(expire_date="2020-01-01T00:00Z")
    UserSession.objects.update(last_seen_at="2020-01-01T00:00Z")
    assert not sessions.of(alice).exists()
    sessions.prune()
    assert not Session.objects.exists() and not UserSession.objects.exists()
    assert not is_in(here)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (SAFARI, ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0 Safari/537.36", ("Chrome", "Linux")),
        ("Mozilla/5.0 (Macintosh; Mac OS X 15) Chrome/142.0 Safari/537.36 Edg/142.0", ("Edge", "macOS")),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 YaBrowser/25.1 Safari/537.36", ("Yandex", "Android")),
        ("curl/8", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_device_is_told_by_its_name(agent, device):
    assert sessions.device(agent) == device


def test_more_browsers_than_a_page_holds_are_counted(alice, monkeypatch):
    monkeypatch.setattr(pages, "MOST", 2)
    for _ in range(4):
        browser(alice.email)
    page = browser(alice.email).get("/profile/sessions/").content.decode()
    assert page.count('<li class="card">') == 2 and "And 3 more" in page
