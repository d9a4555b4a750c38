"""What admins see in Django admin of tickets and messages, queues, customers, fields, judging and routing."""

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
    routing,
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
    "routing",
    "tickets",
    "work",
]
