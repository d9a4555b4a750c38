"""Help centres in Django admin: what is said to whoever types in something that cannot be."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from channels_app.models import Channel
from helpdesk.accounts.models import AuditEntry
from helpdesk.demo import pictures
from knowledge import centres, pointing
from knowledge.models import CentreChannel, Domain, HelpCentre

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
ADD = "/admin/knowledge/helpcentre/add/"


@pytest.fixture
def office(client: Client, ada, mailbox):
    HelpCentre.objects.create(pk=1)
    client.force_login(ada)
    return client


def typed(domains=(), channels=(), **fields: Any) -> dict[str, Any]:
    form = {
        "name": "Outlet",
        "slug": "outlet",
        "position": "1",
        "is_open": "on",
        "welcome": "{}",
        "hours": "{}",
    }
    for prefix, rows in (("domains", domains), ("channels", channels)):
        form |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        form |= {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return form | fields


def complaints(response: Any) -> str:
    assert response.status_code == 200, "it was saved"
    return " ".join(re.findall(r"<ul class=\"errorlist[^>]*>.*?</ul>", response.content.decode()))


def test_a_second_help_centre_with_all_it_has(office, mailbox):
    icon = SimpleUploadedFile("icon.png", pictures.photo(1), "image/png")
    post = Channel.objects.create(kind="email", name="Outlet", address="outlet@desk.example")
    given = typed(
        domains=[{"name": " HTTPS://Help.Köszi.example/ ", "is_live": "on"}],
        channels=[{"channel": post.pk}],
        languages=["hu"],
        new_icon=icon,
        mailbox=post.pk,
    )
    assert office.post(ADD, given).status_code == 302
    made = HelpCentre.objects.get(slug="outlet")
    assert (made.pk, made.languages, made.icon.content_type) == (2, ["hu"], "image/png")
    assert made.domains.get().name == "help.xn--kszi-5qa.example"
    assert centres.of_channel(post.pk) == made and centres.of_channel(mailbox.pk).pk == 1
    page = office.get("/admin/knowledge/helpcentre/2/change/").content.decode()
    assert "http://help.xn--kszi-5qa.example:8000/help/" in page and "icon.png" in page
    change = typed(slug="outlet", **{"new_icon-clear": "on"})
    office.post("/admin/knowledge/helpcentre/2/change/", change)
    made.refresh_from_db()
    assert made.icon is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("help.example.com:8000", "without https://"),
        ("localhost", "desk&#x27;s own address"),
        ("*.example.com", "without https://"),
        ("127.0.0.2", "without https://"),
        ("shop", "without https://"),
        ("help..example.com", "without https://"),
        ("evil.example/../", "without https://"),
        ("taken.example", "help centre&#x27;s already"),
    ],
)
def test_what_is_no_host_name_is_refused(office, name, told):
    Domain.objects.create(centre_id=1, name="taken.example")
    assert told in complaints(office.post(ADD, typed(domains=[{"name": name}])))


def test_the_database_refuses_it_too(office):
    for name in ("Help.example", "help.example:80", "help.example\n", "a b.example", "10.0.0.1"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Domain.objects.create(centre_id=1, name=name)


def test_a_channel_is_one_centres_and_holds_its_mailbox(office, mailbox):
    told = complaints(office.post(ADD, typed(mailbox=mailbox.pk)))
    assert "among these channels" in told
    CentreChannel.objects.create(centre_id=1, channel=mailbox)
    taken = complaints(office.post(ADD, typed(channels=[{"channel": mailbox.pk}])))
    assert "another help centre&#x27;s" in taken
    said = office.post(ADD, typed(), follow=True).content.decode()
    assert "no channel of its own" in said


def test_the_first_stays_and_the_others_go(office):
    assert office.post("/admin/knowledge/helpcentre/1/delete/", {"post": "yes"}).status_code == 403
    HelpCentre.objects.create(pk=2, slug="outlet", position=1)
    assert office.post("/admin/knowledge/helpcentre/2/delete/", {"post": "yes"}).status_code == 302
    assert list(HelpCentre.objects.values_list("pk", flat=True)) == [1]


def test_what_is_no_picture_is_refused(office):
    sent = SimpleUploadedFile("logo.svg", b"<svg onload='x'/>", "image/svg+xml")
    assert "no picture" in complaints(office.post(ADD, typed(new_logo=sent)))


def test_whoever_writes_down_a_domain_sees_at_once_whether_it_leads_here(office, monkeypatch, alice):
    facts = {"places": "192.0.2.1", "desk": "desk.example", "own": "192.0.2.7", "port": 443}
    outcome = pointing.Outcome.SILENT
    monkeypatch.setattr(pointing, "look", lambda name: pointing.Finding(outcome, facts))
    page = office.post(ADD, typed(domains=[{"name": "help.example"}]), follow=True).content.decode()
    assert "nothing answers there at port 443" in page and "point the domain at desk.example" in page
    assert "Put it into links" not in page
    outcome = pointing.Outcome.GOOD
    domain = Domain.objects.get()
    check = f"/admin/knowledge/helpcentre/{domain.centre_id}/domains/"
    assert f'href="{check}"' in office.get(check.replace("domains", "change")).content.decode()
    assert "Put it into links" in office.get(check).content.decode()
    assert "help.example now" in office.post(check, {"domain": domain.pk}, follow=True).content.decode()
    domain.refresh_from_db()
    assert domain.is_live
    told = AuditEntry.objects.latest("pk")
    assert (told.kind, told.data["fields"]) == ("setting_changed", ["domains"])
    assert office.post(check, {"domain": "x"}).status_code == 404
    office.force_login(alice)
    assert office.get(check).status_code == 302 and office.post(check, {}).status_code == 302
