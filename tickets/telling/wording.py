"""A line of the bell in words, the same on the page, in mail and on devices."""

from django.utils.translation import gettext as _

from tickets.models import Notification

Kind = Notification.Kind


def sentence(line: Notification) -> str:
    """What happened, in the language of the moment."""
    facts = {"name": line.by or "?", "number": line.ticket.number if line.ticket else 0}
    words = {
        Kind.ASSIGNED: _("%(name)s gave you #%(number)s") if line.by else _("#%(number)s is yours now"),
        Kind.WROTE: _("The customer wrote on #%(number)s, which is yours"),
        Kind.READING: _("Something new has waited for some days for you to read it"),
        Kind.MENTIONED: _("%(name)s mentions you on #%(number)s"),
        Kind.HELD: _("Your reply on #%(number)s was held: it did not go out"),
        Kind.ANSWERED: _("What you asked somebody else on #%(number)s was answered"),
        Kind.WATCHED: _("News on #%(number)s, which you watch"),
        Kind.WOKEN: _("#%(number)s is back: it was snoozed"),
        Kind.TAKEN_BACK: _("%(name)s took your reply on #%(number)s back: it is a draft again"),
        Kind.PROMISE_DUE: _("Your promise on #%(number)d is due soon"),
        Kind.PROMISE_LATE: _("A promise on #%(number)d has lapsed"),
        Kind.EXPECTED_LATE: _("What the customer of #%(number)d was told to expect will not hold"),
        Kind.UNOWNED: _("Nobody has #%(number)d, and its customer waits"),
        Kind.DUE_SOON: _("#%(number)d is due soon"),
        Kind.OVERDUE: _("#%(number)d is overdue"),
        Kind.LONG_OVERDUE: _("#%(number)d is overdue for long"),
        Kind.RATED_BAD: _("The customer of #%(number)d was not content"),
        Kind.RULE: _("A rule points you to #%(number)d"),
        Kind.RULES_HALTED: _("Rules were halted on #%(number)d: they did too much there"),
    }
    return words[Kind(line.kind)] % facts


def titled(line: Notification) -> str:
    """The same with the ticket's subject, on one line."""
    if line.ticket is None:
        return sentence(line)
    subject = line.ticket.subject or _("No subject")
    return " ".join(f"{sentence(line)}: {subject}".split())
