"""The log of a webhook: what was told, what came back, told once more."""

import json

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_app.webhooks import access, calling
from channels_app.webhooks.models import Answer
from channels_app.webhooks.web import following
from helpdesk.accounts.guard import StaffRequest, admin_required
from tickets.models import Delivery

PAGE = 50


@admin_required
@require_safe
def calls(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.webhook(request.user, pk)
    newest = Prefetch("answers", Answer.objects.order_by("id").defer("excerpt"))
    lines = found.calls.select_related("delivery").prefetch_related(newest).order_by("-id")
    if "failed" in request.GET:
        lines = lines.filter(delivery__state__in=[Delivery.State.FAILED, Delivery.State.UNKNOWN])
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal():
        lines = lines.filter(pk__lt=int(before[:18]))
    shown = list(lines[: PAGE + 1])
    context = {
        "webhook": found,
        "calls": shown[:PAGE],
        "next": shown[PAGE - 1].pk if len(shown) > PAGE else "",
        "failed": "failed" in request.GET,
        "here": "webhooks",
        "tab": "calls",
    }
    return render(request, "webhooks/calls.html", context)


@admin_required
@require_safe
def call(request: StaffRequest, pk: int) -> HttpResponse:
    """One call and what came back; while that may come any moment, the page asks every two seconds."""
    found = access.call(request.user, pk)
    payload = json.dumps(found.delivery.payload, ensure_ascii=False, indent=2)
    context = {
        "call": found,
        "webhook": found.webhook,
        "payload": payload,
        "here": "webhooks",
        "tab": "calls",
        "follows": following.follows(found, timezone.now()),
        "later": following.comes_later(found),
    }
    is_part = "HX-Request" in request.headers
    return render(request, f"webhooks/{'_call' if is_part else 'call'}.html", context)


@admin_required
@require_POST
def resend(request: StaffRequest, pk: int) -> HttpResponse:
    again = calling.resend(access.call(request.user, pk), actor=request.user)
    messages.success(request, _("It is told once more."))
    return redirect("webhooks:call", again.pk)


@admin_required
@require_POST
def test(request: StaffRequest, pk: int) -> HttpResponse:
    tried = calling.test(access.webhook(request.user, pk), actor=request.user)
    messages.success(request, _("A test is on its way. Here you see what comes back."))
    return redirect("webhooks:call", tried.pk)
