"""Finding tickets by number, and by the words of their subject, customer and messages.

Each message is indexed in its own language; a query asks in all of them. Newest first: common words are
answered from the newest messages alone, rare ones from the whole index. No totals are counted.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from helpdesk import prepared

CONFIGS = {
    "en": "english",
    "ru": "russian",
    "hu": "hungarian",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "sv": "swedish",
    "no": "norwegian",
    "da": "danish",
    "fi": "finnish",
    "ro": "romanian",
    "tr": "turkish",
}
ASKED = ("simple", "english", "russian", "hungarian")
SAMPLE = 3_000  # newest messages looked through first, to learn how common the words are
ENOUGH = 100  # tickets that make older ones needless
MOST = 500  # tickets considered at all
INDEXED_CHARS = 100_000  # a tsvector holds 1 MiB at most (PostgreSQL 12.1 "Limitations")

# The words of message `m` on ticket `t`: as they are, and in the language of the message, names included,
# since a query for a name and a word is understood in one language as a whole. For rows made in bulk too.
DOCUMENT = """
    setweight(to_tsvector('simple', left(concat_ws(' ', t.number::text, m.subject, m.sender_name,
                                                   m.sender_address), 4000)), 'A')
    || to_tsvector(coalesce(%(configs)s::jsonb ->> m.language, 'simple')::regconfig,
                   left(concat_ws(' ', m.subject, m.sender_name, m.text), %(chars)s))
"""

_INDEX = f"""
UPDATE tickets_message AS m SET search = {DOCUMENT}
FROM tickets_ticket AS t
WHERE m.id = ANY(%(messages)s) AND t.id = m.ticket_id
"""  # noqa: S608  (only our own text)

# A window of the newest messages, read one by one: nothing is faster for words that most messages hold.
_NEWEST = """
SELECT ticket_id FROM (
    SELECT id, ticket_id, search FROM tickets_message WHERE id > %s ORDER BY id DESC OFFSET 0
) AS newest WHERE search @@ {query} GROUP BY ticket_id ORDER BY max(id) DESC LIMIT %s
"""

# Without MATERIALIZED the planner walks the newest messages here too, in vain for a rare word.
_ALL = """
WITH hits AS MATERIALIZED (SELECT id, ticket_id FROM tickets_message WHERE search @@ {query})
SELECT ticket_id FROM hits GROUP BY ticket_id ORDER BY max(id) DESC LIMIT %s
"""

_QUERY = "(" + " || ".join(f"websearch_to_tsquery('{config}', %s)" for config in ASKED) + ")"


def find(query: str) -> list[int]:
    """Ids of tickets that hold all these words, the newest message first; no permission is checked.

    A phrase in quotes, `or` and a minus before a word work as in web searches. Of common words only the
    newest tickets are given, of any at most 500.
    """
    return next(widening(query))


def widening(query: str) -> Iterator[list[int]]:
    """What `find` gives, then, for who may see few of them, more and more, at last the whole index."""
    newest = _newest(query, SAMPLE)
    window = SAMPLE if len(newest) >= ENOUGH else _worth_reading(len(newest))
    if window:
        yield newest if window == SAMPLE else _newest(query, window)
        yield _newest(query, window * 8)
    yield _ask(_ALL, [], query, MOST)


def _newest(query: str, window: int) -> list[int]:
    return _ask(_NEWEST, [_last_id() - window], query, MOST)


def _worth_reading(hits: int) -> int:
    """How many of the newest messages to read for enough hits, 0 where the index has less to fetch."""
    if not hits:
        return 0
    share = hits / SAMPLE
    needed = int(1.5 * ENOUGH / share)
    return needed if needed < share * _last_id() else 0


def _last_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM tickets_message")
        return cursor.fetchone()[0]


def _ask(sql: str, before: Sequence[int], query: str, limit: int) -> list[int]:
    query = query.replace("\x00", " ").strip()[:400]
    if not query:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(query=_QUERY), [*before, *[query] * len(ASKED), limit])
        return [row[0] for row in cursor.fetchall()]


def number(query: str) -> int | None:
    """The ticket number that the query is, such as "1044" or "#1044"."""
    digits = query.strip().removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


def index(messages: Iterable[int]) -> None:
    """Make these messages findable; safe to call again."""
    with prepared.cursor() as cursor:
        cursor.execute(_INDEX, {**document_values(), "messages": list(messages)})


def document_values() -> dict[str, str | int]:
    """What DOCUMENT asks for."""
    return {"configs": json.dumps(CONFIGS), "chars": INDEXED_CHARS}
