"""The check of a mailbox's domain: asked of the name servers when somebody looks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from channels_app import access
from channels_app.adapters.email import domain
from helpdesk.accounts.guard import StaffRequest, admin_required


@admin_required
@require_safe
def records(request: StaffRequest, pk: int) -> HttpResponse:
    channel = access.channel(request.user, pk)
    template = "channels/_domain.html" if request.headers.get("HX-Request") else "channels/domain.html"
    context = {"channel": channel, "findings": domain.findings(channel), "here": "mailboxes"}
    return render(request, template, context)
