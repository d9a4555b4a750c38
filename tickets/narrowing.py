"""What tickets can be asked for: the same names and meanings in the workspace's addresses and in the API."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import FilterSet

from helpdesk.accounts.models import User
from helpdesk.rest.filters import Id, Somebody, Span, Text, Words, YesNo, before, since
from tickets import access, horizon, orders, reading
from tickets.custom_filter import Custom
from tickets.models import Customer, CustomField, Ticket, Watch
from tickets.models.ticket import TicketQuerySet

PRIORITIES = {priority.name.lower(): priority for priority in Ticket.Priority}
IMPORTANCES = {importance.name.lower(): importance for importance in Customer.Importance}
NO_KIND, NOBODY, ME, MINE = "none", "none", "me", "mine"
PERSONAL = frozenset({"unread", "watched"})  # filters that mean something else for each colleague
LONGEST_QUERY = 400


DUES = ("overdue", "soon", "later", "paused")


def pressing(found: TicketQuerySet) -> TicketQuerySet:
    """What is due soon, or overdue, and not paused: a warning never comes after what it warns of."""
    return found.alias(pressing=orders.PRESSING).filter(pressing__lte=Now(), due_at__isnull=False)


@dataclass(frozen=True)
class Standard:
    """A view that every desk has."""

    name: str
    title: str | Promise
    icon: str
    narrow: Callable[[TicketQuerySet, User], TicketQuerySet]
    order: str = "-last_message"


VIEWS: dict[str, Standard] = {
    view.name: view
    for view in (
        Standard(
            "open",
            pgettext_lazy("view", "Open"),
            "inbox",
            lambda all_, user: all_.on_desk().unfinished().awake(),
        ),
        Standard(
            "mine",
            pgettext_lazy("view", "Assigned to me"),
            "user",
            lambda all_, user: all_.on_desk().unfinished().awake().filter(assignee=user),
        ),
        Standard(
            "unassigned",
            pgettext_lazy("view", "Unassigned"),
            "users",
            lambda all_, user: all_.on_desk().unfinished().awake().filter(assignee=None),
        ),
        Standard(
            "waiting",
            pgettext_lazy("view", "Waiting longest"),
            "clock",
            lambda all_, user: all_.on_desk().unfinished().awake().filter(waiting_since__isnull=False),
            order="waiting",
        ),
        Standard(
            "due",
            pgettext_lazy("view", "Due soon or overdue"),
            "hourglass",
            lambda all_, user: pressing(all_.on_desk().unfinished().awake()),
            order="due",
        ),
        Standard(
            "urgent",
            pgettext_lazy("view", "Most urgent"),
            "flag",
            lambda all_, user: all_.on_desk().unfinished().awake().filter(priority__gte=Ticket.Priority.HIGH),
            order="urgent",
        ),
        Standard(
            "snoozed", pgettext_lazy("view", "Snoozed"), "moon", lambda all_, user: all_.on_desk().snoozed()
        ),
        Standard("all", pgettext_lazy("view", "All tickets"), "archive", lambda all_, user: all_.on_desk()),
        Standard("spam", _("Spam"), "shield", lambda all_, user: all_.filter(folder=Ticket.Folder.SPAM)),
        Standard("bin", _("Bin"), "trash", lambda all_, user: all_.filter(folder=Ticket.Folder.BIN)),
    )
}


class TicketFilter(FilterSet):
    """Narrows the tickets that a colleague may see. `q` is looked up apart, by `tickets.filters.matching`."""

    q = Text(
        method="leave",
        max_length=LONGEST_QUERY,
        help_text="Words of subject, customer and messages, or a ticket's number; in all folders.",
    )
    view = Somebody(
        method="in_view",
        words=VIEWS,
        help_text="A view of the desk, or a saved one's id; `all` unless you search.",
    )
    team = Somebody(
        method="of_team", words=[MINE, NOBODY], help_text="A team's id, `mine` for all of yours, or `none`."
    )
    assignee = Somebody(
        method="of_assignee", words=[ME, NOBODY], help_text="A colleague's id, `me` or `none`."
    )
    status = Words(method="in_status", words=Ticket.Status.values, help_text="Any of these.")
    kind = Words(
        method="in_kind", words=[NO_KIND, *filter(None, Ticket.Kind.values)], help_text="Any of these."
    )
    priority = Words(method="in_priority", words=PRIORITIES, help_text="Any of these.")
    tag = Text(method="with_tags", max_length=200, help_text="All of these tags, parted by commas.")
    without_tag = Text(method="lacking_tags", max_length=200, help_text="None of these tags.")
    customer = Id(field_name="customer_id", help_text="A customer's id.")
    organisation = Id(field_name="customer__organisation_id", help_text="An organisation's id.")
    importance = Words(method="of_importance", words=IMPORTANCES, help_text="Of the customer: any of these.")
    custom = Custom(CustomField.Of.TICKET)
    channel = Id(field_name="channel_id", help_text="A channel's id.")
    language = Text(field_name="language", max_length=8, help_text="A language code, such as `hu`.")
    waiting = YesNo(method="who_waits", help_text="Whether the customer waits for an answer.")
    waiting_for = Span(method="waits_for", help_text="Whose customer has waited for so long, such as `4h`.")
    due = Words(
        method="is_due",
        words=DUES,
        help_text="By its policy of times, any of these; what is `paused` stands still.",
    )
    due_after = since("due_at", "Due at this time or later.")
    due_before = before("due_at", "Due before this time.")
    replied = YesNo(method="was_replied", help_text="Whether anybody has answered the customer yet.")
    escalated = YesNo(method="is_escalated", help_text="Whether it was shown to supervisors.")
    snoozed = YesNo(method="is_snoozed", help_text="Whether it is out of the lists for a while.")
    internal = YesNo(field_name="is_internal", help_text="Whether it is among colleagues alone.")
    watched = YesNo(method="is_watched", help_text="Whether you watch it.")
    unread = YesNo(method="is_new", help_text="Whether something was said that you have not seen.")
    created_within = Span(method="in_the_last", help_text="Made in the last `4h`, `3d` or `2w`.")
    active_within = Span(
        method="spoken_in_the_last", help_text="Last message in the last `4h`, `3d` or `2w`."
    )
    quiet_for = Span(method="silent_for", help_text="No message for `4h`, `3d` or `2w`.")
    created_after = since("created_at")
    created_before = before("created_at")
    active_after = since("last_message_at", "Last message at this time or later.")
    active_before = before("last_message_at", "Last message before this time.")
    resolved_after = since("resolved_at", "Resolved at this time or later.")
    resolved_before = before("resolved_at", "Resolved before this time.")

    class Meta:
        model = Ticket
        fields: list[str] = []

    def __init__(self, data: Any, queryset: TicketQuerySet, *, user: User) -> None:
        super().__init__(data, queryset)
        self.user = user

    def leave(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        return found

    def in_view(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        """A saved view that the colleague may not see holds nothing."""
        if value in VIEWS:
            return VIEWS[value].narrow(found, self.user)
        saved = access.views(self.user).filter(pk=int(value)).first()
        if saved is None:
            return found.none()
        return type(self)({"view": "open", **saved.filters}, found, user=self.user).qs

    def of_team(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        if value == MINE:
            return found.filter(team__in=horizon.team_ids(self.user))
        return found.filter(team=None if value == NOBODY else int(value))

    def of_assignee(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        wanted = {ME: self.user.pk, NOBODY: None}
        return found.filter(assignee=wanted[value] if value in wanted else int(value))

    def in_status(self, found: TicketQuerySet, name: str, value: list[str]) -> TicketQuerySet:
        return found.filter(status__in=value)

    def in_kind(self, found: TicketQuerySet, name: str, value: list[str]) -> TicketQuerySet:
        return found.filter(kind__in=["" if word == NO_KIND else word for word in value])

    def in_priority(self, found: TicketQuerySet, name: str, value: list[str]) -> TicketQuerySet:
        return found.filter(priority__in=[PRIORITIES[word] for word in value])

    def of_importance(self, found: TicketQuerySet, name: str, value: list[str]) -> TicketQuerySet:
        return found.filter(customer__importance__in=[IMPORTANCES[word] for word in value])

    def with_tags(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        return found.filter(tags__contains=_tags(value))

    def lacking_tags(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        return found.exclude(tags__overlap=_tags(value))

    def who_waits(self, found: TicketQuerySet, name: str, value: bool) -> TicketQuerySet:
        waits = Q(waiting_since__isnull=False) & Q(status__in=Ticket.UNFINISHED)
        return found.filter(waits) if value else found.exclude(waits)

    def waits_for(self, found: TicketQuerySet, name: str, value: timedelta) -> TicketQuerySet:
        return found.filter(waiting_since__lte=Now() - value, status__in=Ticket.UNFINISHED)

    def is_due(self, found: TicketQuerySet, name: str, value: list[str]) -> TicketQuerySet:
        rules = {
            "overdue": Q(due_at__lte=Now()),
            "soon": Q(due_at__gt=Now(), due_soon_at__lte=Now()),
            "later": Q(due_at__gt=Now()) & (Q(due_soon_at=None) | Q(due_soon_at__gt=Now())),
            "paused": Q(due_at=None) & ~Q(due_target=""),
        }
        wanted = Q()
        for word in value:
            wanted |= rules[word]
        return found.filter(wanted, status__in=Ticket.UNFINISHED)

    def was_replied(self, found: TicketQuerySet, name: str, value: bool) -> TicketQuerySet:
        return found.filter(first_replied_at__isnull=not value)

    def is_escalated(self, found: TicketQuerySet, name: str, value: bool) -> TicketQuerySet:
        return found.filter(escalated_at__isnull=not value)

    def is_snoozed(self, found: TicketQuerySet, name: str, value: bool) -> TicketQuerySet:
        return found.filter(snoozed_until__isnull=not value)

    def is_watched(self, found: TicketQuerySet, name: str, value: bool) -> TicketQuerySet:
        watched = Watch.objects.filter(user=self.user.pk).values("ticket")
        return found.filter(pk__in=watched) if value else found.exclude(pk__in=watched)

    def is_new(self, found: TicketQuerySet, name: str, value: bool) -> TicketQuerySet:
        return reading.narrowed(found, self.user, new=value)

    # By the clock of the database: counts are compiled once and asked for again and again.

    def in_the_last(self, found: TicketQuerySet, name: str, value: timedelta) -> TicketQuerySet:
        return found.filter(created_at__gte=Now() - value)

    def spoken_in_the_last(self, found: TicketQuerySet, name: str, value: timedelta) -> TicketQuerySet:
        return found.filter(last_message_at__gte=Now() - value)

    def silent_for(self, found: TicketQuerySet, name: str, value: timedelta) -> TicketQuerySet:
        return found.filter(last_message_at__lt=Now() - value)


def _tags(value: str) -> list[str]:
    return list(filter(None, (" ".join(tag.split()).lower() for tag in value.split(","))))
