"""Other tickets about the same: found by the rare words of the subject, among those a colleague may see.

Asked for when somebody looks, never with a page: a window of the newest messages tells how common each word
is, the index of the search gives the rest.
"""

from django.db import connection, transaction

from tickets import access, naming
from tickets.horizon import Viewer
from tickets.models import Message, Ticket

WINDOW = 2000  # newest messages that tell how common a word is
RARE = 0.02  # in so many of them at most
WORDS = 6
HITS = 400
MOST = 6
PATIENCE = 500  # milliseconds

# The words of the subject in the form in which the search knows them: those that the message itself has.
_OWN = """
SELECT word.lexeme FROM tickets_message AS m CROSS JOIN unnest(m.search) AS word
WHERE m.id = %s AND length(word.lexeme) BETWEEN 3 AND 40 AND word.lexeme !~ '^[0-9@/._:+=-]+$'
  AND word.lexeme = ANY(SELECT unnest(tsvector_to_array(
      to_tsvector('simple', %s) || to_tsvector('english', %s) || to_tsvector('russian', %s)
      || to_tsvector('hungarian', %s))))
"""
_COMMON = """
SELECT word, count(*) FROM (
    SELECT search FROM tickets_message WHERE search IS NOT NULL ORDER BY id DESC LIMIT %s
) AS newest, unnest(%s::text[]) AS word
WHERE newest.search @@ quote_literal(word)::tsquery GROUP BY word
"""
_ALIKE = """
WITH hits AS MATERIALIZED (
    SELECT ticket_id, search FROM tickets_message WHERE search @@ %s::tsquery ORDER BY id DESC LIMIT %s
)
SELECT ticket_id, count(DISTINCT word) AS shared FROM hits, unnest(%s::text[]) AS word
WHERE search @@ quote_literal(word)::tsquery AND ticket_id <> %s
GROUP BY ticket_id ORDER BY shared DESC, ticket_id DESC LIMIT 100
"""


def find(ticket: Ticket, viewer: Viewer, most: int = MOST) -> list[Ticket]:
    """Tickets of others that share the most of this one's rare words, the newest of equals first."""
    first = Message.objects.filter(ticket=ticket, search__isnull=False).order_by("id").only("id").first()
    if first is None or not ticket.subject.strip():
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE)])
        words = _rare(cursor, first.pk, ticket.subject)
        if not words:
            return []
        either = " | ".join(_quoted(word) for word in words)
        cursor.execute(_ALIKE, [either, HITS, words, ticket.pk])
        shared = dict(cursor.fetchall())
    wanted = access.tickets(viewer).on_desk().filter(pk__in=shared).exclude(customer=ticket.customer_id)
    found = wanted.select_related("customer").only(
        "number", "subject", "status", "last_message_at", "customer__name"
    )
    best = sorted(found, key=lambda each: (-shared[each.pk], -each.pk))[:most]
    naming.look_up(each.customer for each in best)
    return best


def _rare(cursor: object, message: int, subject: str) -> list[str]:
    """The words of the subject that few messages have, the rarest first."""
    cursor.execute(_OWN, [message, *[subject] * 4])  # type: ignore[attr-defined]
    own = [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]
    cursor.execute(_COMMON, [WINDOW, own])  # type: ignore[attr-defined]
    common = dict(cursor.fetchall())  # type: ignore[attr-defined]
    enough = max(WINDOW * RARE, 5)
    rare = [word for word in own if common.get(word, 0) <= enough]
    return sorted(rare, key=lambda word: (common.get(word, 0), -len(word)))[:WORDS]


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
