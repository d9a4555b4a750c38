"""Django's way to PostgreSQL, for processes that share a pool of connections among their threads."""
