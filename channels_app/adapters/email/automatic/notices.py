"""Notices of mail servers in words of their own: a bounce, a delay, a success, or no notice at all."""

import re
from dataclasses import replace

from channels_app.adapters.email.automatic import recipients
from channels_app.adapters.email.automatic.letter import Letter, phrases
from channels_app.adapters.email.automatic.status import code_in
from channels_app.adapters.email.automatic.verdict import Outcome
from channels_app.messages import Fate

DAEMONS = {"mailer-daemon", "mail-daemon", "mailerdaemon", "mailer_daemon", "maildaemon", "mail-deamon"}
POSTMASTERS = {"postmaster", "post_master", "post-master", "postmast", "mdaemon", "mailrouter", "mail.router"}
OFFICES = POSTMASTERS | {
    *(
        "administrator",
        "mailadmin",
        "mailmaster",
        "systemadministrator",
        "exchange",
        "mailsweeper",
        "mailmarshal",
    ),
    *(
        "bounce",
        "bounces",
        "root",
        "noreply",
        "no-reply",
        "do-not-reply",
        "donotreply",
        "mailer",
        "system",
        "admin",
    ),
}
"""Where a machine may write from, and a person too."""

OPENING = 400  # characters within which a program comes to its point
WHOLE = 8000
WORDS = phrases("notices.toml")

_DAEMON_NAME = re.compile(
    r"mail(er)?[ -]?d(ae|ea)mon|mail delivery (sub)?system|mail delivery (service|agent)"
    r"|internet mail delivery"
    r"|mail transfer (agent|system)|mail (system|router)\b|mta\b|delivery (status )?notification"
    r"|system ?administrator$"
    r"|mail ?administrator|mail administration|почтовый робот|система доставки|microsoft (exchange"
    r"|outlook)$|postmaster"
    r"|systemadministrator|administrateur syst|administrador del sistema|системный администратор"
    r"|rendszergazda"
    r"|amministratore (di )?sistema|beheerder|mail delivery$"
)


def read(letter: Letter) -> tuple[Outcome, ...] | None:
    """What a mail server tells in its own words, None when none speaks."""
    fate = _fate(letter)
    if fate is None:
        return None
    ran_out = fate == Fate.FAILED and any(phrase in letter.words for phrase in WORDS["expired"])
    return tuple(
        replace(one, status="4.4.7") if ran_out and not one.status else one
        for one in recipients.found(letter, fate)
    )


def told_in_words(letter: Letter, fate: Fate | None) -> tuple[Outcome, ...]:
    """What the words of a surely automatic report tell, where its part for machines falls short."""
    return recipients.found(letter, fate or _said(letter.words[:WHOLE]) or Fate.FAILED)


def is_daemon(letter: Letter) -> bool:
    """Whether the sender can be nothing but a mail server."""
    name, address = letter.sender
    local = address.partition("@")[0] or name
    return local in DAEMONS or local.startswith("microsoftexchange329e71ec") or name in DAEMONS


def _fate(letter: Letter) -> Fate | None:
    told = _by_subject(letter.subject)
    if letter.root.content_type == "multipart/report":
        return _said(letter.words[:WHOLE]) or told or Fate.FAILED
    daemon = is_daemon(letter) or (letter.has_null_path and not letter.is_answer)
    if not daemon and (letter.is_answer or letter.is_forward):
        return None
    if "x-failed-recipients" in letter.headers:
        return _said(letter.words[:WHOLE]) or told or Fate.FAILED
    if daemon:
        return _of_a_daemon(letter, told)
    if told is None and not _opens(letter):
        return None
    return _of_somebody(letter, told)


def _of_a_daemon(letter: Letter, told: Fate | None) -> Fate | None:
    """A mail server's letter is a bounce unless it says otherwise; a null sender's needs a sign of it."""
    said = _said(letter.words[:WHOLE])
    sure = is_daemon(letter)
    if said is not None and (
        sure or told is not None or _opens(letter) or recipients.brings_mail_back(letter)
    ):
        return _weighed(letter, told, said)
    if told is not None and (sure or code_in(letter.lines) or recipients.brings_mail_back(letter)):
        return told
    if sure and not letter.is_answer and (code_in(letter.lines) or recipients.returned(letter) is not None):
        return Fate.FAILED
    return None


def _of_somebody(letter: Letter, told: Fate | None) -> Fate | None:
    """A sender that may be a person: both what it says and how it looks must be a server's."""
    name, address = letter.sender
    local, named = address.partition("@")[0], bool(_DAEMON_NAME.match(name))
    office = local in OFFICES or named
    said = _said(letter.words[: WHOLE if office else OPENING])
    if said is None and told is not None and (local in POSTMASTERS or named):
        said = _without_words(letter, told)
    if said is None or (told is None and not office):
        return None
    opens, back = _opens(letter), recipients.brings_mail_back(letter)
    if told is not None and (local in POSTMASTERS or named):
        return _weighed(letter, told, said)
    if office and (opens or back or (told is not None and bool(code_in(letter.lines)))):
        return _weighed(letter, told, said)
    machine = "auto-submitted" in letter.headers and letter.headers.plain("auto-submitted") != "no"
    return _weighed(letter, told, said) if (opens and told is not None) or machine else None


def _without_words(letter: Letter, told: Fate) -> Fate | None:
    """A postmaster's notice in a wording unknown: its subject tells, and a code or the mail itself agrees."""
    return told if code_in(letter.lines) or recipients.brings_mail_back(letter) else None


def _opens(letter: Letter) -> bool:
    """Whether it begins as only programs begin their letters."""
    start = letter.words[:OPENING]
    return any(phrase in start for phrase in WORDS["openings"])


def _by_subject(subject: str) -> Fate | None:
    subject = subject.lstrip("*[(<!\"'-_# ")
    if subject.startswith(WORDS["subjects_delayed"]):
        return Fate.DELAYED
    if subject.startswith(WORDS["subjects_delivered"]):
        return Fate.DELIVERED
    failed = subject.startswith(WORDS["subjects_failed"]) or subject.endswith(WORDS["subjects_failed_end"])
    return Fate.FAILED if failed else None


def _said(words: str) -> Fate | None:
    """What the text tells: given up outweighs put off, and either outweighs success."""
    failed = any(phrase in words for phrase in WORDS["failed"])
    late = any(phrase in words for phrase in WORDS["delayed"])
    if late and not any(phrase in words for phrase in WORDS["final"]):
        return Fate.DELAYED
    if not failed and any(phrase in words for phrase in WORDS["delivered"]):
        return Fate.DELIVERED
    return Fate.FAILED if failed or late else None


def _weighed(letter: Letter, told: Fate | None, said: Fate) -> Fate:
    """The subject of a delay or a success says so plainly; a plain "failure" may still be a delay."""
    given_up = said == Fate.FAILED and any(phrase in letter.words[:WHOLE] for phrase in WORDS["final"])
    return told if told in (Fate.DELAYED, Fate.DELIVERED) and not given_up else said
