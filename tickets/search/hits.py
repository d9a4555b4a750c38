"""Where the words of a query stand: the forms in which texts have them, and a few words around the first."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from tickets.models.ticket import TicketQuerySet
from tickets.search import asking, documents, understood, unfinished
from tickets.search.language import Query

MOST_TICKETS = 60
MESSAGES_OF_ONE = 40  # the newest with a hit
READ = 20_000  # letters of a message
MOST_FORMS = 100
BEFORE, AROUND = 14, 160  # letters of an excerpt
_MARK = re.compile("\x02([^\x02\x03]*)\x03")

# The parser of PostgreSQL finds the words again, stemmed as they were when the message was indexed.
_HITS = """
SELECT ticket_id, ts_headline(config::regconfig, head, query::tsquery, options),
       ts_headline(config::regconfig, body, query::tsquery, options)
FROM (
    SELECT m.ticket_id, m.id, q.query, q.options,
           coalesce(%(configs)s::jsonb ->> m.language, 'simple') AS config,
           concat_ws(E'\\n', m.subject, m.sender_name, m.sender_address) AS head,
           left(m.text, %(read)s) AS body,
           row_number() OVER (PARTITION BY m.ticket_id ORDER BY m.id DESC) AS place
    FROM tickets_message AS m,
         (SELECT %(query)s AS query, 'HighlightAll=true, StartSel="\x02", StopSel="\x03"' AS options) AS q
    WHERE m.ticket_id = ANY(%(tickets)s) AND m.search @@ q.query::tsquery
) AS found WHERE place <= %(most)s ORDER BY id DESC
"""


@dataclass
class Hits:
    forms: list[str] = field(default_factory=list)
    """The words as they stand in the texts, each once whatever its capitals."""
    excerpts: dict[int, str] = field(default_factory=dict)
    """Number of the ticket → the words around its newest hit, where the text of a message has one."""


def of(query: str, tickets: TicketQuerySet, *, messages: int = 1) -> Hits:
    """Where these tickets, at most 60, hold the words; of each its newest messages, at most 40, are read."""
    numbers = dict(tickets.values_list("pk", "number")[:MOST_TICKETS])
    as_typed = understood(query)
    found = _found(as_typed, numbers, messages)
    completed = unfinished(as_typed)
    return found if found.forms or not completed else _found(completed, numbers, messages)


def _found(query: Query, numbers: Mapping[int, int], messages: int) -> Hits:
    asked = asking.compiled(query)
    found = Hits()
    if not asked.wanted or not numbers:
        return found
    for pk, head, body in _read(asked.wanted, list(numbers), min(messages, MESSAGES_OF_ONE)):
        _gather(found, [*_MARK.findall(head), *_MARK.findall(body)])
        if numbers[pk] not in found.excerpts and (said := excerpt(body)):
            found.excerpts[numbers[pk]] = said
    return found


def _read(query: str, tickets: list[int], messages: int) -> list[tuple[int, str, str]]:
    configs = json.dumps(documents.CONFIGS)
    with connection.cursor() as cursor:
        cursor.execute(
            _HITS,
            {"query": query, "tickets": tickets, "most": messages, "read": READ, "configs": configs},
        )
        return cursor.fetchall()


def _gather(found: Hits, forms: Iterable[str]) -> None:
    known = {form.casefold() for form in found.forms}
    for form in forms:
        if form.casefold() not in known and len(found.forms) < MOST_FORMS:
            known.add(form.casefold())
            found.forms.append(form)


def excerpt(marked: str) -> str:
    """The words around the first mark, on one line; "" without a mark. Pure."""
    first = _MARK.search(marked)
    if first is None:
        return ""
    text = " ".join(_MARK.sub(r"\1", marked).split())
    place = len(" ".join(_MARK.sub(r"\1", marked[: first.start()] + "|").split())) - 1
    start = text.rfind(" ", 0, place - BEFORE) + 1 if place > BEFORE else 0
    cut = text[start : start + AROUND]
    return f"{'… ' if start else ''}{cut}{'…' if start + AROUND < len(text) else ''}"
