"""Who may read and change what of the knowledge base; the only fetchers that views use."""

from django.db.models import Q, QuerySet
from django.http import Http404

from helpdesk.accounts.models import User
from knowledge.models import (
    Category,
    HelpCentre,
    Shown,
    Suggestion,
    SuggestionQuerySet,
    Translation,
    TranslationQuerySet,
)
from tickets.horizon import Viewer
from tickets.models import Customer, Ticket


def may_publish(user: User) -> bool:
    """Agents write and ask for a review; supervisors and admins publish."""
    return user.is_active and user.role != User.Role.AGENT


def written(user: User) -> TranslationQuerySet:
    """All that colleagues write, in whatever state."""
    return Translation.objects.all() if user.is_active else Translation.objects.none()


def writing(user: User, pk: int) -> Translation:
    """One article in one language, to be worked on; raises Http404."""
    found = written(user).select_related("article__category", "published").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def written_from(ticket: Ticket) -> Translation | None:
    """The article that was begun from this ticket."""
    return Translation.objects.filter(article__origin=ticket).order_by("pk").first()


def readable(centre: HelpCentre, language: str, customer: Customer | None) -> TranslationQuerySet:
    """What a visitor may read of a help centre: what is public, and what is for their organisation."""
    return Translation.objects.readable(customer).shown_in(centre).filter(language=language)


def shelves(centre: HelpCentre) -> QuerySet[Category]:
    """The categories that stand in a help centre."""
    return Category.objects.filter(Q(everywhere=True) | Q(centres=centre.pk)).distinct()


def shown_suggestion(centre: HelpCentre, pk: int, customer: Customer | None) -> Suggestion:
    """One that everybody may read at a help centre, one of the visitor's own that waits, or a united one.

    Raises Http404.
    """
    rows = Suggestion.objects.at(centre).counted().select_related("customer", "merged_into")
    found = rows.filter(pk=pk).first()
    own = found is not None and customer is not None and found.customer_id == customer.pk
    if found is None or not (found.shown == Shown.PUBLIC or (own and found.shown == Shown.WAITING)):
        raise Http404
    return found


def suggestions(user: Viewer) -> SuggestionQuerySet:
    """All of the box, for every colleague."""
    known = isinstance(user, User) and user.is_active
    return Suggestion.objects.all() if known else Suggestion.objects.none()


def suggestion(user: Viewer, pk: int) -> Suggestion:
    """One of them; raises Http404."""
    rows = suggestions(user).counted().select_related("customer", "merged_into", "centre")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_decide(user: Viewer) -> bool:
    """Supervisors and admins say what is public and what becomes of a suggestion."""
    return isinstance(user, User) and may_publish(user)
