"""What the parts of rules are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from tickets.rules import actions
from tickets.rules.traits import CHOICE, NUMBER, PATTERN, SPAN_OF, TAGS, WORDS, YES_NO

TRAITS: dict[str, str | Promise] = {
    "status": gettext_lazy("Status"),
    "kind": gettext_lazy("Kind"),
    "priority": gettext_lazy("Priority"),
    "team": gettext_lazy("Team"),
    "assignee": gettext_lazy("Assignee"),
    "tag": gettext_lazy("Tags"),
    "channel": gettext_lazy("Channel"),
    "language": gettext_lazy("Language"),
    "topic": gettext_lazy("Topic"),
    "mood": gettext_lazy("Mood"),
    "rating": gettext_lazy("Rating"),
    "created_within": gettext_lazy("Age of the ticket"),
    "quiet_for": gettext_lazy("Time since the last message"),
    "waiting_for": gettext_lazy("Time the customer has waited"),
    "waiting": gettext_lazy("The customer waits for an answer"),
    "replied": gettext_lazy("Somebody has answered already"),
    "escalated": gettext_lazy("Shown to supervisors"),
    "snoozed": gettext_lazy("Snoozed"),
    "internal": gettext_lazy("Among colleagues alone"),
    "promised": gettext_lazy("Something is promised"),
    "at_work": gettext_lazy("The team is at work"),
    "words": gettext_lazy("Subject or message"),
    "subject": gettext_lazy("Subject"),
    "money": gettext_lazy("Money that is named"),
    "length": gettext_lazy("Letters of the message"),
    "sender": gettext_lazy("Sender's address"),
    "files": gettext_lazy("There is a file"),
    "importance": gettext_lazy("Importance of the customer"),
    "organisation": gettext_lazy("Organisation"),
    "country": gettext_lazy("Country of the customer"),
    "by": gettext_lazy("Who did it"),
    "former_status": gettext_lazy("Status before"),
    "tag_given": gettext_lazy("Tags that were added"),
}
GROUPS: dict[str, str | Promise] = {
    "ticket": gettext_lazy("Ticket"),
    "message": gettext_lazy("Message"),
    "customer": gettext_lazy("Customer"),
    "event": gettext_lazy("What happened"),
}
OPS: dict[tuple[str, str], str | Promise] = {
    (CHOICE, "is"): pgettext_lazy("condition", "is one of"),
    (CHOICE, "is_not"): pgettext_lazy("condition", "is none of"),
    (TAGS, "has_any"): pgettext_lazy("condition", "include one of"),
    (TAGS, "has_all"): pgettext_lazy("condition", "include all of"),
    (TAGS, "has_none"): pgettext_lazy("condition", "include none of"),
    (WORDS, "contains"): pgettext_lazy("condition", "has one of the words"),
    (WORDS, "lacks"): pgettext_lazy("condition", "has none of the words"),
    (PATTERN, "is"): pgettext_lazy("condition", "is one of"),
    (PATTERN, "is_not"): pgettext_lazy("condition", "is none of"),
    (NUMBER, "at_least"): pgettext_lazy("condition", "at least"),
    (NUMBER, "at_most"): pgettext_lazy("condition", "at most"),
    (SPAN_OF, "at_least"): pgettext_lazy("condition", "at least"),
    (SPAN_OF, "at_most"): pgettext_lazy("condition", "at most"),
    (YES_NO, "is"): pgettext_lazy("condition", "is"),
}
HINTS: dict[str, str | Promise] = {
    WORDS: gettext_lazy("With commas between, in any form. refund*: any ending; =no: that word alone."),
    PATTERN: gettext_lazy("With commas between. * is anything; @shop.example: all who write from there."),
    TAGS: gettext_lazy("With commas between."),
}
WHO: dict[str, str | Promise] = {
    "customer": gettext_lazy("the customer"),
    "colleague": gettext_lazy("a colleague"),
    "rule": gettext_lazy("another rule"),
    "desk": gettext_lazy("the desk by itself"),
    "time": gettext_lazy("time that passed"),
}
MOODS: dict[str, str | Promise] = {
    "calm": pgettext_lazy("mood", "calm"),
    "annoyed": pgettext_lazy("mood", "annoyed"),
    "angry": pgettext_lazy("mood", "angry"),
}
SIDES: dict[str, str | Promise] = {
    actions.HOLDER: gettext_lazy("Whoever has the ticket"),
    actions.SUPERVISORS: gettext_lazy("Supervisors who see it"),
    actions.ADMINS: gettext_lazy("Admins"),
}
STOPS = gettext_lazy("Leave out the rules below")
