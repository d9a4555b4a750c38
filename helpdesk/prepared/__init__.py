"""Queries that run for every message or on every page, compiled once.

Django's ORM spends more time writing the SQL of a small query than PostgreSQL spends answering it: 0.6 to
1.0 ms against 0.1. Here the ORM writes it once, and later calls only fill in the values. Those of the way in
PostgreSQL, too, parses and plans once for each connection.
"""

from helpdesk.prepared.counting import capped_counts
from helpdesk.prepared.cursors import cursor
from helpdesk.prepared.lookups import Lookup, Lookups, kept, once
from helpdesk.prepared.writing import insert, insert_all, insert_with, update

__all__ = [
    "Lookup",
    "Lookups",
    "capped_counts",
    "cursor",
    "insert",
    "insert_all",
    "insert_with",
    "kept",
    "once",
    "update",
]
