"""What admins see of tickets, messages, moves, queues, customers and imports in Django admin."""

from tickets.admin import customers, exchange, messages, moves, queues, tickets, views

__all__ = ["customers", "exchange", "messages", "moves", "queues", "tickets", "views"]
