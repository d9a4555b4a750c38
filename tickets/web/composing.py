"""Writing: a reply, a note or a forward goes out, waits for its time, or is held and shown with what came."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, news, promises, recipients, replies, scheduling
from tickets.guarding import looking
from tickets.guarding.looking import Concern
from tickets.models import Draft, Message, Ticket
from tickets.pledges import Pledge
from tickets.recipients import TooMany
from tickets.web import concerns, page, standing, times
from tickets.web.composer import FIELDS, Known, composer
from tickets.web.drafting import attach, chosen_channel, keep, letter
from tickets.web.forms import WritingForm
from tickets.web.respond import CHANGED, refreshed


@staff_required
@require_POST
def reply(request: StaffRequest, number: int) -> HttpResponse:
    """Queue a reply; the same key again shows the first one."""
    return _write(request, access.ticket(request.user, number), Draft.Mode.REPLY)


@staff_required
@require_POST
def note(request: StaffRequest, number: int) -> HttpResponse:
    return _write(request, access.ticket(request.user, number), Draft.Mode.NOTE)


@staff_required
@require_POST
def forward(request: StaffRequest, number: int) -> HttpResponse:
    """Queue a forward of one of the ticket's messages to anybody."""
    return _write(request, access.ticket(request.user, number), Draft.Mode.FORWARD)


def _write(request: StaffRequest, ticket: Ticket, mode: str) -> HttpResponse:
    form = WritingForm(request.POST)
    if not form.is_valid():
        return _not_sent(request, ticket, mode, errors=form.first_errors())
    if ticket.merged_into_id:
        return _not_sent(request, ticket, mode, _("This ticket is part of another one now. Send it there."))
    given = form.cleaned_data
    begun = ticket.drafts.open().filter(author=request.user, mode=mode).select_related("answers").first()
    if request.FILES and not Message.objects.filter(key=given["key"]).exists():  # a browser without scripts
        begun = keep(request, ticket, {**given, "mode": mode})
        if error := attach(request, begun):
            return _not_sent(request, ticket, mode, error)
    if mode != Draft.Mode.NOTE and "to" in request.POST and not given["to"]:
        return _not_sent(request, ticket, mode, errors={"to": _("Whom does it go to?")})
    if asked := _concerns(request, ticket, mode, given, begun):
        return _not_sent(request, ticket, mode, asked=asked)
    try:
        kept = _hand_over(request, ticket, mode, form, begun)
    except news.Overtaken:
        keep(request, ticket, {**given, "mode": mode})
        return _not_sent(request, ticket, mode, held=True)
    except tuple(REFUSALS) as refusal:
        return _not_sent(request, ticket, mode, errors=_why(refusal))
    words = kept.body if isinstance(kept, Draft) else kept.text
    if words != given["body"] or kept.ticket_id != ticket.pk:
        return _not_sent(
            request, ticket, mode, _("The earlier message went out. This text was not sent: send it again.")
        )
    return _sent(request, ticket, _unseen(request, mode, form))


def _concerns(
    request: StaffRequest, ticket: Ticket, mode: str, given: dict[str, Any], begun: Draft | None
) -> list[Concern]:
    """What the author has not been asked yet; who cannot answer is not asked."""
    if "sure" not in request.POST:
        return []
    found = concerns.look(
        ticket,
        mode=mode,
        body=given["body"],
        whom=[given[field] for field in FIELDS],
        files=begun.attachments.count() if begun else 0,
        answers=letter(ticket, given["answers"]) or (begun.answers if begun else None),
    )
    left = looking.unanswered(found, given["sure"])
    if left:
        keep(request, ticket, {**given, "mode": mode})
    return left


REFUSALS: dict[type[Exception], str] = {
    replies.Empty: "body",
    replies.NowhereToSend: "body",
    TooMany: "to",
    recipients.NotAddresses: "to",
    scheduling.BadTime: "at",
    promises.BadTime: "promise",
}
"""What the doors refuse, and at which field it is told."""


def _why(refusal: Exception) -> dict[str, str]:
    field = next(name for kind, name in REFUSALS.items() if isinstance(refusal, kind))
    words = {
        replies.Empty: _("There is nothing to send yet."),
        replies.NowhereToSend: _("This customer has no address we can write to. Your text is kept."),
        TooMany: _("At most %(most)d addresses fit.") % {"most": recipients.MOST},
        recipients.NotAddresses: _("This is not an address: %(address)s") % {"address": refusal},
        scheduling.BadTime: _("Choose a time to come, within a year."),
        promises.BadTime: _("Choose a time to come, within a year."),
    }
    return {field: words[type(refusal)]}


