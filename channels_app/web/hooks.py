"""Where mail providers send to, and the page on which an admin sets that up."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from channels_app import access, hooks, mailboxes
from channels_app.models import Channel, Hook
from helpdesk.accounts.guard import StaffRequest, admin_required

KEYS = {
    "signing_key": gettext_lazy("Mailgun: HTTP webhook signing key"),
    "api_key": gettext_lazy("Brevo: API key, for the files of a mail"),
    "resend_key": gettext_lazy("Resend: API key, for reading mail"),
    "s3_key": gettext_lazy("Amazon: access key that may read the bucket with mail"),
    "s3_secret": gettext_lazy("Amazon: its secret access key"),
}


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def receive(request: HttpRequest, pk: int, provider: str) -> HttpResponse:
    """200 only when the request is in the journal; whoever proves nothing is told as little."""
    if request.method == "HEAD":  # some providers look whether somebody is here
        return HttpResponse()
    channel = Channel.objects.active().filter(pk=pk, kind=Channel.Kind.EMAIL).first()
    if channel is None or provider not in Hook.Provider.values:
        return HttpResponse(status=404)
    body = _body(request)
    if body is None:
        return HttpResponse(status=413)
    try:
        hooks.admit(channel, provider, _again(request, body), body)
    except hooks.TooMany:
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    except hooks.Refused:
        challenge = {"WWW-Authenticate": 'Basic realm="desk"'}  # Amazon proves itself only when asked to
        return HttpResponse(status=401, headers=challenge)
    hooks.take(channel, provider, {name.lower(): value for name, value in request.headers.items()}, body)
    return HttpResponse()


@admin_required
@require_POST
def secret(request: StaffRequest, pk: int) -> HttpResponse:
    """A new secret; this answer is the only place where it is ever shown."""
    channel = access.channel(request.user, pk)
    new = hooks.rotate(channel)
    example = f"https://{hooks.USER}:{new}@…"
    context = {"channel": channel, "secret": new, "example": example, **shown(channel)}
    return render(request, "channels/hook_secret.html", context)


@admin_required
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    channel = access.channel(request.user, pk)
    hooks.retire(channel)
    messages.success(request, _("The old secret is no longer good."))
    return redirect("channels:mailbox-section", channel.pk, "hooks")


@sensitive_post_parameters(*KEYS)
@admin_required
@require_POST
def keys(request: StaffRequest, pk: int) -> HttpResponse:
    """The providers' own keys; an empty field keeps what there is, a tick takes it away."""
    channel = access.channel(request.user, pk)
    given = {f"hook_{name}": request.POST.get(name, "").strip() for name in KEYS}
    entered = {name: key for name, key in given.items() if key}
    dropped = {f"hook_{name}": "" for name in request.POST.getlist("drop") if name in KEYS}
    mailboxes.change(channel, secrets={**entered, **dropped})
    messages.success(request, _("Saved."))
    return redirect("channels:mailbox-section", channel.pk, "hooks")


def shown(channel: Channel) -> dict[str, Any]:
    """What the page tells of each provider; never a secret."""
    known = {hook.provider: hook for hook in Hook.objects.filter(channel=channel)}
    rows = [
        {
            "name": provider.label,
            "hook": known.get(provider),
            "address": hooks.address(settings.BASE_URL, channel, provider),
        }
        for provider in Hook.Provider
    ]
    kept = channel.secrets
    return {
        "rows": rows,
        "user": hooks.USER,
        "has_secret": bool(kept.get("hook_secret")),
        "has_old_secret": bool(kept.get("hook_secret_before")),
        "keys": [(name, label, bool(kept.get(f"hook_{name}"))) for name, label in KEYS.items()],
        "here": "mailboxes",
    }


def _body(request: HttpRequest) -> bytes | None:
    """All bytes of a request, None when there are more than any mail this desk reads would make."""
    most = settings.MAIL_MAX_BYTES * 3 // 2  # base64 in JSON makes a third more of it
    given = request.headers.get("Content-Length", "0")
    if given.isdigit() and int(given) > most:
        return None
    body = request.read(most + 1)
    return body if len(body) <= most else None


def _again(request: HttpRequest, body: bytes) -> HttpRequest:
    """The request with its body unread."""
    environ = {**request.META, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    environ |= {"REQUEST_METHOD": "POST", "PATH_INFO": request.path}
    if not environ.get("CONTENT_TYPE"):
        environ["CONTENT_TYPE"] = request.headers.get("Content-Type", "")
    return WSGIRequest(environ)
