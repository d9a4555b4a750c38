"""Finding tickets: by number, by words of subject, customer, messages and files, and by what they are.

Each message is indexed in its own language; a query asks in all that customers write. Newest first, or on
wish the best of the newest; no totals.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.search import asking, conditions, documents, language, ranking, words
from tickets.search.language import Query
from tickets.search.trouble import Trouble

SHORTEST_BEGINNING = 3  # letters of an unfinished word that are looked up
PATIENCE = 1500  # milliseconds for the last resort: a common word among tickets of some kind


def find(query: str) -> list[int]:
    """Ids of tickets that hold all these words, the newest message first; no permission is checked.

    Of common words only the newest tickets are given, of any at most 500. Operators are left out.
    """
    asked = asking.compiled(understood(query))
    ids = next(asking.widening(asked))
    if not asked.without:
        return ids
    held = set(
        Ticket.objects.filter(asking.on_ticket(asked.without), pk__in=ids).values_list("pk", flat=True)
    )
    return [pk for pk in ids if pk not in held]


def understood(text: str) -> Query:
    """What somebody typed, with the desk's custom fields as operators."""
    known = {field.key for field in conditions.searchable()} if ":" in text else set()
    return language.read(text, known)


def troubles(query: Query, user: User) -> list[Trouble]:
    """What of the query cannot be understood, each in a sentence."""
    return [*query.troubles, *conditions.of(query.terms, user, timezone.now()).troubles]


def matching(text: str, visible: TicketQuerySet, user: User) -> Iterator[TicketQuerySet]:
    """Those of `visible` that fit the query: first among the newest hits, more and more when asked again.

    Without words, tickets on the desk, unless spam or bin is asked for. An unfinished last word is completed
    only where the words as they stand find nothing.
    """
    query = understood(text)
    wanted = conditions.of(query.terms, user, timezone.now())
    asked = asking.compiled(query)
    narrowed = visible.filter(wanted.rule)
    if asked.without:
        narrowed = narrowed.exclude(asking.on_ticket(asked.without))
    if not asked.wanted:
        says_something = bool(asked.without or wanted.rule)
        on_desk = narrowed if wanted.folders else narrowed.on_desk()
        yield on_desk if says_something else visible.none()
        return
    found = visible.none()
    for found in _hits(asked, narrowed, number(text), is_narrow=bool(wanted.rule)):
        yield found
    completed = unfinished(query)
    if completed and not found.exists():
        yield from _hits(asking.compiled(completed), narrowed, None, is_narrow=bool(wanted.rule))


def best(text: str, visible: TicketQuerySet, user: User) -> list[int]:
    """Ids of the newest tickets that fit, at most 500, the best first; without words the newest first.

    Where already the newest hits are many, older ones are not looked for.
    """
    ids: list[int] = []
    for found in matching(text, visible, user):
        ids = list(found.newest_first().values_list("pk", flat=True)[: asking.MOST])
        if len(ids) >= asking.ENOUGH:
            break
    query = understood(text)
    wanted = asking.compiled(unfinished(query) or query).wanted
    return ranking.best_first(wanted, ids, user, number(text)) if wanted else ids


def has_words(text: str) -> bool:
    """Whether a query asks for words, so that one hit may be better than another."""
    return bool(understood(text).groups)


def alternatives(text: str) -> Iterator[str]:
    """Queries that somebody may have meant who made a typing error; what they find is not asked."""
    return words.alternatives(understood(text))


def number(query: str) -> int | None:
    """The ticket number that the query is, such as "1044" or "#1044"."""
    digits = query.strip().removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


def unfinished(query: Query) -> Query | None:
    """The query with its last word as the beginning of one; None where it cannot be."""
    if not query.groups or len(query.groups[-1]) > 1:
        return None
    last = query.groups[-1][0]
    if last.prefix or last.weight or " " in last.text or len(last.text) < SHORTEST_BEGINNING:
        return None
    return replace(query, groups=(*query.groups[:-1], (replace(last, prefix=True),)))


def index(messages: Iterable[int]) -> None:
    """Make these messages findable, and their words known to corrections; safe to call again."""
    ids = list(messages)
    documents.index(ids)
    words.learn(ids)


def _hits(
    asked: asking.Asked, narrowed: TicketQuerySet, number: int | None, *, is_narrow: bool
) -> Iterator[TicketQuerySet]:
    ids: list[int] = []
    for ids in asking.widening(asked, narrowed if narrowed.query.where.children else None):
        yield narrowed.filter(Q(pk__in=ids) | Q(number=number))
    if is_narrow and len(ids) >= asking.MOST:  # what is asked for may be older than the newest hits
        yield narrowed.filter(pk__in=[*ids, *_patiently(narrowed.filter(asking.on_ticket(asked.wanted)))])


def _patiently(found: TicketQuerySet) -> list[int]:
    """The newest of these, if PostgreSQL finds them soon; [] otherwise."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout')")
            before = cursor.fetchone()[0]
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE)])
            ids = list(found.newest_first().values_list("pk", flat=True)[: asking.MOST])
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
            return ids
    except OperationalError:
        return []
