"""What filters on the way wrote into a mail's head: spam, and sent to many."""

import re

from channels_app.adapters.email.automatic.letter import Letter
from channels_app.adapters.email.headers import Headers

LIST_MARKS = ("list-id", "list-post", "mailing-list", "x-mailing-list", "x-mailman-version", "x-ml-name")

# Field: how its value looks when it says spam, and when it says the contrary. The order is by weight: the
# first field that says anything decides, since filters write above what stood there before.
_SAYS_SPAM = {
    "x-spam-flag": (r"yes|true|1$", r"no|false|0$"),
    "x-spam-status": (r"yes|spam\b", r"no|ham"),
    "x-spam": (r"yes|true|spam\b|\*\*\*", r"no|false|not|ham"),
    "x-barracuda-spam-flag": (r"yes", r"no"),
    "x-barracuda-spam-status": (r"yes", r"no"),
    "x-yandex-spam": (r"4\b", r"[123]\b"),
    "x-mras": (r"spam", r"ok"),
    "x-mailru-spam": (r"yes|1", r"no|0"),
    "x-hmailserver-spam": (r"yes", r"no"),
    "x-assp-spam": (r"yes", r"no"),
    "x-dspam-result": (r"spam|bl[ao]cklisted|virus", r"innocent|whitelisted"),
    "x-bogosity": (r"yes|spam", r"no|ham|unsure"),
    "x-crm114-status": (r"spam", r"good|unsure"),
    "x-spamprobe": (r"spam", r"good"),
    "x-vr-spamstate": (r"spam|high|virus", r"ok|vade"),
    "x-klms-antispam-status": (r"spam|probable_spam|blacklisted", r"not_detected"),
    "x-kse-antispam-status": (r"spam|kas_status_spam", r"not|kas_status_not"),
    "x-drweb-spamstate": (r"yes|spam", r"no"),
    "x-rspamd-action": (r"(add header|rewrite subject|reject)", r"no action|greylist"),
    "x-spampanel-class": (r"spam", r"ham|whitelisted|unsure"),
    "x-spamexperts-class": (r"spam", r"ham|whitelisted|unsure"),
    "x-antispam-verdict": (r"spam", r"clean|ham"),
    "x-proofpoint-spam-details": (r"rule=spam", r"rule=not"),
    "x-ui-filterresults": (r"junk", r"notjunk"),
    "x-cmae-verdict": (r"spam", r"clean|legit"),
    "x-ironport-anti-spam-verdict": (r"(spam|positive)", r"(clean|negative)"),
}
_VERDICTS = {name: (re.compile(spam), re.compile(ham)) for name, (spam, ham) in _SAYS_SPAM.items()}
_MAILSCANNER = re.compile(r"x-.*mailscanner-spamcheck")
_FOREFRONT = re.compile(r"\b(?:sfv:(?:spm|blk|skb|sks)|cat:(?:spm|hspm|phsh|hphsh|hphish|malw))\b")
_FOREFRONT_SCL = re.compile(r"\bscl:(-?\d)\b")
_STARS = re.compile(r"[*+s]{5,}")
_SUBJECT = re.compile(
    r"(?:[*{\[(#_<]+\s*(?:possible |suspected |probable |likely |bulk |junk[ -]?|verdacht: ?)?"
    r"(?:spam|спам|levélszemét|junk|phishing)(?:[ -](?:verdacht|suspect|detected|mail"
    r"|\?))?[ ?:!\d.,/()]*[*}\])#_>]+)"
    r"|spam[ -]?verdacht[:\]]"
)


_NO_REPLY = re.compile(r"(?:no|do)[-_.]?(?:not[-_.]?)?reply|newsletter|mailing|news@", re.IGNORECASE)


def is_spam(letter: Letter) -> bool:
    """Whether a filter says it is spam, and none that weighs more says it is not."""
    said = _verdicts(letter.headers)
    if said:
        return said[0]
    judged = [_microsoft(letter.headers), _level(letter.headers), _scanner(letter.headers)]
    known = [says for says in judged if says is not None]
    return any(known) or (not known and bool(_SUBJECT.match(letter.subject)))


def is_bulk(headers: Headers) -> bool:
    """Whether it went to many: over a list, or by a mass mailer."""
    if headers.plain("precedence") in {"bulk", "junk", "list"} or "list-unsubscribe" in headers:
        return True
    return any(mark in headers for mark in LIST_MARKS)


def is_circular(headers: Headers) -> bool:
    """Whether a mass mailer sent it, where no list takes answers: one-click leaving (RFC 8058), or in bulk
    with a way to leave or from a name that takes no answers."""
    if has_list(headers):
        return False
    if "list-unsubscribe-post" in headers:
        return True
    bulk = headers.plain("precedence") in {"bulk", "junk"}
    named = headers.addresses("from")
    silent = bool(named) and bool(_NO_REPLY.match(named[0][1]))
    return bulk and (silent or "list-unsubscribe" in headers or "feedback-id" in headers)


def has_list(headers: Headers) -> bool:
    """Whether it came over a list that takes answers."""
    posts = headers.plain("list-post")
    return bool(posts and posts != "no") or "mailing-list" in headers or "x-mailing-list" in headers


def _verdicts(headers: Headers) -> list[bool]:
    """Whether each filter says spam, the heaviest field first; of one field the newest line speaks."""
    found = []
    for name, (spam, ham) in _VERDICTS.items():
        value = headers.plain(name) if name in headers else ""
        if spam.match(value):
            found.append(True)
        elif ham.match(value):
            found.append(False)
    return found


def _microsoft(headers: Headers) -> bool | None:
    """Exchange: a filter's verdict, or a confidence of 5 and above; -1 is a sender it trusts."""
    told = headers.plain("x-forefront-antispam-report")
    level = headers.plain("x-ms-exchange-organization-scl")
    if not told and not level:
        return None
    scl = _FOREFRONT_SCL.search(told)
    confidence = level or (scl[1] if scl else "")
    if confidence.lstrip("-").isdigit():
        return int(confidence) >= 5
    return bool(_FOREFRONT.search(told))


def _level(headers: Headers) -> bool | None:
    told = headers.plain("x-spam-level") or headers.plain("x-spam-bar") or headers.plain("x-spamd-bar")
    return bool(_STARS.match(told)) if told else None


def _scanner(headers: Headers) -> bool | None:
    told = [headers.plain(name) for name, _value in headers.fields if _MAILSCANNER.fullmatch(name)]
    return told[0].startswith(("spam", "yes")) if told else None
