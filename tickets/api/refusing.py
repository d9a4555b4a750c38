"""Why a verb would not: said as a problem, with the field at fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied

from helpdesk import versions
from helpdesk.rest.problems import Fault, Problem, conflict, stale
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


@contextmanager
def refusals() -> Iterator[None]:
    """Around the call of a verb."""
    try:
        yield
    except versions.Stale as refusal:
        raise stale() from refusal
    except assignment.CannotTake as refusal:
        raise conflict("This colleague may not see the ticket.", "#/assignee") from refusal
    except replies.NowhereToSend as refusal:
        raise conflict(f"It cannot be sent: {refusal}.", "#/to") from refusal
    except replies.Empty as refusal:
        raise _wrong("#/body", "There is nothing in it: neither words nor files.") from refusal
    except recipients.NotAddresses as refusal:
        raise _wrong("#/to", f"This is no address: {refusal}") from refusal
    except recipients.TooMany as refusal:
        raise _wrong("#/to", f"A message may have {recipients.MOST} recipients.") from refusal
    except scheduling.BadTime as refusal:
        raise _wrong("#/due_at", "It has to be a time to come, within a year.") from refusal
    except enquiries.ToTheCustomer as refusal:
        raise _wrong("#/to", "This is the customer: answer them with a reply.") from refusal
    except linking.CannotLink as refusal:
        raise conflict(f"They cannot be linked: {refusal}.", "#/other") from refusal
    except snoozing.BadTime as refusal:
        raise _wrong("#/until", "It has to be a time to come, within a year.") from refusal
    except promises.BadTime as refusal:
        raise _wrong("#/due_at", "It has to be a time to come, within a year.") from refusal
    except scheduling.TooLate as refusal:
        raise conflict("It went out already, or was taken back.") from refusal
    except macros.TooManyMacros as refusal:
        raise conflict("There are too many such macros already.") from refusal
    except macros.Nonsense as refusal:
        name, text = next(iter(refusal.errors.items()))
        raise _wrong("#/steps" if name == "steps" else f"#/steps/{name}", text) from refusal
    except macros.Lost as refusal:
        raise conflict(f"The macro names somebody or a team that is gone: {refusal}.") from refusal
    except merging.CannotMove as refusal:
        raise conflict(f"It cannot be moved: {refusal}.") from refusal
    except (macros.NotYours, views.NotYours) as refusal:
        raise PermissionDenied from refusal
    except views.TooManyViews as refusal:
        raise conflict(f"There are {views.MOST} such views already.") from refusal
    except views.Nonsense as refusal:
        name, texts = next(iter(refusal.errors.items()))
        raise _wrong(f"#/filters/{name}", " ".join(texts)) from refusal
    except uploads.Gone as refusal:
        raise conflict("Another message has taken one of these files.", "#/attachments") from refusal
    except directory.Taken as refusal:
        raise conflict("This address belongs to a customer already.", "#/value") from refusal
    except directory.NameTaken as refusal:
        raise conflict("Another organisation is called so.", "#/name") from refusal
    except directory.DomainTaken as refusal:
        raise conflict(f"Another organisation has the domain {refusal}.", "#/domains") from refusal
    except directory.Everybodys as refusal:
        raise _wrong("#/domains", f"Anybody may have an address at {refusal}.") from refusal
    except fields.Wrong as refusal:
        raise _wrong(f"#/custom/{refusal.key}", str(refusal)) from refusal
    except uniting.CannotUnite as refusal:
        raise conflict(f"They cannot be joined: {refusal}.", "#/into") from refusal
    except directory.LastIdentity as refusal:
        raise conflict("A customer keeps at least one identity.") from refusal


def _wrong(pointer: str, detail: str) -> Problem:
    return Problem(
        400, "validation", "The request has fields that cannot be accepted.", Fault(pointer, detail)
    )
