"""What a customer is told when a promise takes longer: a reply begun in their language, to be sent."""

from datetime import datetime

from django.db import transaction
from django.utils import formats, timezone, translation

from helpdesk.accounts.models import Company, User
from helpdesk.accounts.zones import zone
from tickets import drafts, markup, placeholders
from tickets.models import Draft, Ticket

WORDS = {
    "en": (
        "Hello {name},",
        "Hello,",
        "this takes a little longer than promised. You will hear from me by {when}. "
        "I am sorry for the delay.",
    ),
    "ru": (
        "Здравствуйте, {name}!",
        "Здравствуйте!",
        "Ответ займёт немного больше времени, чем было обещано. Вы получите его до {when}. Приношу извинения "
        "за задержку.",
    ),
    "hu": (
        "Tisztelt {name}!",
        "Tisztelt Ügyfelünk!",
        "A válaszhoz a megígértnél egy kicsit több időre van szükségem. Legkésőbb {when} jelentkezem. "
        "A késésért elnézést kérek.",
    ),
}
"""By language: how somebody with a name is greeted, how one without, and what is said."""
WHEN = {"en": "{day} {month}, {clock}", "ru": "{clock} {day} {month}", "hu": "{month} {day}., {clock}-ig"}
MONTH = {"en": "F", "ru": "E", "hu": "F"}  # a Russian month stands in the genitive


@transaction.atomic
def begin(ticket: Ticket, until: datetime, *, author: User) -> Draft:
    """The reply that says so, below what the author has begun; the same words are not put in twice."""
    company = Company.load()
    said = words(ticket, until, company=company)
    begun = ticket.drafts.open().filter(author=author, mode=Draft.Mode.REPLY).first()
    if begun is None:
        return drafts.save(ticket, author=author, mode=Draft.Mode.REPLY, body=said)
    if said not in begun.body:
        if begun.html:
            begun.html = f"{begun.html}<div><br></div>{markup.lines(said)}"
        begun.body = "\n\n".join(filter(None, (begun.body.rstrip(), said)))
        begun.save()
    return begun


def words(ticket: Ticket, until: datetime, *, company: Company) -> str:
    """What is said, in the language of the ticket where there are words in it, else of the company."""
    spoken = (ticket.language or company.language).partition("-")[0]
    language = spoken if spoken in WORDS else company.language if company.language in WORDS else "en"
    greeting, plain, text = WORDS[language]
    name = ticket.customer.name
    if language == "en":
        name = placeholders.first_name(name, ticket.customer.language)
    hello = greeting.format(name=name) if name else plain
    until_when = when(until, language, ticket.customer.time_zone or company.time_zone)
    return f"{hello}\n\n{text.format(when=until_when)}"


def when(until: datetime, language: str, zone_name: str) -> str:
    """In the customer's own time, where it is known."""
    local = timezone.localtime(until, zone(zone_name))
    with translation.override(language):
        month = formats.date_format(local, MONTH[language])
    month = month if language == "en" else month.lower()
    return WHEN[language].format(day=local.day, month=month, clock=f"{local:%H:%M}")
