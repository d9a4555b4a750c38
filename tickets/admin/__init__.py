"""What admins see of tickets, messages, queues and customers in Django admin."""

from tickets.admin import customers, messages, queues, tickets

__all__ = ["customers", "messages", "queues", "tickets"]
