"""Reports that are no bounces: read receipts (RFC 8098), complaints (RFC 5965), DMARC and TLS statistics."""

import re

from channels_app.adapters.email.automatic.letter import Letter, phrases
from channels_app.adapters.email.automatic.recipients import RETURNED
from channels_app.adapters.email.automatic.verdict import Outcome
from channels_app.messages import Fate

PARTS = {
    *("message/disposition-notification", "message/feedback-report", "application/tlsrpt+gzip"),
    *("application/tlsrpt+json", "message/global-disposition-notification", "message/tracking-status"),
}
TYPES = {"disposition-notification", "feedback-report", "tlsrpt"}
WORDS = phrases("receipts.toml")

_DMARC_FILE = re.compile(
    r"[\w.-]+![\w.-]+!\d{9,10}!\d{9,10}(![\w.-]+)?\.(xml|zip|gz|xml\.gz|json|json\.gz)$", re.I
)
_DMARC_SUBJECT = re.compile(r"(\[[^\]]*\] )?report domain: ?\S+.*(submitter|report-?id)", re.IGNORECASE)
_COMPLAINT = re.compile(
    r"complaint about message from|email feedback report for ip|abuse report (about|for)|"
    r"\[?fbl\]?[ :]|feedback loop (report|complaint)|spam complaint (about|from|for)"
)


def read(letter: Letter) -> tuple[Outcome, ...] | None:
    """What a report of one of these kinds tells: who read our mail, or (); None when it is no such report."""
    top = letter.root
    is_report = top.content_type == "multipart/report"
    if is_report and top.parameters.get("report-type", "").lower() in TYPES:
        return _read_by(letter)
    if letter.types & PARTS and (is_report or not _is_passed_on(letter)):
        return _read_by(letter)
    if letter.is_forward or letter.is_answer:
        return None
    if _is_statistics(letter) or _is_complaint(letter):
        return ()
    return _read_by(letter) if _is_plain_receipt(letter) else None


def _is_passed_on(letter: Letter) -> bool:
    return (letter.is_answer or letter.is_forward) and not letter.has_null_path


def _read_by(letter: Letter) -> tuple[Outcome, ...]:
    notes = {"message/disposition-notification", "message/global-disposition-notification"}
    receipt = bool(letter.types & notes) or _is_plain_receipt(letter)
    return (Outcome(address=letter.sender[1], fate=Fate.READ),) if receipt else ()


def _is_statistics(letter: Letter) -> bool:
    if "tls-report-domain" in letter.headers or _DMARC_SUBJECT.match(letter.subject):
        return True
    return any(_DMARC_FILE.match(part.file_name) for part in letter.parts if part.file_name)


def _is_complaint(letter: Letter) -> bool:
    """The older form of feedback loops: a sentence and the mail that was complained of."""
    if "x-hmxmroriginalrecipient" in letter.headers:
        return True
    local = letter.sender[1].partition("@")[0]
    returned = bool(letter.types & RETURNED)
    office = local in {"abuse", "staff", "scomp", "fbl", "feedback", "feedbackloop", "complaints", "arf"}
    return returned and office and bool(_COMPLAINT.search(f"{letter.subject} {letter.words[:400]}"))


def _is_plain_receipt(letter: Letter) -> bool:
    """Outlook's own receipts: their prefix, and the sentence on when the message was read."""
    if not letter.subject.startswith(WORDS["subjects"]):
        return False
    start = letter.words[:1200]
    begins = any(word in start[:40] for word in WORDS["openings"])
    dated = any(sign.isdigit() for sign in start)
    return (begins and dated and any(phrase in start for phrase in WORDS["sentences"])) or _is_bare(letter)


def _is_bare(letter: Letter) -> bool:
    """A receipt whose report was left behind on the way: a prefix, a null sender, no words."""
    return letter.has_null_path and len(letter.words) < 20
