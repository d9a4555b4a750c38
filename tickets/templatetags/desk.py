"""What every page of the workspace draws: icons, glyphs, and the navigation with its counts."""

import hashlib
import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from helpdesk.accounts import language
from helpdesk.accounts.models import Company, User
from helpdesk.templating import constant
from tickets import access, naming
from tickets.deception import letters
from tickets.inspection import opening, showing
from tickets.models import Attachment, Customer
from tickets.web import dangers, navigation, times, values

register = template.Library()
register.simple_tag(language.of_screens, name="languages_of_screens")


@register.simple_tag
@constant
def icon(name: str, css: str = "") -> SafeString:
    """A line icon of icons.svg; decoration, so readers skip it."""
    return _drawing(f"icon {css}", f"i-{name}")


@register.simple_tag
@constant
def status_glyph(status: str) -> SafeString:
    """The shape of a status; a word stands beside it."""
    return _glyph("status", status, f"s-{status}")


@register.simple_tag
@constant
def priority_glyph(priority: int) -> SafeString:
    return _glyph("priority", {3: "high", 4: "urgent"}.get(priority, ""), f"p-{priority}")


@register.simple_tag
def language_name(code: str) -> str:
    """The language called `code` in the reader's own; the code itself when nobody knows it."""
    return values.language_name(code)


@register.filter
def called(customer: Customer) -> str:
    """The customer's name, or what they are known by."""
    return naming.of(customer)


@register.filter
def addresses(customer: Customer) -> list[str]:
    """What they write from, without the address that they are called by."""
    return naming.addresses(customer)[0 if customer.name else 1 :]


@register.filter
def moment(value: datetime) -> str:
    """When, as agents read it: "today, 13:04"."""
    return times.moment(value, timezone.now())


@register.filter
def stamp(value: datetime) -> str:
    """When, where "today" would not do: "by Fri 20 Nov, 17:42"."""
    return times.stamp(value, timezone.now())


@register.filter
def full_date(value: datetime) -> str:
    return times.date(value)


@register.filter
def preview_kind(file: Attachment) -> str:
    """How this file can be shown without saving it: "picture", "text" or "pdf"; else ""."""
    return showing.kind(file)


@register.filter
def is_open(file: Attachment) -> bool:
    """Whether a plain click may save this file."""
    return opening.is_open(file)


@register.filter
def reasons(file: Attachment) -> list[str]:
    """Why a file is held or marked."""
    return dangers.reasons(file)


@register.filter
def stem_and_ending(file: Attachment) -> tuple[str, str]:
    """A file's name in two: the beginning may be clipped, the ending never is, however many there are."""
    name = " ".join(letters.visible(file.name or str(file)).split())
    found = re.search(r"[^.](?:\.[^.\s]{1,12}){1,3}$", name)
    return (name[: found.start() + 1], name[found.start() + 1 :]) if found else (name, "")


@register.simple_tag(takes_context=True)
def may_release(context: Context, file: Attachment) -> bool:
    """Whether the reader may let a held file go."""
    return access.may_release(context["request"].user, file)


@register.simple_tag(takes_context=True)
def company(context: Context) -> Company:
    """The company, asked for once a page."""
    request = context.get("request")
    if request is None:
        return Company.load()
    if not hasattr(request, "company"):
        user = getattr(request, "user", None)
        request.company = user.company if isinstance(user, User) else Company.load()
    return request.company


@register.simple_tag
def session_mark(request: HttpRequest) -> str:
    """What tells one session from the next, and nothing else of it."""
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:12]


@register.inclusion_tag("tickets/_nav.html")
def workspace_nav(request: HttpRequest) -> dict[str, Any]:
    """The navigation: views, queues and what needs a look, with live counts."""
    user = request.user
    assert isinstance(user, User)
    return {
        "request": request,
        "user": user,
        "path": request.path,
        "here": request.get_full_path(),
        **navigation.context(user, request),
    }


@lru_cache(maxsize=512)
def _drawing(css: str, symbol: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("icons.svg"), symbol
    )


@lru_cache(maxsize=64)
def _glyph(meaning: str, value: str, symbol: str) -> SafeString:
    return format_html(
        '<svg class="glyph" data-{}="{}" viewBox="0 0 16 16" aria-hidden="true"><use href="{}#{}"/></svg>',
        meaning,
        value,
        static("icons.svg"),
        symbol,
    )
