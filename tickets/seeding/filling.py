"""Puts a made-up desk into the database: one transaction, so that it is whole or not there."""

import multiprocessing
import random
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from django.db import connection, connections, transaction
from django.db.models import Model
from django.utils import timezone

from channels_app import files
from tickets import vacancy
from tickets.models import Customer, Identity, Message
from tickets.models.ticket import NUMBER_SEQUENCE
from tickets.search import documents
from tickets.seeding import copying, indexes, people, sheets, staff
from tickets.seeding.histories import YEARS, Plan

STRETCH = 4_000
GIANT = 500
TYPICAL_LONG = 20  # every thousandth ticket has as many messages, so that pages can be compared
SHARED_FILES = 24
Lines = dict[type[Model], bytes]


def fill(tickets: int, messages: int, say: Callable[[str], None]) -> None:
    """A desk with this many tickets and messages in all. Raises vacancy.Occupied."""
    vacancy.insist()
    with transaction.atomic():
        team = staff.hire()
        plan = Plan(
            now=timezone.now(),
            counts=message_counts(tickets, messages),
            customers=max(1, tickets // 5),
            agents=team.agents,
            channels=team.channels,
            files=_shared_files(),
        )
        with indexes.aside([*people.TABLES, *sheets.TABLES]):
            _copy_customers(plan)
            for done, lines in _stretches(plan):
                _copy(lines)
                say(f"{done:,} of {tickets:,} tickets")
            _index_files()
            say("indexes and foreign keys")
        _advance_sequences()
    _tidy()


def _index_files() -> None:
    with connection.cursor() as cursor:
        cursor.execute(documents.INDEX_FILES)


def message_counts(tickets: int, messages: int) -> tuple[int, ...]:
    """How many messages each ticket has: at least one, `messages` in all, and one ticket with 500."""
    if messages < tickets:
        raise ValueError("every ticket has a message at least")
    rng = random.Random(tickets)
    giant = min(GIANT, messages - tickets + 1)
    left = messages - giant - (tickets - 1)
    counts = [1] * (tickets - 1)
    mean = left / max(1, tickets - 1)
    for index in range(tickets - 1):
        wanted = TYPICAL_LONG - 1 if index % 1000 == 500 else _spread(rng, mean)
        counts[index] += min(left, wanted)
        left -= counts[index] - 1
    while left and counts:
        counts[rng.randrange(len(counts))] += 1
        left -= 1
    counts.insert(int(len(counts) * 0.99), giant + left)
    return tuple(counts)


def _spread(rng: random.Random, mean: float) -> int:
    """Many short talks, few long ones; a whole number with this mean."""
    value = rng.expovariate(1 / mean) if mean else 0.0
    return int(value) + (rng.random() < value % 1)


def _stretches(plan: Plan) -> Iterator[tuple[int, Lines]]:
    """The rows of a few thousand tickets at a time, written by a process of its own while we send."""
    reader, writer = multiprocessing.Pipe(duplex=False)
    connections["default"].ensure_connection()
    process = multiprocessing.get_context("fork").Process(target=_write, args=(plan, writer), daemon=True)
    process.start()
    writer.close()
    try:
        while (sent := reader.recv()) is not None:
            yield sent
    finally:
        process.kill()
        process.join()


def _write(plan: Plan, writer: Connection) -> None:
    made = sheets.Sheets(plan)
    total = len(plan.counts)
    for start in range(0, total, STRETCH):
        end = min(start + STRETCH, total)
        writer.send((end, made.stretch(range(start + 1, end + 1))))
    writer.send(None)


def _copy(lines: Lines) -> None:
    for model, data in lines.items():
        if model is Message:
            _copy_messages(data)
        else:
            copying.send(model, sheets.TABLES[model].split(), data)


def _copy_messages(data: bytes) -> None:
    """Through a staging table, so that each row is written once, with its search document."""
    columns = sheets.TABLES[Message].split()
    names = ", ".join(columns)
    values = ", ".join(f"m.{name}" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS staged (LIKE tickets_message INCLUDING DEFAULTS) ON COMMIT DROP"
        )
        copying.send(Message, columns, data, table="staged")
        cursor.execute(
            f"INSERT INTO tickets_message ({names}, search) SELECT {values}, {documents.DOCUMENT} "
            "FROM staged AS m JOIN tickets_ticket AS t ON t.id = m.ticket_id ORDER BY m.id",
            documents.document_values(),
        )
        cursor.execute("TRUNCATE staged")


def _copy_customers(plan: Plan) -> None:
    everybody = [people.person(number) for number in range(1, plan.customers + 1)]
    since = plan.now - YEARS
    customers = [(who.number, who.name, who.language, who.zone, who.country, "", since) for who in everybody]
    known = [(who.number, "email", address, since) for who in everybody for address in people.addresses(who)]
    for model, lines in ((Customer, customers), (Identity, known)):
        copying.send(model, people.TABLES[model].split(), copying.rows(lines))


def _shared_files() -> tuple[tuple[str, str, str, int], ...]:
    """A few stored files that all attachments share: their number is what weighs, not their bytes."""
    rng = random.Random(0)
    made: list[tuple[str, str, str, int]] = []
    for number in range(SHARED_FILES):
        content = (
            f"Delivery note {number}\n".encode() + rng.randbytes(rng.randint(200, 20_000)).hex().encode()
        )
        made.append((files.store(content), f"delivery-note-{number}.txt", "text/plain", len(content)))
    return tuple(made)


def _advance_sequences() -> None:
    with connection.cursor() as cursor:
        for model in (*sheets.TABLES, Customer):
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute(f"SELECT setval('{NUMBER_SEQUENCE}', max(number)) FROM tickets_ticket")


def _tidy() -> None:
    """What autovacuum would do in the hours after: statistics, and pages known to be visible to all."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
