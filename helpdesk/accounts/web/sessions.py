"""Where a colleague is signed in, and signing out there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts import sessions
from helpdesk.accounts.guard import StaffRequest, staff_required

MOST = 50


@staff_required
@require_safe
def session_list(request: StaffRequest) -> HttpResponse:
    current, mine = request.session.session_key, sessions.of(request.user)
    lines = [
        (session, *sessions.device(session.user_agent), session.session_key == current)
        for session in mine[:MOST]
    ]
    more = mine.count() - MOST if len(lines) == MOST else 0
    return render(request, "accounts/sessions.html", {"lines": lines, "more": more, "here": "sessions"})


@staff_required
@require_POST
def ending(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign out in one other browser: one's own alone."""
    found = sessions.of(request.user).filter(pk=pk)
    if not sessions.end(found, about=request.user, actor=request.user):
        raise Http404
    messages.success(request, _("You are signed out there."))
    return redirect("accounts:sessions")


@staff_required
@require_POST
def ending_others(request: StaffRequest) -> HttpResponse:
    sessions.end_others(request.user, keep=request.session.session_key, actor=request.user)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:sessions")
