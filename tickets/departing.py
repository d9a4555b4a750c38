"""What waited for its time becomes a message: a reply, a forward, or words of an enquiry."""

from typing import Any

from tickets import enquiries, promises, replies
from tickets.models import Draft, Message


def hand_over(row: Draft) -> Message:
    """Send what waited, in whatever way it was meant; its row is used up. Raises what the verb does."""
    if row.mode == Draft.Mode.ASIDE:
        return _ask(row)
    if row.mode == Draft.Mode.FORWARD and row.answers is None:
        raise replies.NowhereToSend("the message to pass on is gone")
    if row.mode == Draft.Mode.FORWARD and row.answers:
        return replies.forward(
            row.ticket,
            author=row.author,
            body=row.body,
            html=row.html,
            key=row.key,
            answers=row.answers,
            to=row.to,
            cc=row.cc,
            bcc=row.bcc,
            channel=row.channel,
            draft=row,
        )
    return replies.send(
        row.ticket,
        author=row.author,
        body=row.body,
        html=row.html,
        key=row.key,
        to=row.to,
        cc=row.cc,
        bcc=row.bcc,
        answers=row.answers,
        channel=row.channel,
        status=row.status,
        seen=row.seen,
        snooze_until=row.snooze_until,
        word=promises.Word(row.promise_due, row.keeps_promise),
        draft=row,
    )


def _ask(row: Draft) -> Message:
    """The words of an enquiry: its first ones, or the next."""
    what: dict[str, Any] = {
        "author": row.author,
        "body": row.body,
        "html": row.html,
        "key": row.key,
        "draft": row,
    }
    if row.enquiry:
        return enquiries.write(row.enquiry, to=row.to, cc=row.cc, **what)
    subject = row.subject or row.ticket.subject
    return enquiries.ask(row.ticket, to=row.to, cc=row.cc, subject=subject, channel=row.channel, **what)
