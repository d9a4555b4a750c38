"""Which message of ours a report is about, and what it tells of each of its recipients."""

import re
from collections.abc import Iterable

from channels_app.adapters.email import addresses
from channels_app.adapters.email.automatic import Kind, Verdict
from channels_app.adapters.email.automatic.recipients import RETURNED
from channels_app.adapters.email.headers import Headers, ids
from channels_app.adapters.email.identity import RECIPIENT_FIELDS
from channels_app.adapters.email.mime import Part, header_block
from channels_app.messages import DeliveryReport

NOTES = {"message/disposition-notification", "message/global-disposition-notification"}

_OUR_ID = re.compile(rb"\b(t\.[0-9a-f]+\.[a-z2-7]{16}\.[0-9a-f]{16}@[\w.-]+\w)")


def reports_in(
    root: Part, verdict: Verdict, *, sent_to: Iterable[str] = ()
) -> tuple[DeliveryReport, ...] | None:
    """The reports in a mail that was judged to be one, None when it is none or names no mail.

    `sent_to` are the envelope's recipients: the address it came back to may tell which mail it is about.
    """
    if verdict.kind not in (Kind.BOUNCE, Kind.REPORT):
        return None
    message_id = by_address(root, sent_to) or next(iter(_named(root)), "")
    if not message_id:
        return None
    return tuple(
        DeliveryReport(
            message_id=message_id,
            recipient=told.address,
            fate=told.fate,
            status=told.status,
            reason=told.reason,
        )
        for told in verdict.outcomes
    )


def by_address(root: Part, sent_to: Iterable[str]) -> str:
    """The message of ours whose own return address this mail was sent to, "" when it was none."""
    named = [address for _name, address in root.headers.addresses(*RECIPIENT_FIELDS)]
    return next(filter(None, map(addresses.message_of_bounce, [*sent_to, *named])), "")


def _named(root: Part) -> Iterable[str]:
    """Ids of the mail it may be about: as a receipt names it, from the head that came back, any of ours."""
    for part in root.walk():
        if part.content_type in NOTES:
            yield from ids(Headers(part.content().strip()).raw("original-message-id"))
    for part in root.walk():
        if part.content_type in RETURNED:
            yield from ids(Headers(header_block(part.content().lstrip())).raw("message-id"))
    for part in root.walk():
        if ours := None if part.is_multipart else _OUR_ID.search(part.content()):
            yield ours[1].decode("ascii", "ignore")
    for field in ("in-reply-to", "references"):
        yield from ids(root.headers.raw(field))
