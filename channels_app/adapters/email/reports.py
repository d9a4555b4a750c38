"""What a mail server reports about mail we sent (RFC 3464), and the older letters of mailer daemons."""

import re

from channels_app.adapters.email import automatic, charset, mime
from channels_app.adapters.email.headers import Headers, ids
from channels_app.adapters.email.mime import Part
from channels_app.messages import DeliveryReport

RETURNED = {"message/rfc822", "message/rfc822-headers", "text/rfc822-headers", "message/global"}
RETURNED |= {"message/global-headers"}
STATUS = {"message/delivery-status", "message/global-delivery-status"}
MAX_REASON = 500

_BLANK_LINES = re.compile(rb"(?:\r?\n){2,}")
_OUR_ID = re.compile(rb"<(t\.[0-9a-f]+\.[a-z2-7]{16}\.[0-9a-f]{16}@[^<>\s]+)>")
_DELAY = re.compile(r"\b(delay|warning|deferred|still being retried)", re.IGNORECASE)


def reports_in(root: Part) -> tuple[DeliveryReport, ...] | None:
    """The reports in a mail, () when it only tells of success, None when it is no report we can match."""
    status = next((part for part in root.walk() if part.content_type in STATUS), None)
    if status is None:
        return _old_report(root)
    message_id = _returned_id(root)
    if not message_id:
        return None
    blocks = [Headers(block) for block in _BLANK_LINES.split(status.content().strip())]
    recipients = [block for block in blocks if "final-recipient" in block or "original-recipient" in block]
    told = [_report(block, message_id) for block in recipients]
    return tuple(report for report in told if report is not None) if told else None


def _report(block: Headers, message_id: str) -> DeliveryReport | None:
    action = block.plain("action").partition(" ")[0]
    if action not in {"failed", "delayed"}:
        return None
    named = block.raw("original-recipient") or block.raw("final-recipient")
    reason = block.text("diagnostic-code").partition(";")
    return DeliveryReport(
        message_id=message_id,
        recipient=charset.decode(named).rpartition(";")[2].strip(" <>"),
        permanent=action == "failed",
        reason=(reason[2] or reason[0] or block.text("status")).strip()[:MAX_REASON],
    )


def _returned_id(root: Part) -> str:
    """The id of the mail that came back: from its returned headers, else any of ours in the report."""
    for part in root.walk():
        if part.content_type in RETURNED:
            found = ids(Headers(mime.header_block(part.content().lstrip())).raw("message-id"))
            if found:
                return found[0]
    return _our_id_in(root)


def _our_id_in(root: Part) -> str:
    ours = _OUR_ID.search(root.body)
    return ours[1].decode("ascii", "ignore") if ours else ""


def _old_report(root: Part) -> tuple[DeliveryReport, ...] | None:
    """A mailer daemon's letter in words of its own, recognised when it holds an id of ours."""
    failed = [address for _name, address in root.headers.addresses("x-failed-recipients")]
    message_id = _our_id_in(root) if failed or automatic.is_machine(root.headers) else ""
    if not message_id:
        return None
    subject = root.headers.text("subject")
    return tuple(
        DeliveryReport(
            message_id=message_id, recipient=recipient, permanent=not _DELAY.search(subject), reason=subject
        )
        for recipient in failed or [""]
    )
