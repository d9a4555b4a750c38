"""The verdict, the surest sign first: reports for machines, filters' marks, servers' letters, programs."""

from dataclasses import replace

from channels_app.adapters.email.automatic import marks, notices, receipts, replies, status
from channels_app.adapters.email.automatic.letter import Letter
from channels_app.adapters.email.automatic.verdict import BAD_NEWS, Kind, Outcome, Verdict
from channels_app.adapters.email.mime import Part


def judge(root: Part, *, path: str = "") -> Verdict:
    """Who speaks in a mail; `path` is its return path, "<>" for nobody, "" when nothing tells."""
    letter = Letter(root, path)
    told = _report_for_machines(letter)
    if told is not None:
        return _of(told)
    receipt = receipts.read(letter)
    if receipt is not None:
        return Verdict(kind=Kind.REPORT, outcomes=receipt)
    bulk, circular = marks.is_bulk(letter.headers), marks.is_circular(letter.headers)
    if marks.is_spam(letter):
        return Verdict(kind=Kind.SPAM, bulk=bulk, circular=circular)
    notice = notices.read(letter)
    if notice is not None:
        return _of(notice)
    kind = Kind.AUTO_REPLY if replies.is_reply(letter) else Kind.PERSON
    return Verdict(kind=kind, bulk=bulk, circular=circular)


def _of(outcomes: tuple[Outcome, ...]) -> Verdict:
    bad = any(one.fate in BAD_NEWS for one in outcomes)
    return Verdict(kind=Kind.BOUNCE if bad else Kind.REPORT, outcomes=outcomes)


def _report_for_machines(letter: Letter) -> tuple[Outcome, ...] | None:
    """What a delivery report tells (RFC 3464); its words help out where it names nobody."""
    top = letter.root
    is_report = top.content_type == "multipart/report"
    if not letter.types & status.STATUS:
        return None
    if not is_report and (letter.is_answer or letter.is_forward) and not letter.has_null_path:
        return None  # a person passes a report on
    told = status.in_parts(letter.parts)
    addressed = tuple(one for one in told if one.address)
    if addressed:
        return addressed
    in_words = notices.told_in_words(letter, told[0].fate if told else None)
    return tuple(replace(one, status=told[0].status or one.status) for one in in_words) if told else in_words
