"""What admins see of tickets, messages, queues, customers and imports in Django admin."""

from tickets.admin import customers, exchange, messages, queues, tickets

__all__ = ["customers", "exchange", "messages", "queues", "tickets"]
