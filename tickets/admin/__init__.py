"""What admins see in Django admin of tickets and messages, queues, customers, fields, judging and routing."""

from tickets.admin import (
    availability,
    classifying,
    customers,
    enquiries,
    exchange,
    fields,
    links,
    lists,
    messages,
    moves,
    priority,
    queues,
    routing,
    tickets,
    work,
)

__all__ = [
    "availability",
    "classifying",
    "customers",
    "enquiries",
    "exchange",
    "fields",
    "links",
    "lists",
    "messages",
    "moves",
    "priority",
    "queues",
    "routing",
    "tickets",
    "work",
]
