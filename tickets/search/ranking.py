"""The best of the newest hits first.

What counts: the words in the subject, in names and close together (cover density, PostgreSQL 12.3.3 "Ranking
Search Results"), then what is open, what is one's own, and what is recent. Only the newest hits are ranked,
at most `asking.MOST`: to rank all that hold a common word takes seconds.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from helpdesk.accounts.models import User
from tickets.models import Ticket

READ = 2
"""Messages of a ticket that are ranked, the newest that hold the words."""

# Weights as `documents` gives them: D the text, C names of files, B whom it went to, A subject and sender.
_SCORED = """
SELECT t.id
FROM tickets_ticket AS t, (SELECT %(query)s::tsquery AS query) AS q, LATERAL (
    SELECT max(ts_rank_cd('{0.1, 0.2, 0.1, 0.8}', m.search, q.query, 32)) AS rank FROM (
        SELECT search FROM tickets_message
        WHERE ticket_id = t.id AND search @@ q.query ORDER BY id DESC LIMIT %(read)s
    ) AS m
) AS said
WHERE t.id = ANY(%(tickets)s)
ORDER BY coalesce(said.rank, 0)
    + CASE WHEN t.number = %(number)s THEN 10 ELSE 0 END
    + CASE WHEN t.status = ANY(%(unfinished)s) AND t.folder = 'desk' THEN 0.1 ELSE 0 END
    + CASE WHEN t.assignee_id = %(user)s THEN 0.1 ELSE 0 END
    + 0.2 / (1 + greatest(extract(epoch FROM now() - t.last_message_at), 0) / 1209600) DESC,
    t.last_message_at DESC, t.id DESC
"""


def best_first(tsquery: str, tickets: Sequence[int], user: User, number: int | None = None) -> list[int]:
    """These ids of tickets, the best first; one query."""
    if not tickets:
        return []
    values: dict[str, Any] = {
        "query": tsquery,
        "tickets": list(tickets),
        "read": READ,
        "number": number,
        "user": user.pk,
        "unfinished": [str(each) for each in Ticket.UNFINISHED],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SCORED, values)
        return [row[0] for row in cursor.fetchall()]
