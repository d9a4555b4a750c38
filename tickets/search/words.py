"""What somebody may have meant who made a typing error: words of tickets that they may see themselves.

The words of the desk are one list; whether one is offered is decided by what the query with it would find for
this colleague. So nothing of others' tickets shows, neither a word that is there nor that one is not.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from django.db import connection, transaction

from helpdesk import prepared
from tickets.search import spelling
from tickets.search.language import Query
from tickets.search.spelling import distance, folded

SHORTEST, LONGEST = 4, 40  # letters of a word that is corrected
ALIKE = 0.2  # by pg_trgm: two letters changed places in a short word leave no more
CANDIDATES = 40
FOR_EACH = 3
MOST_CORRECTED = 3  # words of one query
TRIED = 6  # changed queries, at most

# In order, so that two workers who learn the same new words do not lock each other out. Most words are known,
# and to see that one is costs less than to find it out by a conflict; OFFSET 0 has them looked up one by one.
_LEARN = """
INSERT INTO tickets_word (text, alike)
SELECT DISTINCT word.lexeme, translate(word.lexeme, %s, %s) FROM tickets_message AS m
CROSS JOIN unnest(to_tsvector('simple', left(concat_ws(' ', m.subject, m.sender_name, m.text), 20000)))
     AS word
WHERE m.id = ANY(%s) AND length(word.lexeme) BETWEEN 4 AND 40 AND word.lexeme !~ '[0-9@/._:+=-]'
  AND NOT EXISTS (SELECT FROM tickets_word AS known WHERE known.text = word.lexeme OFFSET 0)
ORDER BY 1 ON CONFLICT DO NOTHING
"""
_FORGET = """
DELETE FROM tickets_word WHERE text IN (
    SELECT word.lexeme FROM tickets_message AS m
    CROSS JOIN unnest(to_tsvector('simple', left(concat_ws(' ', m.subject, m.sender_name, m.text), 20000)))
     AS word
    WHERE m.id = ANY(%s)
)
"""
_ALIKE = """
SELECT text FROM tickets_word WHERE alike %% %s AND text <> %s
ORDER BY similarity(alike, %s) DESC, text LIMIT %s
"""


def learn(messages: Iterable[int]) -> None:
    """Know the words of these messages."""
    with prepared.cursor() as cursor:
        cursor.execute(_LEARN, [spelling.OTHERS, spelling.LATIN, list(messages)])


def forget(messages: Iterable[int]) -> None:
    """Forget the words of these messages; those that others use are learned again when they come."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [list(messages)])


def alternatives(query: Query) -> Iterator[str]:
    """Queries with words that look like the ones typed, the nearest first; each as one would type it."""
    typed = [word for word in dict.fromkeys(query.words) if _is_correctable(word)][:MOST_CORRECTED]
    choices = [[(word, 0), *_alike(word)] for word in typed]
    changed = sorted(product(*choices), key=lambda chosen: sum(far for _word, far in chosen))
    for chosen in islice((each for each in changed if any(far for _word, far in each)), TRIED):
        yield _rewritten(query, dict(zip(typed, (word for word, _far in chosen), strict=True)))


def _is_correctable(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.replace("'", "").replace("’", "").isalpha()


def _alike(word: str) -> list[tuple[str, int]]:
    """Words of the desk with few letters changed, each with how many; the nearest first."""
    typed, alike = word.lower(), spelling.latin(word)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(_ALIKE, [alike, typed, alike, CANDIDATES])
        found = [row[0] for row in cursor.fetchall()]
    most = 1 if len(typed) < 6 else 2
    near = [(each, distance(folded(typed), folded(each))) for each in found]
    return sorted((pair for pair in near if 0 < pair[1] <= most), key=lambda pair: pair[1])[:FOR_EACH]


def _rewritten(query: Query, other: dict[str, str]) -> str:
    parts: Sequence[str] = [
        part if place in query.marked else other.get(part, part) for place, part in enumerate(query.parts)
    ]
    return " ".join(parts)
