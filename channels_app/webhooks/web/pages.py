"""Setting webhooks up: the list, each one's form, its secret, its switch."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app.webhooks import access, subscriptions
from channels_app.webhooks.models import Webhook
from channels_app.webhooks.web.forms import WebhookForm
from helpdesk.accounts.guard import StaffRequest, admin_required


@admin_required
@require_safe
def webhooks(request: StaffRequest) -> HttpResponse:
    return render(
        request, "webhooks/webhooks.html", {"webhooks": access.webhooks(request.user), "here": "webhooks"}
    )


@admin_required
@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """The form of a new webhook, and then its secret: in this one answer and never again."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, None, form)
    made, secret = subscriptions.create(actor=request.user, **form.fields_of_webhook())
    return _page(request, made, WebhookForm(webhook=made), secret=secret)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.webhook(request.user, pk)
    form = WebhookForm(request.POST if request.method == "POST" else None, webhook=found)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form)
    subscriptions.change(found, actor=request.user, **form.fields_of_webhook())
    messages.success(request, _("The webhook is saved."))
    return redirect("webhooks:webhook", found.pk)


@admin_required
@never_cache
@sensitive_variables("secret")
@require_POST
def secret(request: StaffRequest, pk: int) -> HttpResponse:
    """A new secret in the place of the old one, which is good for another day."""
    found = access.webhook(request.user, pk)
    fresh = subscriptions.rotate(found, actor=request.user)
    return _page(request, found, WebhookForm(webhook=found), secret=fresh)


@admin_required
@require_POST
def switch(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.webhook(request.user, pk)
    subscriptions.switch(found, "on" in request.POST, actor=request.user)
    return redirect("webhooks:webhook", found.pk)


@admin_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.webhook(request.user, pk)
    subscriptions.remove(found, actor=request.user)
    messages.success(request, _("The webhook “%(name)s” is gone.") % {"name": found.name})
    return redirect("webhooks:webhooks")


def _page(
    request: StaffRequest, found: Webhook | None, form: WebhookForm, *, secret: str = ""
) -> HttpResponse:
    context = {"webhook": found, "form": form, "secret": secret, "here": "webhooks", "tab": "settings"}
    return render(request, "webhooks/webhook.html", context, status=422 if form.errors else 200)