def _hand_over(
    request: StaffRequest, ticket: Ticket, mode: str, form: WritingForm, begun: Draft | None
) -> Message | Draft:
    given, now = form.cleaned_data, timezone.now()
    what: dict[str, Any] = {"author": request.user, "key": given["key"], "draft": begun}
    what |= {"body": given["body"], "html": given["html"]}
    if mode == Draft.Mode.NOTE:
        return replies.add_note(ticket, **what)
    what |= {field: given[field] for field in FIELDS}
    what["answers"] = letter(ticket, given["answers"]) or (begun.answers if begun else None)
    if mode == Draft.Mode.FORWARD and what["answers"] is None:
        raise Http404
    if mode == Draft.Mode.REPLY:
        word = form.word(now)
        if word.due_at:
            promises.check(word.due_at)
        what |= {"status": given["status"], "seen": given["seen"], "own": given["own"], "word": word}
        what["snooze_until"] = form.snooze_until(now)
    what["channel"] = chosen_channel(request, given["channel"])
    if due := form.due(now) or _grace(request, now):
        return scheduling.queue(ticket, **what, mode=mode, due_at=due)
    return replies.send(ticket, **what) if mode == Draft.Mode.REPLY else replies.forward(ticket, **what)


def _grace(request: StaffRequest, now: datetime) -> datetime | None:
    """The time in which the author may still take it back, as they set it."""
    seconds = request.user.undo_seconds
    return now + timedelta(seconds=seconds) if seconds else None


def _unseen(request: StaffRequest, mode: str, form: WritingForm) -> Pledge | None:
    """What the text promises, when it went out before that could be offered."""
    given = form.cleaned_data
    if mode != Draft.Mode.REPLY or given["promise"] or given["offered"] or given["pledged"]:
        return None
    return standing.find(given["body"], request.user.company, timezone.now())


def _sent(request: StaffRequest, ticket: Ticket, unseen: Pledge | None) -> HttpResponse:
    if "HX-Request" not in request.headers:
        return redirect("tickets:ticket", ticket.number)
    fresh = access.ticket(request.user, ticket.number)
    response = refreshed(request, fresh, composed=True, toast=_remembering(fresh, unseen))
    response["HX-Trigger"] = CHANGED
    return response


def _remembering(ticket: Ticket, unseen: Pledge | None) -> dict[str, Any] | None:
    """A toast that offers to remember what was promised."""
    if unseen is None or ticket.promised_until == unseen.due_at:
        return None
    facts = {"words": unseen.words, "when": times.moment(unseen.due_at, timezone.now())}
    return {
        "text": _("You wrote “%(words)s”: %(when)s.") % facts,
        "act": {
            "url": reverse("tickets:promise", args=[ticket.number]),
            "name": "until",
            "value": unseen.due_at.isoformat(),
            "label": _("Remember"),
        },
    }


def _not_sent(
    request: StaffRequest,
    ticket: Ticket,
    mode: str,
    error: str = "",
    *,
    errors: dict[str, str] | None = None,
    held: bool = False,
    asked: list[Concern] | None = None,
) -> HttpResponse:
    """The composer with everything as it was typed, what is wrong at its field, and a new key."""
    context = composer(request, ticket, _known(request))
    for form in context["forms"]:
        if form["mode"] == mode:
            form |= {
                field: request.POST[field]
                for field in ("body", "html", "sure", *FIELDS)
                if field in request.POST
            }
            form |= {"errors": errors or {}, "error": error or (errors or {}).get("body", "")}
            form |= {"held": held}
            form |= concerns.asked(ticket, asked, form.get("sure", "")) if asked else {}
    context |= {"mode": mode, "begun": True}
    status = 409 if held or asked else 422
    if "HX-Request" in request.headers:
        response = render(request, "tickets/_composer.html", context, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#composer", "outerHTML"
        return response
    whole = {**page.context(request, ticket), **page.panel(request, ticket), **context}
    return render(request, "tickets/ticket.html", whole, status=status)


def _known(request: StaffRequest) -> Known | None:
    """What the page says it knew; its own message under the same key is no news to it."""
    form = WritingForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    if given.get("seen") is None or given.get("own") is None:
        return None
    key = given.get("key")
    return Known(given["seen"], given["own"] | ({key} if key else set()))
