"""A query in PostgreSQL's words (textsearch), and the newest tickets that fit it.

Newest first: common words are answered from the newest messages alone, rare ones from the whole index. No
totals are counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef

from tickets.models import Message
from tickets.search import documents
from tickets.search.language import Query
from tickets.search.tsquery import Statement

SAMPLE = 3_000  # newest messages looked through first, to learn how common the words are
ENOUGH = 100  # tickets that make older ones needless
MOST = 500  # tickets considered at all

# A window of the newest messages, read one by one: nothing is faster for words that most messages hold.
_NEWEST = """
SELECT ticket_id FROM (
    SELECT id, ticket_id, search FROM tickets_message WHERE id > %s ORDER BY id DESC OFFSET 0
) AS newest WHERE search @@ %s::tsquery GROUP BY ticket_id ORDER BY max(id) DESC LIMIT %s
"""

# Without MATERIALIZED the planner walks the newest messages here too, in vain for a rare word.
_ALL = """
WITH hits AS MATERIALIZED (SELECT id, ticket_id FROM tickets_message WHERE search @@ %s::tsquery)
SELECT ticket_id FROM hits GROUP BY ticket_id ORDER BY max(id) DESC LIMIT %s
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


def widening(asked: Asked) -> Iterator[list[int]]:
    """Ids of tickets, the newest message first, at most MOST: of the newest, of more, at last of all."""
    if not asked.wanted:
        yield []
        return
    newest = _newest(asked, SAMPLE)
    window = SAMPLE if len(newest) >= ENOUGH else _worth_reading(len(newest), asked.last)
    if window:
        yield newest if window == SAMPLE else _newest(asked, window)
        yield _newest(asked, window * 8)
    yield _ask(_ALL, [asked.wanted, MOST])


def on_ticket(tsquery: str) -> Exists:
    """Whether any message of a ticket holds this."""
    return Exists(Message.objects.filter(ticket=OuterRef("pk"), search__holds=tsquery))


def _newest(asked: Asked, window: int) -> list[int]:
    return _ask(_NEWEST, [asked.last - window, asked.wanted, MOST])


def _worth_reading(hits: int, last: int) -> int:
    """How many of the newest messages to read for enough hits, 0 where the index has less to fetch."""
    if not hits:
        return 0
    share = hits / SAMPLE
    needed = int(1.5 * ENOUGH / share)
    return needed if needed < share * last else 0


def _ask(sql: str, values: Sequence[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
