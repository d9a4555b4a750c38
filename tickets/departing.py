"""What waited for its time becomes a message: a reply, a forward, or words of an enquiry."""

from typing import Any

from tickets import enquiries, promises, replies
from tickets.models import Draft, Message


def hand_over(row: Draft) -> Message:
    """Send what waited, in whatever way it was meant; its row is used up. Raises what the verb does."""
    said: dict[str, Any] = {"author": row.author, "body": row.body, "html": row.html, "key": row.key}
    said |= {"to": row.to, "cc": row.cc, "draft": row}
    if row.mode == Draft.Mode.ASIDE:
        return _ask(row, said)
    said |= {"bcc": row.bcc, "channel": row.channel}
    if row.mode == Draft.Mode.FORWARD:
        if row.answers is None:
            raise replies.NowhereToSend("the message to pass on is gone")
        return replies.forward(row.ticket, answers=row.answers, **said)
    return replies.send(
        row.ticket,
        answers=row.answers,
        status=row.status,
        seen=row.seen,
        snooze_until=row.snooze_until,
        word=promises.Word(row.promise_due, row.keeps_promise),
        **said,
    )


def _ask(row: Draft, said: dict[str, Any]) -> Message:
    """The words of an enquiry: its first ones, or the next."""
    if row.enquiry:
        return enquiries.write(row.enquiry, **said)
    subject = row.subject or row.ticket.subject
    return enquiries.ask(row.ticket, subject=subject, channel=row.channel, **said)
