"""Customers, organisations and tickets as files of other programs: out by streaming, in by checked runs."""
