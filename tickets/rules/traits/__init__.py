"""What may be asked of a ticket: its traits, of the message, of its customer, and of what happened.

The names and meanings are those of `tickets.narrowing.TicketFilter`, as far as both have them.
"""

from tickets.rules.traits import of_customer, of_event, of_message, of_ticket
from tickets.rules.traits.own import CUSTOM, by_name, of_field
from tickets.rules.traits.sorts import CHOICE, NUMBER, PATTERN, SPAN_OF, TAGS, WORDS, YES_NO, Trait

TRAITS: dict[str, Trait] = {
    trait.name: trait
    for group in (of_ticket.TRAITS, of_message.TRAITS, of_customer.TRAITS, of_event.TRAITS)
    for trait in group
}

__all__ = [
    "CHOICE",
    "CUSTOM",
    "NUMBER",
    "PATTERN",
    "SPAN_OF",
    "TAGS",
    "TRAITS",
    "WORDS",
    "YES_NO",
    "Trait",
    "by_name",
    "of_field",
]
