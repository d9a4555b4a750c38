"""Where customers rate what they are asked about by mail: at the help centre of the ticket's channel."""

from collections.abc import Collection

from knowledge import centres
from tickets.inviting import links


def home(channel_id: int | None) -> tuple[str, Collection[str]]:
    """Its address and languages; nowhere while it is closed."""
    found = centres.of_channel(channel_id)
    return (centres.origin(found) if found.is_open else "", found.offered)


links.stand_at(home)
