"""Imports: checked without a trace, told row by row, gone on with after a crash."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets import customers, intake, lifecycle, properties, reactions
from tickets.exchange import formats, resources, runs
from tickets.models import Customer, CustomField, ImportRun, Message, Organisation, Ticket

pytestmark = pytest.mark.django_db

PEOPLE = """name,emails,phones,organisation,language
Nagy Anna,anna@bolt.example,+36 30 123 4567,Bolt Kft.,hu
Carol R.,"carol@mail.example, carol@work.example",,,en
Nobody,,,,
Lost,lost@mail.example,,No such firm,en
"""


def propose(table: str, text: str, actor, channel=None) -> ImportRun:
    run = runs.propose(table, f"{table}.csv", text.encode(), actor=actor, channel=channel)
    runs.drain()
    run.refresh_from_db()
    return run


def taken(run: ImportRun, actor) -> ImportRun:
    assert runs.start(run, actor=actor)
    runs.drain()
    run.refresh_from_db()
    return run


def test_a_check_leaves_no_trace_and_says_what_is_wrong(ada, carol):
    Organisation.objects.create(name="Bolt Kft.")
    run = propose("customers", PEOPLE, ada)
    assert (run.state, run.total, run.added, run.changed, run.refused) == ("checked", 4, 1, 1, 2)
    assert [number for number, _why in run.problems] == [3, 4]
    assert "“emails”" in run.problems[0][1] and "No such firm" in run.problems[1][1]
    assert Customer.objects.get() == carol and carol.name == "Carol Reyes"


def test_customers_are_taken_in_and_the_same_file_again_changes_nothing(ada, carol):
    Organisation.objects.create(name="Bolt Kft.")
    run = taken(propose("customers", PEOPLE, ada), ada)
    assert (run.state, run.added, run.changed, run.refused) == ("done", 1, 1, 2)
    anna = customers.find("phone", "+36301234567")
    assert (anna.name, anna.organisation.name, anna.language) == ("Nagy Anna", "Bolt Kft.", "hu")
    assert customers.find("email", "carol@work.example") == carol
    again = taken(propose("customers", PEOPLE, ada), ada)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert Customer.objects.count() == 2


def test_addresses_of_two_customers_are_no_row(ada, carol):
    customers.resolve(customers.Sender(identity_kind="email", identity="dan@mail.example"))
    run = propose("customers", "name,emails\nBoth,carol@mail.example;dan@mail.example\n", ada)
    assert (run.refused, run.problems[0][1]) == (1, "These addresses belong to different customers.")


def test_columns_that_a_file_lacks_stay_as_they_are(ada):
    Organisation.objects.create(name="Bolt Kft.", notes="Pays late", domains=["bolt.example"])
    taken(propose("organisations", 'name,domains\nBolt Kft.,"bolt.example, bolt.hu"\n', ada), ada)
    bolt = Organisation.objects.get()
    assert (bolt.domains, bolt.notes) == (["bolt.example", "bolt.hu"], "Pays late")


TICKETS = """\
subject,customer,customer_name,text,status,kind,priority,team,assignee,tags,created_at
Lamp,d@mail.example,D,Dim.,resolved,complaint,3,Orders and delivery,alice@desk.example,"b,a",2025-03-01 10:00
Odd,d@mail.example,Dan,Hm.,sleeping,,,,,,
"""


def test_tickets_come_in_through_the_door_with_their_history(ada, alice, mailbox):
    run = propose("tickets", TICKETS, ada, mailbox)
    assert (run.added, run.refused, Ticket.objects.count()) == (1, 1, 0)
    assert "sleeping" in run.problems[0][1]
    taken(run, ada)
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.kind, ticket.priority, ticket.assignee) == (
        "resolved",
        "complaint",
        3,
        alice,
    )
    assert (ticket.tags, ticket.created_at.year, ticket.messages.get().text) == (
        ["a", "b"],
        2025,
        "Dim.",
    )
    assert ticket.events.filter(kind="status_changed", user=ada).exists()
    taken(propose("tickets", TICKETS, ada, mailbox), ada)
    assert Message.objects.count() == 1


def test_nobody_is_sent_a_receipt_for_an_imported_ticket(ada, mailbox):
    mailbox.config |= {"acknowledge": True}
    mailbox.save()
    taken(propose("tickets", "subject,customer,text\nLamp,d@mail.example,Dim.\n", ada, mailbox), ada)
    reactions.drain()
    assert not Ticket.objects.get().messages.filter(direction=Message.Direction.OUT).exists()


def test_a_number_changes_the_ticket_of_that_customer_only(ada, ticket, mailbox):
    number = ticket.number
    rows = f"number,customer,priority\n{number},carol@mail.example,4\n{number},eve@mail.example,1\n"
    run = taken(propose("tickets", rows, ada, mailbox), ada)
    ticket.refresh_from_db()
    assert (ticket.priority, run.changed, run.refused) == (4, 1, 1)
    assert "another customer" in run.problems[0][1]


def test_an_import_goes_on_where_a_worker_died(ada, monkeypatch):
    monkeypatch.setattr(runs, "CHUNK", 10)
    run = propose("organisations", "name\n" + "".join(f"Firm {n}\n" for n in range(35)), ada)
    runs.start(run, actor=ada)
    died = iter([False, False, True])
    real = runs._take

    def take(*args):
        if next(died, False):
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(runs, "_take", take)
    with pytest.raises(KeyboardInterrupt):
        runs.drain()
    run.refresh_from_db()
    assert (run.state, run.position, Organisation.objects.count()) == ("running", 20, 20)
    runs.drain()
    run.refresh_from_db()
    assert (run.state, run.added, Organisation.objects.count()) == ("done", 35, 35)


def test_a_stopped_import_goes_on(ada):
    run = propose("organisations", "name\nOne\n", ada)
    runs.start(run, actor=ada)
    assert runs.stop(run)
    runs.drain()
    assert not Organisation.objects.exists()
    taken(run, ada)
    assert Organisation.objects.count() == 1 and not runs.start(run, actor=ada)


def test_a_file_that_is_no_table_says_so(ada):
    run = runs.propose("customers", "x.json", b'[{"name"', actor=ada)
    runs.drain()
    run.refresh_from_db()
    assert run.state == "unreadable" and "JSON" in run.error


def test_an_export_comes_in_again_as_it_was(ada, carol, ticket, mailbox):
    table = resources.TABLES["customers"]()
    rows = list(table.rows(resources.fetched("customers", Customer.objects.all())))
    assert rows[0]["emails"] == "carol@mail.example"
    text = b"".join(formats.write_csv(table.get_export_headers(), rows)).decode()
    assert propose("customers", text, ada).unchanged == 1


def test_a_row_of_an_export_costs_no_query_of_its_own(ada, written, mailbox):
    for number in range(6):
        lifecycle.set_status(_other(written, number), "open", actor=ada)
    with CaptureQueriesContext(connection) as seen:
        table = resources.TABLES["tickets"]()
        rows = list(table.rows(resources.fetched("tickets", Ticket.objects.order_by("pk"))))
    assert len(rows) == 6 and len(seen) <= 4
    assert json.dumps(rows[0], default=str).count("my parcel TP-1") == 1


def _other(written, number: int) -> Ticket:
    sender = customers.Sender(identity_kind="email", identity=f"c{number}@mail.example")
    return intake.receive(written(sender=sender)).ticket


def row_of(ticket_columns: str, cells: str, ada, mailbox) -> ImportRun:
    return propose("tickets", f"customer,text,{ticket_columns}\nd@mail.example,Dim.,{cells}\n", ada, mailbox)


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("assignee", "mallory@desk.example", "Mallory Voss may not see this ticket."),
        ("assignee", "nobody@desk.example", "“nobody@desk.example”"),
        ("team", "Kitchen", "“Kitchen”"),
        ("priority", "9", "priority"),
        ("kind", "parcel", "kind"),
        ("created_at", "the day before", "created_at"),
    ],
)
def test_a_row_that_cannot_be_says_why_and_leaves_nothing(ada, alice, mallory, mailbox, column, cell, why):
    run = row_of(column, cell, ada, mailbox)
    assert (run.added, run.refused) == (0, 1)
    assert why in run.problems[0][1]
    taken(run, ada)
    assert not Ticket.objects.exists() and not Message.objects.exists()


def test_tickets_need_a_mailbox_that_answers_them(ada):
    run = propose("tickets", "customer,text\nd@mail.example,Dim.\n", ada)
    assert (run.refused, run.problems[0][1]) == (1, "Choose the mailbox that answers imported tickets.")


def test_a_customer_without_mail_is_known_by_phone(ada, mailbox):
    rows = "customer,customer_name,text\n+36 1 234 5678,Dora,It rang twice.\n"
    taken(propose("tickets", rows, ada, mailbox), ada)
    dora = customers.find("phone", "+3612345678")
    assert (dora.name, Ticket.objects.get().customer) == ("Dora", dora)


def test_an_empty_cell_clears_what_a_ticket_had_and_a_missing_column_leaves_it(ada, ticket, mailbox, alice):
    lifecycle.set_status(ticket, "on_hold", actor=alice)
    properties.set_tags(ticket, ["vip"], actor=alice)
    run = propose("tickets", f"number,customer,tags\n{ticket.number},carol@mail.example,\n", ada, mailbox)
    assert taken(run, ada).changed == 1
    ticket.refresh_from_db()
    assert (ticket.tags, ticket.status) == ([], "on_hold")


def test_a_checked_file_that_is_gone_is_told(ada, monkeypatch):
    run = propose("organisations", "name\nOne\n", ada)
    ImportRun.objects.filter(pk=run.pk).update(sha256="0" * 64)
    runs.start(run, actor=ada)
    runs.drain()
    run.refresh_from_db()
    assert (run.state, run.error) == ("unreadable", "The file is missing.")


def test_of_very_many_wrong_rows_the_first_are_told_and_all_counted(ada, monkeypatch):
    monkeypatch.setattr(runs, "MOST_PROBLEMS", 3)
    run = propose("customers", "name,emails\n" + "Nobody,\n" * 5, ada)
    assert (run.refused, [number for number, _why in run.problems]) == (5, [1, 2, 3])


def test_only_what_was_checked_is_started_and_only_what_runs_is_stopped(ada):
    run = runs.propose("organisations", "firms.csv", b"name\nOne\n", actor=ada)
    assert not runs.start(run, actor=ada), "nobody has checked it"
    assert not runs.stop(run)
    runs.drain()
    assert runs.start(run, actor=ada)
    assert not runs.start(run, actor=ada), "a second click starts nothing"
    assert runs.stop(run)
    runs.drain()
    assert not Organisation.objects.exists()


def test_two_workers_take_each_chunk_once(ada):
    """Both have read the same place; the second finds that the run stands elsewhere by now."""
    run = propose("organisations", "name\nOne\nTwo\n", ada)
    runs.start(run, actor=ada)
    chunk = [{"name": "One"}]
    assert runs._take(run.pk, ImportRun.State.RUNNING, 0, chunk)
    assert not runs._take(run.pk, ImportRun.State.RUNNING, 0, chunk)
    runs.drain()
    run.refresh_from_db()
    assert (run.state, run.added, run.total) == ("done", 2, 2)


def test_an_exported_ticket_comes_in_again_as_it_was(ada, ticket, mailbox):
    table = resources.TABLES["tickets"]()
    rows = list(table.rows(resources.fetched("tickets", Ticket.objects.all())))
    assert (rows[0]["customer"], rows[0]["customer_name"]) == ("carol@mail.example", "Carol Reyes")
    told = ticket.events.count()
    run = taken(
        propose(
            "tickets", b"".join(formats.write_csv(table.get_export_headers(), rows)).decode(), ada, mailbox
        ),
        ada,
    )
    assert (run.refused, Ticket.objects.get(), ticket.events.count()) == (0, ticket, told)


OWN = """name,emails,custom.card,custom.since
Carol R.,carol@mail.example,Дуб,2026-02-28
Dan,dan@mail.example,,
Eve,eve@mail.example,elm,
"""


def test_custom_fields_are_columns(ada, carol):
    options = [{"value": "oak", "labels": {"ru": "Дуб"}}]
    CustomField.objects.create(
        of="customer", key="card", kind="choice", labels={"en": "Card"}, options=options
    )
    CustomField.objects.create(of="customer", key="since", kind="date", labels={"en": "Since"})
    run = taken(propose("customers", OWN, ada), ada)
    assert (run.added, run.changed, run.refused) == (1, 1, 1)
    assert "elm" not in Customer.objects.values_list("custom__card", flat=True)
    assert "custom.card" in run.problems[0][1]
    carol.refresh_from_db()
    assert carol.custom == {"card": "oak", "since": "2026-02-28"}
    table = resources.TABLES["customers"]()
    rows = {row["name"]: row for row in table.rows(resources.fetched("customers", Customer.objects.all()))}
    assert (rows["Carol R."]["custom.card"], rows["Dan"]["custom.since"]) == ("oak", "")
    emptied = "name,emails,custom.card\nCarol R.,carol@mail.example,\n"
    assert taken(propose("customers", emptied, ada), ada).changed == 1
    carol.refresh_from_db()
    assert carol.custom == {"since": "2026-02-28"}


def test_and_of_tickets_too(ada, mailbox, carol):
    CustomField.objects.create(of="ticket", key="order", labels={"en": "Order"})
    text = "subject,customer,text,custom.order\nLamp,carol@mail.example,It broke,TP-1\n"
    run = taken(propose("tickets", text, ada, mailbox), ada)
    assert (run.added, run.refused) == (1, 0), run.problems
    ticket = Ticket.objects.get()
    assert ticket.custom == {"order": "TP-1"}
    text = f"number,customer,custom.order\n{ticket.number},carol@mail.example,TP-2\n"
    assert taken(propose("tickets", text, ada, mailbox), ada).changed == 1
    ticket.refresh_from_db()
    assert ticket.custom == {"order": "TP-2"}
