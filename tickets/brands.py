"""In whose name a ticket is answered, and where its customer looks it up: asked of who publishes for brands.

A company with one brand is asked nothing: its name is its name. `knowledge.branding` registers the answers.
"""

from helpdesk.accounts.models import Company
from tickets.models import Ticket


class Brands:
    """Answers about the brand of a channel; inherit. None of them may cost a query each time."""

    def name(self, channel_id: int | None) -> str:
        """What customers know it by; "" where that is the company's name."""
        return ""

    def shown(self, channel_id: int | None, company: Company) -> str:
        """What colleagues are shown beside a ticket; "" where there is only one brand."""
        return ""

    def request_address(self, ticket: Ticket, language: str) -> str:
        """The customer's page of this ticket; "" where there is none."""
        return ""


_registered = [Brands()]


def register(brands: Brands) -> None:
    """From now on these answer."""
    _registered[0] = brands


def name(channel_id: int | None, company: Company) -> str:
    """In whose name is written by this channel: its brand's, else the company's."""
    return _registered[0].name(channel_id) or company.name


def shown(channel_id: int | None, company: Company) -> str:
    """The brand of a ticket by its channel, where there are several; else ""."""
    return _registered[0].shown(channel_id, company)


def request_address(ticket: Ticket, language: str) -> str:
    """Where the customer sees the ticket, in this language if it is spoken there; "" if nowhere."""
    return "" if ticket.is_internal else _registered[0].request_address(ticket, language)
