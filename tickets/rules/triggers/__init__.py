"""What sets a rule off: kinds of events under the names that admins know. Others `register` theirs."""

from tickets.rules.triggers import happenings
from tickets.rules.triggers.registry import TRIGGERS, Trigger, offered, register

__all__ = ["TRIGGERS", "Trigger", "happenings", "offered", "register"]
