"""A canned response with a ticket's data in it: the wording in the customer's language, filled in."""

from dataclasses import dataclass
from html import escape

from helpdesk.accounts.models import Company, User
from knowledge.canned.models import CannedResponse, ResponseFile, Wording
from tickets import markup, placeholders
from tickets.models import Ticket


@dataclass(frozen=True, kw_only=True)
class Filled:
    language: str
    wanted: str
    """The customer's language; another than `language` where the response has no wording in it."""
    text: str
    html: str
    missing: list[str]
    """Placeholders that nothing is known for: they stand in the text as they are."""
    files: list[ResponseFile]

    @property
    def is_fallback(self) -> bool:
        return bool(self.wanted) and self.wanted != self.language


def wanted_language(ticket: Ticket) -> str:
    """The customer's own, else the one they wrote in; two letters."""
    return (ticket.customer.language or ticket.language).partition("-")[0].lower()


def chosen(response: CannedResponse, wanted: str, fallback: str) -> Wording | None:
    """The wording in the language that is wanted, else the fallback's, else English, else the first."""
    known = {each.language: each for each in response.wordings.all()}
    first = next(iter(known.values()), None)
    return known.get(wanted) or known.get(fallback) or known.get("en") or first


def fill(
    response: CannedResponse, ticket: Ticket, *, agent: User, company: Company, language: str = ""
) -> Filled:
    """The response as it would stand on this ticket, in `language` or the customer's."""
    wanted = wanted_language(ticket)
    wording = chosen(response, language or wanted, company.language)
    spoken = wording.language if wording else ""
    known = placeholders.values(ticket, agent=agent, company=company, language=spoken)
    text, missing = placeholders.written(wording.body if wording else "", known)
    html = ""
    if wording and wording.html:
        safe = {name: escape(value) for name, value in known.items()}
        html = markup.clean(placeholders.written(wording.html, safe).text)
        text = markup.text(html) if html else text
    files = [each for each in response.files.all() if each.language in ("", spoken)]
    return Filled(
        language=spoken, wanted=language or wanted, text=_tidy(text), html=html, missing=missing, files=files
    )


def _tidy(text: str) -> str:
    """Without the empty lines that a condition leaves behind."""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines)
