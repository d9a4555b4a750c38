"""What admins see in Django admin of tickets, messages, moves, queues, customers, fields and judging."""

from tickets.admin import (
    classifying,
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
    "classifying",
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
