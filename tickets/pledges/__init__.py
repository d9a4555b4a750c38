"""Promises as people write them: "you'll hear from me by Friday", read as a moment."""

from tickets.pledges.finding import Pledge, find

__all__ = ["Pledge", "find"]
