"""A query in PostgreSQL's words (textsearch), and the newest tickets that fit it.

Newest first: common words are answered from the newest messages alone, rare ones from the whole index. No
totals are counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from tickets.models import Message
from tickets.models.ticket import TicketQuerySet
from tickets.search import documents
from tickets.search.language import Query
from tickets.search.tsquery import Statement

SAMPLE = 3_000  # newest messages looked through first, to learn how common the words are
ENOUGH = 100  # tickets that make older ones needless
MOST = 500  # tickets considered at all

# A window of the newest messages, read one by one: nothing is faster for words that most messages hold.
_NEWEST = """
SELECT ticket_id, max(id) AS newest FROM (
    SELECT id, ticket_id, search FROM tickets_message WHERE id > %s ORDER BY id DESC OFFSET 0
) AS messages WHERE search @@ %s::tsquery GROUP BY ticket_id ORDER BY newest DESC
"""

# Without MATERIALIZED the planner walks the newest messages here too, in vain for a rare word.
_ALL = """
SELECT ticket_id, max(id) AS newest FROM tickets_message WHERE search @@ %s::tsquery
GROUP BY ticket_id ORDER BY newest DESC
"""

_LEXEME = re.compile(r"'(?:[^']|'')*'")
_PLAN = "EXPLAIN (FORMAT JSON) SELECT FROM tickets_message WHERE search @@ %s::tsquery"

# The hits, the newest first, and how many there are; each ticket is looked at by its key, as far as need be.
_OF_HITS = """
WITH hits AS MATERIALIZED ({hits})
SELECT ticket_id, (SELECT count(*) FROM hits) FROM hits WHERE {within} LIMIT %s
"""


@dataclass(frozen=True)
class Asked:
    """A query as PostgreSQL reads it; "" asks for nothing."""

    wanted: str
    without: str
    last: int
    """Id of the newest message."""


def compiled(query: Query) -> Asked:
    """The query in all languages of the desk: understood in each as a whole; one fast question."""
    wanted, without = Statement(), Statement()
    configs = documents.asked()
    wanted.either(wanted.every(query.groups, config) for config in configs)
    without.either(without.piece(piece, config) for config in configs for piece in query.without)
    sql = f"SELECT ({wanted.sql})::text, ({without.sql})::text, coalesce(max(id), 0) FROM tickets_message"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*wanted.values, *without.values])
        return Asked(*cursor.fetchone())


def widening(asked: Asked, within: TicketQuerySet | None = None) -> Iterator[list[int]]:
    """Ids of tickets, the newest message first, at most MOST: of the newest, of more, at last of all.

    `within` are the tickets that count; without it all do.
    """
    if not asked.wanted:
        yield []
        return
    newest, hits = _newest(asked, SAMPLE, within)
    if len(newest) >= ENOUGH:
        yield newest
    for window in _windows(asked, len(newest), hits):
        found = _newest(asked, window, within)[0]
        if found:  # of none there is nothing to show yet
            yield found
    yield _ask(_ALL, [asked.wanted], within)[0]


def on_ticket(tsquery: str) -> Exists:
    """Whether any message of a ticket holds this."""
    return Exists(Message.objects.filter(ticket=OuterRef("pk"), search__holds=tsquery))


def _newest(asked: Asked, window: int, within: TicketQuerySet | None) -> tuple[list[int], int]:
    return _ask(_NEWEST, [asked.last - window, asked.wanted], within)


def _windows(asked: Asked, found: int, hits: int) -> Iterator[int]:
    """How many of the newest messages to read, each time more, while the index would fetch as many.

    What is rare of late may be common in older mail: the planner knows it from its statistics.
    """
    window = SAMPLE * 8
    if 0 < found < ENOUGH:
        window = int(1.5 * ENOUGH * SAMPLE / found)
    fetched = max(hits / SAMPLE * asked.last, _expected(asked.wanted))
    while window < min(fetched, asked.last):
        yield window
        window *= 8


def _expected(wanted: str) -> int:
    """How many messages hold this by PostgreSQL's statistics, 0 where no word of it is common; none is read.

    A word that they do not know is taken for one that is nearly common: that much is what nobody writes.
    """
    return max(0, _planned(wanted) - _planned(_LEXEME.sub("'⸮'", wanted)))


def _planned(wanted: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, [wanted])
        [[plan]] = cursor.fetchone()
    return int(plan["Plan"]["Plan Rows"])


def _ask(sql: str, values: list[Any], within: TicketQuerySet | None) -> tuple[list[int], int]:
    """The tickets, and how many hold the words whether they count or not."""
    rule, given = "true", ()
    if within is not None:
        each = within.order_by().extra(where=["tickets_ticket.id = hits.ticket_id"]).values_list("pk")
        one, given = each.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        rule = f"EXISTS ({one} OFFSET 0)"  # which keeps the planner from joining all tickets there are
    with connection.cursor() as cursor:
        cursor.execute(_OF_HITS.format(hits=sql, within=rule), [*values, *given, MOST])
        rows = cursor.fetchall()
    return [row[0] for row in rows], rows[0][1] if rows else 0
