"""What tickets can be asked for: the same names and meanings in the workspace's addresses and in the API."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import FilterSet

from helpdesk.accounts.models import User
from helpdesk.rest.filters import Id, OneOf, Somebody, Text, Words, YesNo, before, since
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

PRIORITIES = {priority.name.lower(): priority for priority in Ticket.Priority}
NO_KIND, NOBODY, ME = "none", "none", "me"
LONGEST_QUERY = 400


@dataclass(frozen=True)
class View:
    name: str
    title: str | Promise
    icon: str
    narrow: Callable[[TicketQuerySet, User], TicketQuerySet]


VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View("open", pgettext_lazy("view", "Open"), "inbox", lambda all_, user: all_.on_desk().unfinished()),
        View(
            "mine",
            pgettext_lazy("view", "Assigned to me"),
            "user",
            lambda all_, user: all_.on_desk().unfinished().filter(assignee=user),
        ),
        View(
            "unassigned",
            pgettext_lazy("view", "Unassigned"),
            "users",
            lambda all_, user: all_.on_desk().unfinished().filter(assignee=None),
        ),
        View("all", pgettext_lazy("view", "All tickets"), "archive", lambda all_, user: all_.on_desk()),
        View("spam", _("Spam"), "shield", lambda all_, user: all_.filter(folder=Ticket.Folder.SPAM)),
        View("bin", _("Bin"), "trash", lambda all_, user: all_.filter(folder=Ticket.Folder.BIN)),
    )
}


class TicketFilter(FilterSet):
    """Narrows the tickets that a colleague may see. `q` is looked up apart, by `tickets.filters.matching`."""

    q = Text(
        method="leave",
        max_length=LONGEST_QUERY,
        help_text="Words of subject, customer and messages, or a ticket's number; in all folders.",
    )
    view = OneOf(VIEWS, method="in_view", help_text="A view of the desk; `all` unless you search.")
    team = Somebody(method="of_team", words=[NOBODY], help_text="A team's id, or `none`.")
    assignee = Somebody(
        method="of_assignee", words=[ME, NOBODY], help_text="A colleague's id, `me` or `none`."
    )
    status = Words(method="in_status", words=Ticket.Status.values, help_text="Any of these.")
    kind = Words(
        method="in_kind", words=[NO_KIND, *filter(None, Ticket.Kind.values)], help_text="Any of these."
    )
    priority = Words(method="in_priority", words=PRIORITIES, help_text="Any of these.")
    tag = Text(method="with_tags", max_length=200, help_text="All of these tags, parted by commas.")
    customer = Id(field_name="customer_id", help_text="A customer's id.")
    channel = Id(field_name="channel_id", help_text="A channel's id.")
    language = Text(field_name="language", max_length=8, help_text="A language code, such as `hu`.")
    waiting = YesNo(method="who_waits", help_text="Whether the customer waits for an answer.")
    created_after = since("created_at")
    created_before = before("created_at")
    active_after = since("last_message_at", "Last message at this time or later.")
    active_before = before("last_message_at", "Last message before this time.")

    class Meta:
        model = Ticket
        fields: list[str] = []

    def __init__(self, data: Any, queryset: TicketQuerySet, *, user: User) -> None:
        super().__init__(data, queryset)
        self.user = user

    def leave(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        return found

    def in_view(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        return VIEWS[value].narrow(found, self.user)

    def of_team(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
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

    def with_tags(self, found: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        wanted = [" ".join(tag.split()).lower() for tag in value.split(",")]
        return found.filter(tags__contains=list(filter(None, wanted)))

    def who_waits(self, found: TicketQuerySet, name: str, value: bool) -> TicketQuerySet:
        waits = Q(waiting_since__isnull=False) & Q(status__in=Ticket.UNFINISHED)
        return found.filter(waits) if value else found.exclude(waits)
