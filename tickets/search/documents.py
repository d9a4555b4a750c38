"""What of a message can be found: its search document, made when it comes and when it moves."""

import json
import time
from collections.abc import Iterable

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
INDEXED_CHARS = 100_000  # a tsvector holds 1 MiB at most (PostgreSQL 12.1 "Limitations")
SHOWN_LANGUAGES = 2_000  # newest messages that tell which languages customers write
KEPT = 300.0  # seconds
_known: list[tuple[float, tuple[str, ...]]] = []

# The words of message `m` on ticket `t`: as they are, and in the language of the message, names included,
# since a query for a name and a word is understood in one language as a whole. Whom it went to has a weight
# of its own. For rows made in bulk too.
DOCUMENT = """
    setweight(to_tsvector('simple', left(concat_ws(' ', t.number::text, m.subject, m.sender_name,
                                                   m.sender_address), 4000)), 'A')
    || setweight(jsonb_to_tsvector('simple', m.recipients - 'reply_to' - 'list', '["string"]'), 'B')
    || to_tsvector(coalesce(%(configs)s::jsonb ->> m.language, 'simple')::regconfig,
                   left(concat_ws(' ', m.subject, m.sender_name, m.text), %(chars)s))
"""

# Names of files count whole and in their words: "invoice-2026.pdf" is one word to PostgreSQL.
NAMES = (
    "left(string_agg(a.name || ' ' || translate(a.name, '._-+()[]', '        '), ' ' ORDER BY a.id), 4000)"
)
_FILES = f"""
    || setweight(to_tsvector('simple', coalesce((
        SELECT {NAMES} FROM tickets_attachment AS a WHERE a.message_id = m.id AND NOT a.inline), '')), 'C')
"""  # noqa: S608  (only our own text)

# The same for rows made in bulk, once their files are there.
INDEX_FILES = f"""
UPDATE tickets_message AS m SET search = m.search || setweight(to_tsvector('simple', files.names), 'C')
FROM (
    SELECT a.message_id, {NAMES} AS names FROM tickets_attachment AS a WHERE NOT a.inline GROUP BY 1
) AS files
WHERE files.message_id = m.id
"""  # noqa: S608
_INDEX = f"""
UPDATE tickets_message AS m SET search = {DOCUMENT} {_FILES}
FROM tickets_ticket AS t
WHERE m.id = ANY(%(messages)s) AND t.id = m.ticket_id
"""  # noqa: S608  (only our own text)

_LANGUAGES = """
SELECT DISTINCT language FROM (SELECT language FROM tickets_message ORDER BY id DESC LIMIT %s) AS newest
"""


def index(messages: Iterable[int]) -> None:
    """Make these messages findable; safe to call again."""
    with prepared.cursor() as cursor:
        cursor.execute(_INDEX, {**document_values(), "messages": list(messages)})


def document_values() -> dict[str, str | int]:
    """What DOCUMENT asks for."""
    return {"configs": json.dumps(CONFIGS), "chars": INDEXED_CHARS}


def asked() -> tuple[str, ...]:
    """The configurations a query is asked in: those of the desk, and of what customers wrote of late."""
    if _known and time.monotonic() - _known[0][0] < KEPT:
        return _known[0][1]
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES, [SHOWN_LANGUAGES])
        spoken = sorted(CONFIGS[row[0]] for row in cursor.fetchall() if row[0] in CONFIGS)
    configs = tuple(dict.fromkeys([*ASKED, *spoken]))
    _known[:] = [(time.monotonic(), configs)]
    return configs
