"""What admins see in Django admin of tickets, queues, customers, fields, judging, routing and times."""

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
    sla,
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
    "sla",
    "tickets",
    "work",
]
