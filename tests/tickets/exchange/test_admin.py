"""The pages: save what the list shows, bring a file in, watch it, and nobody but an admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from helpdesk.accounts.models import AuditEntry
from tickets.exchange import runs
from tickets.models import ImportRun, Organisation

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_the_list_is_saved_as_it_is_filtered(client, ada, ticket, written, company):
    client.force_login(ada)
    page = client.get("/admin/tickets/ticket/?status__exact=new").content.decode()
    assert 'href="export/csv/?status__exact=new"' in page
    assert "Where is my parcel?" in body(client.get("/admin/tickets/ticket/export/csv/?status__exact=new"))
    assert "Where" not in body(client.get("/admin/tickets/ticket/export/json/?status__exact=closed"))
    told = AuditEntry.objects.filter(kind="exported", actor=ada).order_by("id")
    narrowed = {"table": "tickets", "narrowed_by": ["status__exact"]}
    assert [each.data for each in told] == [{**narrowed, "format": "csv"}, {**narrowed, "format": "json"}]


def test_a_file_is_brought_in(client, ada, company):
    client.force_login(ada)
    file = SimpleUploadedFile("firms.csv", b"name\nBolt\n")
    answer = client.post(
        "/admin/tickets/importrun/add/", {"table": "organisations", "file": file}, follow=True
    )
    assert 'http-equiv="refresh"' in answer.content.decode()
    runs.drain()
    run = ImportRun.objects.get()
    page = client.get(f"/admin/tickets/importrun/{run.pk}/change/").content.decode()
    assert "Import these rows" in page and not Organisation.objects.exists()
    client.post(f"/admin/tickets/importrun/{run.pk}/start/")
    runs.drain()
    assert Organisation.objects.get().name == "Bolt"
    assert AuditEntry.objects.get(kind="imported").data == {"run": run.pk, "table": "organisations"}
    assert "1 / 1" in client.get(f"/admin/tickets/importrun/{run.pk}/change/").content.decode()


def test_tickets_need_a_mailbox(client, ada, company):
    client.force_login(ada)
    file = SimpleUploadedFile("t.csv", b"subject,customer\nA,a@b.example\n")
    answer = client.post("/admin/tickets/importrun/add/", {"table": "tickets", "file": file})
    assert "Choose the mailbox" in answer.content.decode() and not ImportRun.objects.exists()


@pytest.mark.parametrize("person", ["alice", "sam"])
def test_only_admins(person, client, request, ada, company):
    run = runs.propose("organisations", "x.csv", b"name\nA\n", actor=ada)
    client.force_login(request.getfixturevalue(person))
    for address in ("ticket/export/csv/", "importrun/add/", f"importrun/{run.pk}/change/"):
        assert client.get(f"/admin/tickets/{address}").status_code in (302, 403)
    client.post(f"/admin/tickets/importrun/{run.pk}/start/")
    run.refresh_from_db()
    assert run.state == ImportRun.State.CHECKING
