"""The pages of the proof, as an admin sees them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from channels_app import inbound
from channels_app.models import Audit, Channel, InboundRecord, Reconciliation, Sighting

pytestmark = pytest.mark.django_db
DAY = timezone.now().date() - timedelta(days=1)
NOON = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)


@pytest.fixture
def admin(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def box(mailbox) -> Channel:
    """A mailbox with a mail in junk that was never fetched, and one in quarantine."""
    mailbox.config = {**mailbox.config, "imap_host": "imap.desk.example"}
    mailbox.save()
    Reconciliation.objects.create(
        channel=mailbox, folder="Junk", use="junk", day=DAY, on_server=1, missing=[4]
    )
    Sighting.objects.create(
        channel=mailbox,
        folder="Junk",
        use="junk",
        uidvalidity=1,
        uid=4,
        arrived_at=NOON,
        message_id="4@x",
        sender="erin@mail.example",
        subject="My <b>order</b>",
    )
    record = inbound.journal(mailbox, "q", b"x", arrived_at=NOON)
    InboundRecord.objects.filter(pk=record.pk).update(state="quarantined")
    folders = [
        {"name": "INBOX", "use": "fetched", "junk": False},
        {"name": "Junk", "use": "junk", "junk": True},
        {"name": "Archive", "use": "", "junk": False},
    ]
    Audit.objects.create(channel=mailbox, begun_at=NOON, done_at=NOON, folders=folders)
    return mailbox


def page(admin, path: str) -> str:
    response = admin.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_what_was_compared_is_still_told_when_the_server_is_gone(admin, box):
    Channel.objects.update(config={})
    told = page(admin, f"/settings/mailboxes/{box.pk}/proof/")
    assert "Compared" in told
    assert "Compare now" not in told
    assert 'data-label="On the server">1<' in told


def test_the_overview_shows_each_mailbox_green_or_not(admin, box):
    assert "To look at" in page(admin, "/settings/proof/")
    Sighting.objects.all().delete()
    Reconciliation.objects.update(missing=[])
    InboundRecord.objects.update(state="done")
    shown = page(admin, "/settings/proof/").partition("<tbody>")[2].partition("</tbody>")[0]
    assert "To look at" not in shown
    assert "All there" in shown


def test_the_overview_takes_few_queries(admin, box, django_assert_max_num_queries):
    for number in range(5):
        Channel.objects.create(kind="email", name=f"M{number}", address=f"m{number}@desk.example")
    with django_assert_max_num_queries(19):
        page(admin, "/settings/proof/")


def test_each_difference_leads_to_its_cause(admin, box):
    shown = page(admin, f"/settings/mailboxes/{box.pk}/proof/")
    assert f"/proof/missing/?day={DAY:%Y-%m-%d}" in shown
    assert "1 in junk or another folder, never fetched" in shown
    assert 'href="/quarantine/"' in shown
    InboundRecord.objects.update(state="done")
    shown = page(admin, f"/settings/mailboxes/{box.pk}/proof/")
    link = re.search(r'href="(/admin/channels_app/inboundrecord/[^"]*)"', shown)[1].replace("&amp;", "&")
    assert re.search(r"In all: 1\b", page(admin, link))


def test_missing_mails_are_shown_as_text_and_can_be_fetched(admin, box):
    path = f"/settings/mailboxes/{box.pk}/proof/missing/?day={DAY:%Y-%m-%d}"
    shown = page(admin, path)
    assert "My &lt;b&gt;order&lt;/b&gt;" in shown
    assert "erin@mail.example" in shown
    sighting = Sighting.objects.get()
    admin.post(path, {"mail": sighting.pk, "do": "fetch"})
    assert Sighting.objects.wanted().get() == sighting


def test_and_left_where_they_are(admin, box, ada):
    path = f"/settings/mailboxes/{box.pk}/proof/missing/"
    admin.post(path, {"mail": Sighting.objects.get().pk, "do": "leave"})
    assert Sighting.objects.get().left_by == ada
    assert "Nothing is missing" in page(admin, path)


def test_mails_of_another_mailbox_are_not_touched(admin, box):
    other = Channel.objects.create(kind="email", name="Other", address="other@desk.example")
    path = f"/settings/mailboxes/{other.pk}/proof/missing/"
    admin.post(path, {"mail": [Sighting.objects.get().pk, "x"], "do": "leave"})
    assert Sighting.objects.get().left_at is None
    assert admin.post(path, {"do": "nonsense"}).status_code == 404


def test_a_comparison_is_asked_for_and_waited_for(admin, box):
    path = f"/settings/mailboxes/{box.pk}/proof/comparisons/"
    fragment = admin.post(path, headers={"HX-Request": "true"}).content.decode()
    assert "Comparing" in fragment
    assert 'hx-trigger="load delay:2s"' in fragment
    assert Audit.objects.filter(done_at=None).count() == 1
    admin.post(path)
    assert Audit.objects.filter(done_at=None).count() == 1
    Audit.objects.update(done_at=NOON, error="The server said no.")
    assert "The server said no." in admin.get(f"/settings/mailboxes/{box.pk}/proof/table/").content.decode()


def test_folders_are_chosen_among_those_of_the_server(admin, box):
    admin.post(f"/settings/mailboxes/{box.pk}/proof/folders/", {"folder": ["Archive", "Nowhere"]})
    box.refresh_from_db()
    assert box.config["proof_folders"] == ["Archive"]


def test_a_mailbox_without_imap_shows_what_came_in(admin, mailbox):
    inbound.journal(mailbox, "smtp:1", b"x")
    shown = page(admin, f"/settings/mailboxes/{mailbox.pk}/proof/")
    assert "no IMAP server to compare with" in shown
    assert "1 waiting" in shown


def test_one_pages_back(admin, box):
    until = DAY - timedelta(days=40)
    shown = page(admin, f"/settings/mailboxes/{box.pk}/proof/?until={until:%Y-%m-%d}")
    assert "No mail in these days" in shown
    assert page(admin, f"/settings/mailboxes/{box.pk}/proof/?until=nonsense")


@pytest.mark.parametrize("who", ["alice", "sam"])
def test_the_proof_is_for_admins(who, client, box, request):
    client.force_login(request.getfixturevalue(who))
    for path in ("proof/", f"mailboxes/{box.pk}/proof/", f"mailboxes/{box.pk}/proof/missing/"):
        assert client.get(f"/settings/{path}").status_code == 403


@pytest.mark.parametrize("path", ["/settings/health/", "/settings/proof/"])
def test_without_a_mailbox_nothing_is_called_fine(admin, path):
    page = admin.get(path).text
    assert "Nothing is wrong right now" not in page
    assert "No mailbox yet" in page and 'href="/settings/mailboxes/new/"' in page
