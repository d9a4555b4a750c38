"""Webhooks out: other systems are told what happened, signed, in order, until they have taken it."""
