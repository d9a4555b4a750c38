"""A response is put into what one writes; later it is known whether that went out, and whether it helped."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from channels_app import files as stored
from helpdesk.accounts.models import Company, User
from knowledge.canned.filling import Filled, fill
from knowledge.canned.models import CannedResponse, Use
from tickets import drafts, macros, markup
from tickets.models import Batch, Draft, Macro, Ticket

JUDGED_AFTER = timedelta(days=7)
"""A ticket that stays resolved so long after the reply was solved by it, unless its customer rates it bad;
one that is resolved and rated good was solved by it, whatever was asked between."""
KEPT = timedelta(days=400)

# The first message to the customer that its colleague sent after they had put the response into it.
_FIND_REPLIES = """
UPDATE canned_use AS u SET message_id = (
    SELECT m.id FROM tickets_message AS m
    WHERE m.ticket_id = u.ticket_id AND m.author_id = u.user_id AND m.direction = 'out'
    AND m.created_at >= u.at
    ORDER BY m.created_at, m.id LIMIT 1
) WHERE u.settled_at IS NULL AND u.message_id IS NULL
"""
_JUDGE = """
WITH due AS (
    UPDATE canned_use AS u SET settled_at = %(now)s, is_solved = u.message_id IS NOT NULL AND
        t.status IN ('resolved', 'closed') AND t.rating <> 'bad' AND (t.rating = 'good' OR NOT EXISTS (
            SELECT FROM tickets_message AS m WHERE m.ticket_id = u.ticket_id AND m.direction = 'in'
            AND NOT m.is_automatic AND m.id > u.message_id))
    FROM tickets_ticket AS t
    WHERE t.id = u.ticket_id AND u.settled_at IS NULL AND u.at < %(before)s
    RETURNING u.response_id, u.message_id, u.is_solved
), told AS (
    SELECT response_id, count(message_id) AS used, count(*) FILTER (WHERE is_solved) AS solved
    FROM due GROUP BY response_id
)
UPDATE canned_cannedresponse AS r SET used = r.used + told.used, solved = r.solved + told.solved
FROM told WHERE told.response_id = r.id
"""


@transaction.atomic
def use(
    response: CannedResponse,
    ticket: Ticket,
    *,
    actor: User,
    key: UUID,
    mode: str = Draft.Mode.REPLY,
    language: str = "",
    acts: bool = True,
) -> tuple[Filled, Batch | None]:
    """Fill it in for this ticket; its files go to the colleague's draft, its actions are done if it `acts`.

    The words are the caller's to put where one writes. The same `key` again attaches and does nothing twice.
    Raises macros.Lost.
    """
    filled = fill(response, ticket, agent=actor, company=Company.load(), language=language)
    batch = _act(response, ticket, actor, key) if acts and response.steps else None
    _use, is_new = Use.objects.get_or_create(
        key=key,
        defaults={"response": response, "ticket": ticket, "user": actor, "language": filled.language},
    )
    if is_new and filled.files:
        _attach(filled, ticket, actor, mode)
    return filled, batch


@transaction.atomic
def write(
    response: CannedResponse, ticket: Ticket, *, actor: User, key: UUID, **options: Any
) -> Batch | None:
    """Use it, its words in the colleague's draft below what they have begun. Raises macros.Lost."""
    if Use.objects.filter(key=key).exists():
        return None
    mode = options.get("mode", Draft.Mode.REPLY)
    filled, batch = use(response, ticket, actor=actor, key=key, **options)
    begun = ticket.drafts.open().filter(author=actor, mode=mode).first()
    if begun is None or not begun.body.strip():
        drafts.save(ticket, author=actor, mode=mode, body=filled.text, html=filled.html)
        return batch
    if begun.html or filled.html:
        before, after = begun.html or markup.lines(begun.body), filled.html or markup.lines(filled.text)
        begun.html = f"{before}<div><br></div>{after}"
    begun.body = f"{begun.body.rstrip()}\n\n{filled.text}"
    begun.save()
    return batch


@transaction.atomic
def settle(now: datetime) -> None:
    """Find the replies of new uses, count what became of old ones, forget very old ones. Safe at any time."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_REPLIES)
        cursor.execute(_JUDGE, {"now": now, "before": now - JUDGED_AFTER})
    Use.objects.filter(at__lt=now - KEPT, settled_at__isnull=False).delete()


def figures(response: CannedResponse) -> tuple[int, int, int | None]:
    """How often it went out, how many tickets stayed resolved after it, and the share in per cent."""
    waiting = response.uses.filter(settled_at=None, message__isnull=False).count()
    share = round(100 * response.solved / response.used) if response.used else None
    return response.used + waiting, response.solved, share


def _act(response: CannedResponse, ticket: Ticket, actor: User, key: UUID) -> Batch:
    macro = Macro(title=response.title[:60], steps=response.steps)
    return macros.run(macro, [ticket.number], actor=actor, key=uuid5(key, "actions"))


def _attach(filled: Filled, ticket: Ticket, actor: User, mode: str) -> None:
    """Onto the draft there is, else onto one that is begun with nothing in it yet."""
    begun = ticket.drafts.open().filter(author=actor, mode=mode).first()
    begun = begun or drafts.save(ticket, author=actor, mode=mode, body="")
    there = set(begun.attachments.values_list("sha256", flat=True))
    for file in filled.files:
        if file.sha256 not in there:
            content = stored.read(file.sha256)
            drafts.attach(begun, name=file.name, content=content, content_type=file.content_type)
