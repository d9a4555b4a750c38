"""Why a verb would not: said as a problem, with the field at fault."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied

from helpdesk import versions
from helpdesk.rest.problems import Fault, Problem, conflict, invalid, stale
from tickets import (
    assignment,
    directory,
    enquiries,
    fields,
    linking,
    macros,
    merging,
    promises,
    recipients,
    replies,
    scheduling,
    snoozing,
    uploads,
    views,
)
from tickets.customers import uniting

Told = Mapping[type[Exception], tuple[str, str]]
"""Refusal → a JSON pointer ("" for none) and why, with {} for what the refusal itself says."""

IN_A_YEAR = "It has to be a time to come, within a year."
WRONG: Told = {
    replies.Empty: ("#/body", "There is nothing in it: neither words nor files."),
    recipients.NotAddresses: ("#/to", "This is no address: {}"),
    recipients.TooMany: ("#/to", f"A message may have {recipients.MOST} recipients."),
    enquiries.ToTheCustomer: ("#/to", "This is the customer: answer them with a reply."),
    scheduling.BadTime: ("#/due_at", IN_A_YEAR),
    promises.BadTime: ("#/due_at", IN_A_YEAR),
    snoozing.BadTime: ("#/until", IN_A_YEAR),
    directory.Everybodys: ("#/domains", "Anybody may have an address at {}."),
}
"""What the body says cannot be."""

CONFLICTS: Told = {
    assignment.CannotTake: ("#/assignee", "This colleague may not see the ticket."),
    replies.NowhereToSend: ("#/to", "It cannot be sent: {}."),
    linking.CannotLink: ("#/other", "They cannot be linked: {}."),
    scheduling.TooLate: ("", "It went out already, or was taken back."),
    macros.TooManyMacros: ("", "There are too many such macros already."),
    macros.Lost: ("", "The macro names somebody or a team that is gone: {}."),
    merging.CannotMove: ("", "It cannot be moved: {}."),
    views.TooManyViews: ("", f"There are {views.MOST} such views already."),
    uploads.Gone: ("#/attachments", "Another message has taken one of these files."),
    directory.Taken: ("#/value", "This address belongs to a customer already."),
    directory.NameTaken: ("#/name", "Another organisation is called so."),
    directory.DomainTaken: ("#/domains", "Another organisation has the domain {}."),
    directory.LastIdentity: ("", "A customer keeps at least one identity."),
    uniting.CannotUnite: ("#/into", "They cannot be joined: {}."),
}
"""What does not fit the desk as it is now."""


@contextmanager
def refusals() -> Iterator[None]:
    """Around the call of a verb."""
    try:
        yield
    except versions.Stale as refusal:
        raise stale() from refusal
    except (macros.NotYours, views.NotYours) as refusal:
        raise PermissionDenied from refusal
    except macros.Nonsense as refusal:
        name, text = next(iter(refusal.errors.items()))
        raise _wrong("#/steps" if name == "steps" else f"#/steps/{name}", text) from refusal
    except views.Nonsense as refusal:
        name, texts = next(iter(refusal.errors.items()))
        raise _wrong(f"#/filters/{name}", " ".join(texts)) from refusal
    except fields.Wrong as refusal:
        raise _wrong(f"#/custom/{refusal.key}", str(refusal)) from refusal
    except tuple(WRONG) as refusal:
        pointer, why = _told(WRONG, refusal)
        raise _wrong(pointer, why) from refusal
    except tuple(CONFLICTS) as refusal:
        pointer, why = _told(CONFLICTS, refusal)
        raise conflict(why, pointer) from refusal


def _told(table: Told, refusal: Exception) -> tuple[str, str]:
    pointer, why = next(table[each] for each in type(refusal).__mro__ if each in table)
    return pointer, why.format(refusal)


def _wrong(pointer: str, detail: str) -> Problem:
    return invalid(Fault(pointer, detail))
