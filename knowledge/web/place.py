"""Where a reader is at the help centre: the language stands in the address, and the page speaks it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify

from helpdesk.accounts.models import Company
from helpdesk.accounts.zones import zone
from knowledge import centres
from knowledge.models import HelpCentre, Translation
from knowledge.web import centre, visitor

LANGUAGES = dict(settings.LANGUAGES)
View = Callable[..., HttpResponseBase]


def spoken(view: View) -> View:
    """The view gets the language, and everything it says is in it; 404 for others, and while it is closed."""

    @wraps(view)
    def speaking(request: HttpRequest, language: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if language not in centre.current(request).offered:
            raise Http404
        with translation.override(language), _clock(request):
            response = view(request, language, *args, **kwargs)
            response.headers["Content-Language"] = language
            return response

    return speaking


def _clock(request: HttpRequest) -> AbstractContextManager[Any]:
    """A customer who was let in reads times as they are where they live, else where the company is."""
    customer = visitor.of(request)
    if customer is None:
        return nullcontext()
    return timezone.override(zone(customer.time_zone or Company.load().time_zone))


def of(row: Translation) -> str:
    """The address of a published article; the words in it are for people."""
    return reverse("knowledge:help-article", args=[row.language, row.article_id, words(row)])


def seen_at(where: HelpCentre, row: Translation) -> str:
    """Where readers see it at this help centre, for colleagues at the desk's own address."""
    return of(row) if where.is_first else centres.absolute(where, of(row))


def words(row: Translation) -> str:
    """The title as it stands in the address."""
    title = row.published.title if row.published else row.title
    return slugify(title, allow_unicode=True)[:60].strip("-") or "article"


def elsewhere(name: str, *args: Any) -> list[tuple[str, str, str]]:
    """The same page in every language: code, name, address."""
    return [(code, LANGUAGES[code], reverse(name, args=[code, *args])) for code in LANGUAGES]
