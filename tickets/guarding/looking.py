"""A look at a reply before it goes: what may be wrong with it. It asks; only a placeholder it holds back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from channels_app.models import Channel
from helpdesk.accounts.models import User
from tickets import placeholders, recipients
from tickets.guarding import wording
from tickets.models import Identity, Message, Ticket, WrittenTo
from tickets.recipients import Recipients

LETTERS = 100


@dataclass(frozen=True, kw_only=True)
class Concern:
    """One thing to ask about: a code, and what it is about (a name, an address, the last digits)."""

    code: str
    about: str = ""

    def __str__(self) -> str:
        return f"{self.code}:{self.about}" if self.about else self.code


def look(ticket: Ticket, *, body: str, meant: Recipients, files: int) -> list[Concern]:
    """What to ask the author about before this goes out; a handful of indexed queries."""
    text = wording.own_words(body)
    people = _people(ticket)
    found = [Concern(code="card", about=digits) for digits in wording.cards(text)]
    found += [Concern(code="placeholder", about=name) for name in placeholders.left_in(text)]
    if wording.promises_a_file(text) and not files:
        found.append(Concern(code="attachment"))
    greeting = wording.greeted(text)
    names = {name for name, _address in people} | {name for name in meant.names.values() if name}
    if greeting and any(names) and not wording.fits(greeting, names):
        found.append(Concern(code="name", about=" ".join(greeting)))
    known = {recipients.bare(address) for _name, address in people}
    found += _numbers(ticket, text)
    found += _others(ticket, wording.addresses(text) - known)
    found += _strangers(ticket, meant, known)
    return list(dict.fromkeys(found))


def _people(ticket: Ticket) -> list[tuple[str, str]]:
    """(name, address) of everybody on the ticket."""
    found = [(ticket.customer.name, identity.value) for identity in ticket.customer.identities.all()]
    letters = ticket.messages.with_customer().exclude(direction=Message.Direction.NOTE)
    for letter in letters.only("sender_address", "sender_name", "recipients").order_by("-id")[:LETTERS]:
        found.append((letter.sender_name, letter.sender_address))
        for field in ("to", "cc", "bcc"):
            found += [(letter.names.get(each, ""), each) for each in letter.recipients.get(field, [])]
    return [*found, (ticket.customer.name, "")]


def _numbers(ticket: Ticket, text: str) -> Iterable[Concern]:
    """Tickets of other customers that the text names."""
    named = wording.numbers(text) - {ticket.number}
    if not named:
        return []
    others = Ticket.objects.filter(number__in=named).exclude(customer=ticket.customer_id)
    return [Concern(code="number", about=f"#{number}") for number in others.values_list("number", flat=True)]


def _others(ticket: Ticket, addresses: set[str]) -> Iterable[Concern]:
    """Addresses of other customers that the text names."""
    if not addresses:
        return []
    found = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__in=addresses)
    found = found.exclude(customer=ticket.customer_id)
    return [Concern(code="address", about=value) for value in found.values_list("value", flat=True)]


def _strangers(ticket: Ticket, meant: Recipients, known: set[str]) -> Iterable[Concern]:
    """Recipients to whom nothing was ever sent from here, and who never wrote."""
    new = [each for each in meant.everybody if recipients.bare(each) not in known]
    if not new:
        return []
    bare = {recipients.bare(each): each for each in new}
    ours = set(User.objects.filter(email__in=bare).values_list("email", flat=True))
    ours |= {address for channel in Channel.objects.all() for address in channel.addresses}
    heard = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__in=bare)
    theirs = dict(heard.exclude(customer=ticket.customer_id).values_list("value", "customer__name"))
    written = WrittenTo.objects.known(bare)
    return [
        Concern(code="other_customer" if key in theirs else "recipient", about=address)
        for key, address in bare.items()
        if key not in ours and (key in theirs or key not in written)
    ]


def unanswered(concerns: Sequence[Concern], sure: str) -> list[Concern]:
    """Those that the author has not waved through yet; `sure` is what they have, comma by comma.

    A placeholder that is still empty is never right, so it stays a question.
    """
    waved = set(sure.split(","))
    return [each for each in concerns if each.code == "placeholder" or str(each) not in waved]
