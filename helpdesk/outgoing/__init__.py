"""The one guarded way to speak HTTP to addresses that people outside chose.

    answer = outgoing.fetch("https://shop.example/logo.png", limits=Limits(size=1_000_000))

A name is resolved once, the address checked, and the connection made to exactly that address.
"""

from helpdesk.outgoing.address import Target
from helpdesk.outgoing.exchange import Answer, Limits
from helpdesk.outgoing.fetching import addresses, fetch
from helpdesk.outgoing.trouble import NotReached, Trouble

__all__ = ["Answer", "Limits", "NotReached", "Target", "Trouble", "addresses", "fetch"]
