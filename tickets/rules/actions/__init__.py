"""What a rule can do to a ticket: the actions of macros, and some of its own. Other apps register theirs."""

from tickets.rules.actions import changing, telling, writing
from tickets.rules.actions.registry import ACTIONS, MOST, STOP, Action, Doing, Left, register, sound
from tickets.rules.actions.telling import ADMINS, HOLDER, SUPERVISORS

__all__ = [
    "ACTIONS",
    "ADMINS",
    "HOLDER",
    "MOST",
    "STOP",
    "SUPERVISORS",
    "Action",
    "Doing",
    "Left",
    "changing",
    "register",
    "sound",
    "telling",
    "writing",
]
