"""What admins see in Django admin of tickets, messages, moves, queues, customers, fields and imports."""

from tickets.admin import (
    customers,
    enquiries,
    exchange,
    fields,
    links,
    lists,
    messages,
    moves,
    queues,
    tickets,
    work,
)

__all__ = [
    "customers",
    "enquiries",
    "exchange",
    "fields",
    "links",
    "lists",
    "messages",
    "moves",
    "queues",
    "tickets",
    "work",
]
