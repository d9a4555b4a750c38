"""What the rest of the desk asks of help centres: in whose name it writes, where a request is seen."""

from helpdesk.accounts.models import Company
from knowledge import centres
from tickets import brands
from tickets.models import Ticket


class OfHelpCentres(brands.Brands):
    """The help centre of a channel is its brand; the first one's is the company itself."""

    def name(self, channel_id: int | None) -> str:
        found = centres.of_channel(channel_id)
        return "" if found.is_first else found.name

    def shown(self, channel_id: int | None, company: Company) -> str:
        found = centres.shown(channel_id)
        return found.name or company.name if found else ""

    def request_address(self, ticket: Ticket, language: str) -> str:
        found = centres.of_channel(ticket.channel_id)
        if not found.is_open:
            return ""
        spoken, code = found.offered, language.partition("-")[0]
        chosen = code if code in spoken else next(iter(spoken))
        return centres.address(found, "help-request", chosen, ticket.number)


brands.register(OfHelpCentres())
