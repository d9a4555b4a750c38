"""What every answer tells the browser, and that production settings pass Django's own review."""

import os
import subprocess
import sys

import pytest

from tickets import intake
from tickets.models import Message

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/sign-in/", "/tickets/", "/admin/", "/nowhere/", "/health/"])
def test_every_answer_is_closed(path, client, ada, company):
    client.force_login(ada)
    told = client.get(path).headers
    assert {name: told.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in told["Permissions-Policy"]
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
    assert "unsafe" not in told["Content-Security-Policy"]


def test_only_the_frame_of_a_mail_may_be_framed_and_by_us_alone(client, alice, written):
    message: Message = intake.receive(written(html="<p><b>Hello</b></p>", text="Hello"))
    client.force_login(alice)
    told = client.get(f"/messages/{message.pk}/html/").headers
    assert told["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in told["Content-Security-Policy"]


def test_https_is_kept_to(client, settings, company):
    settings.SECURE_HSTS_SECONDS = 31536000
    told = client.get("/sign-in/", secure=True).headers
    assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_django_finds_nothing_to_say_about_production(tmp_path):
    production = {
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        "HELPDESK_DATA": str(tmp_path / "data"),
        "HELPDESK_URL": "https://desk.example.com",
        "HELPDESK_TRUSTED_PROXIES": "1",
        "HELPDESK_BIND": "0.0.0.0",
    }
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(check, env={**_plain(), **production}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _plain() -> dict[str, str]:
    """The environment without what the browser tests of the same process set."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}


def test_whoever_typed_the_address_of_a_button_is_told_so(client, alice, ticket):
    client.force_login(alice)
    address = f"/tickets/{ticket.number}/replies/"
    page = client.get(address, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "It belongs to a button." in page.content.decode()
    assert not client.get(address, headers={"Accept": "application/json"}).content
