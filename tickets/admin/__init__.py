"""What admins see of tickets, messages, moves, queues, customers and imports in Django admin."""

from tickets.admin import customers, exchange, lists, messages, moves, queues, tickets

__all__ = ["customers", "exchange", "messages", "moves", "queues", "tickets", "lists"]
