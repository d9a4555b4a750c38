"""What macros, and responses with actions, can do to a ticket, in the words of people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

LABELS: dict[str, Any] = {
    "team": gettext_lazy("Team"),
    "assignee": gettext_lazy("Assignee"),
    "kind": gettext_lazy("Kind"),
    "priority": gettext_lazy("Priority"),
    "tag_add": gettext_lazy("Add tags"),
    "tag_remove": gettext_lazy("Take tags away"),
    "custom": gettext_lazy("Fields"),
    "status": gettext_lazy("Status"),
    "snooze": gettext_lazy("Snooze"),
    "reply": gettext_lazy("Begin a reply, for you to send"),
    "note": gettext_lazy("Add a note"),
}
SNOOZES: dict[str, str | Promise] = {
    "3h": gettext_lazy("for three hours"),
    "1d": gettext_lazy("for a day"),
    "3d": gettext_lazy("for three days"),
    "7d": gettext_lazy("for a week"),
    "answer": gettext_lazy("until the customer answers"),
}
