"""Articles beside a ticket: found, put into the reply, begun from what was answered."""

import uuid
from html import escape
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from knowledge import access, centres, drafting, markup, shelves, using
from knowledge.models import Translation
from knowledge.web import place, videos
from tickets import access as tickets
from tickets import drafts
from tickets.models import Draft, Ticket

FOUND = 6
LONGEST = 200
EXCERPT = 600


@staff_required
@require_safe
def panel(request: StaffRequest, number: int) -> HttpResponse:
    """The public articles that answer a question, else the ticket's subject; what was given already."""
    ticket = tickets.ticket(request.user, number)
    query = request.GET.get("q", "").strip()[:LONGEST]
    asked, language = query or (ticket.subject or "")[:LONGEST], _language(ticket)
    here = centres.of_channel(ticket.channel_id)
    rows = shelves.find(asked, language, centre=here, limit=FOUND) if asked else []
    context: dict[str, Any] = {"ticket": ticket, "query": query}
    context["rows"] = [(row, place.seen_at(here, row), uuid.uuid4()) for row in rows]
    if "HX-Request" in request.headers and "q" in request.GET:
        return render(request, "knowledge/_beside_rows.html", context)
    context |= {"given": using.of(ticket), "drafted": access.written_from(ticket)}
    name = "_beside" if "HX-Request" in request.headers else "beside"
    return render(request, f"knowledge/{name}.html", context)


@staff_required
@require_safe
def text(request: StaffRequest, pk: int) -> HttpResponse:
    """What readers see of an article, read without leaving the ticket; videos elsewhere are links there."""
    row = access.writing(request.user, pk)
    html, _hosts = videos.shown(request, row.published.html if row.published else row.html, None)
    name = "_text" if "HX-Request" in request.headers else "text"
    return render(request, f"knowledge/{name}.html", {"row": row, "html": html})


@staff_required
@require_POST
def give(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """Put an article into what one writes: its address, or with its first words; recorded on the ticket."""
    ticket = tickets.ticket(request.user, number)
    here = centres.of_channel(ticket.channel_id)
    row = get_object_or_404(Translation.objects.public().shown_in(here), pk=pk)
    using.use(row, ticket, actor=request.user, key=_key(request.POST.get("key", "")))
    url = centres.absolute(here, place.of(row))
    text, html = _words(row, url, excerpt="excerpt" in request.POST)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"text": text, "html": html, "files": 0, "toast": ""})
    _write(ticket, request, text)
    return redirect(f"{reverse('tickets:ticket', args=[ticket.number])}#composer")


@staff_required
@require_POST
def draft(request: StaffRequest, number: int) -> HttpResponse:
    """An article begun from the ticket, in the editor."""
    ticket = tickets.ticket(request.user, number)
    try:
        made = drafting.article(ticket, actor=request.user)
    except drafting.NoAnswer:
        messages.error(request, _("Nobody has answered on this ticket yet: there is nothing to write down."))
        return redirect("tickets:ticket", number)
    messages.success(request, _("A draft: look for what should not stand in it before you publish."))
    return redirect("knowledge:article", made.pk)


def _words(row: Translation, url: str, *, excerpt: bool) -> tuple[str, str]:
    shown = row.published
    title = shown.title if shown else row.title
    said = markup.text(shown.html) if shown and excerpt else ""
    if len(said) > EXCERPT:
        said = said[:EXCERPT].rsplit(" ", 1)[0] + " …"
    text = f"{said}\n\n{title}: {url}" if said else f"{title}: {url}"
    return text, "<br>".join(escape(line) for line in text.split("\n")) if said else ""


def _write(ticket: Ticket, request: StaffRequest, text: str) -> None:
    """Below what the colleague has begun."""
    begun = ticket.drafts.open().filter(author=request.user, mode=Draft.Mode.REPLY).first()
    if begun is None or not begun.body.strip():
        drafts.save(ticket, author=request.user, mode=Draft.Mode.REPLY, body=text)
        return
    begun.body = f"{begun.body.rstrip()}\n\n{text}"
    begun.html = f"{begun.html}{markup.paragraphs(text)}" if begun.html else ""
    begun.save()


def _language(ticket: Ticket) -> str:
    return (ticket.customer.language or ticket.language or "en").partition("-")[0].lower()


def _key(given: str) -> uuid.UUID:
    try:
        return uuid.UUID(given)
    except ValueError:
        return uuid.uuid4()
