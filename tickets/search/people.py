"""Whose a ticket is, and from whom: operators that name somebody."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext as _

from helpdesk.accounts.models import Team, User
from tickets import horizon
from tickets.models import Customer, Identity, Organisation
from tickets.search import vocabulary
from tickets.search.spelling import folded
from tickets.search.trouble import Wrong

MOST_MEANT = 50  # colleagues or teams that one part of a name may mean


def _from(value: str, user: User) -> Q:
    written = Identity.objects.filter(value__startswith=value.lower()).values("customer")
    return Q(customer__in=Customer.objects.filter(Q(name__icontains=value) | Q(pk__in=written)).values("pk"))


def _team(value: str, user: User) -> Q:
    if folded(value) in vocabulary.MINE:
        return Q(team__in=horizon.team_ids(user))
    if folded(value) in vocabulary.NOBODY:
        return Q(team=None)
    found = list(Team.objects.filter(name__icontains=value).values_list("pk", flat=True)[:MOST_MEANT])
    if not found:
        raise Wrong(_("No team is called “%(name)s”.") % {"name": value})
    return Q(team__in=found)


def _agent(value: str, user: User) -> Q:
    word = folded(value)
    if word in {folded(each) for each in vocabulary.ME}:
        return Q(assignee=user.pk)
    if word in vocabulary.NOBODY:
        return Q(assignee=None)
    named = User.objects.filter(Q(name__icontains=value) | Q(email__istartswith=value))
    found = list(named.values_list("pk", flat=True)[:MOST_MEANT])
    if not found:
        raise Wrong(_("No colleague is called “%(name)s”.") % {"name": value})
    return Q(assignee__in=found)


def _organisation(value: str, user: User) -> Q:
    named = Organisation.objects.filter(Q(name__icontains=value) | Q(domains__contains=[value.lower()]))
    return Q(customer__organisation__in=named.values("pk"))


RULES: dict[str, Callable[[str, User], Q]] = {
    "from": _from,
    "team": _team,
    "agent": _agent,
    "organisation": _organisation,
}
