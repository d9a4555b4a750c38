"""The desk as an app: what browsers need for it, without signing in, and nothing of anybody in it."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from helpdesk import installing

pytestmark = pytest.mark.django_db


def test_the_manifest_says_what_an_app_needs(client, company):
    answer = client.get("/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["start_url"], told["display"]) == ("Tallow & Pine", "/tickets/", "standalone")
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    for file, _sizes, _purpose in (*installing.ICONS, installing.MASKABLE):
        assert finders.find(f"app/{file}")


def test_the_worker_keeps_static_files_alone(client, company):
    answer = client.get("/worker.js")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    saved = re.search(r"const SAVED = \[(.*)\];", text)[1]
    addresses = [each.strip().strip('"').encode().decode("unicode_escape") for each in saved.split(",")]
    assert addresses[-1] == "/offline/"
    assert all(each.startswith("/static/") for each in addresses[:-1])
    assert text.count("store.put") == 1 and text.index("store.put") > text.index("async function kept")


def test_without_a_connection_a_page_says_so(client, company):
    page = client.get("/offline/").content.decode()
    assert "No connection" in page and "kept on this device" in page


def test_every_page_names_the_manifest(client, company):
    page = client.get("/sign-in/").content.decode()
    assert 'rel="manifest" href="/manifest.webmanifest"' in page and "apple-touch-icon" in page
