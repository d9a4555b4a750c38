"""Delivery reports (RFC 3464) as many programs build them: each form with each fate."""

import itertools

import pytest

from tests.channels_app.adapters.email.automatic.corpus import judged

FATES = {
    ("failed", "5.1.1"): ("bounce", True),
    ("failed", "5.2.2"): ("bounce", True),
    ("failed", "4.4.7"): ("bounce", False),
    ("delayed", "4.2.0"): ("bounce", False),
    ("delivered", "2.0.0"): ("report", False),
    ("relayed", "2.1.5"): ("report", False),
    ("expanded", "2.0.0"): ("report", False),
}
SENDERS = (
    "MAILER-DAEMON@far.example",
    "Mail Delivery System <postmaster@far.example>",
    "Kim <kim@far.example>",
    "<>",
)
SUBJECTS = ("Undeliverable: x", "Недоставлено: x", "Re: your order", "")
RETURNED = ("message/rfc822", "text/rfc822-headers", "")


def report(sender: str, subject: str, returned: str, action: str, code: str, kind: str = "") -> bytes:
    back = (
        f"--b\nContent-Type: {returned}\n\nFrom: desk@shop.example\nTo: kim@far.example\n\n"
        if returned
        else ""
    )
    return (
        f"From: {sender}\nTo: desk@shop.example\nSubject: {subject}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nAbout your mail.\n"
        f"--b\nContent-Type: {kind or 'message/delivery-status'}\n\n"
        "Reporting-MTA: dns; mx.far.example\nArrival-Date: Sun, 22 Nov 2026 10:00:00 +0100\n\n"
        f"Final-Recipient: rfc822; kim@far.example\nAction: {action}\nStatus: {code}\n"
        f"Diagnostic-Code: smtp; {code[0]}50 {code} so it is\n\n{back}--b--\n"
    ).encode()


@pytest.mark.parametrize("fate", FATES, ids=" ".join)
def test_every_form_of_a_fate(fate):
    kind, permanent = FATES[fate]
    for sender, subject, returned in itertools.product(SENDERS, SUBJECTS, RETURNED):
        verdict = judged(report(sender, subject, returned, *fate))
        assert (verdict.kind, verdict.bounce_permanent) == (kind, permanent), (sender, subject, returned)
        assert verdict.bounced_recipients == (["kim@far.example"] if kind == "bounce" else [])


def test_an_international_report():
    assert judged(report("<>", "", "", "failed", "5.1.1", "message/global-delivery-status")).kind == "bounce"


def test_one_lost_recipient_among_those_reached_makes_a_bounce():
    both = report("<>", "", "", "delivered", "2.0.0").replace(
        b"--b--", b"Final-Recipient: rfc822; lee@far.example\nAction: failed\nStatus: 5.1.1\n--b--"
    )
    verdict = judged(both)
    assert verdict.kind == "bounce" and verdict.bounced_recipients == ["lee@far.example"]


def test_a_report_with_no_one_in_it_takes_them_from_its_words():
    empty = report("<>", "", "", "failed", "5.1.1").replace(b"rfc822; kim@far.example", b"LOCAL;\\kim")
    empty = empty.replace(b"About your mail.", b"Your mail did not reach these:\n\n  kim@far.example\n")
    assert judged(empty).bounced_recipients == ["kim@far.example"]
