"""The sections of the mailbox page in their order: one module and one template each."""

from channels_app.web.sections import (
    domain,
    general,
    health,
    hooks,
    incoming,
    letters,
    proof,
    provider,
    ratings,
    receipts,
    senders,
    sending,
)
from channels_app.web.sections.base import Section

SECTIONS: tuple[Section, ...] = (
    general.SECTION,
    incoming.SECTION,
    sending.SECTION,
    provider.SECTION,
    letters.SECTION,
    receipts.SECTION,
    ratings.SECTION,
    senders.SECTION,
    hooks.SECTION,
    domain.SECTION,
    health.SECTION,
    proof.SECTION,
)
