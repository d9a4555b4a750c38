"""The mailboxes of the desk, for admins: how each is doing, its settings, and a try before keeping them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app import access
from channels_app.adapters.email import check
from channels_app.models import Channel
from channels_app.web.forms import MailboxForm
from helpdesk.accounts.guard import StaffRequest, admin_required
from helpdesk.accounts.models import User

TESTS = {"imap": check.test_imap, "smtp": check.test_smtp}
TEST_MAIL = "mail"
hide_passwords = sensitive_post_parameters("imap_password", "smtp_password")


@admin_required
@require_safe
def mailboxes(request: StaffRequest) -> HttpResponse:
    found = access.channels(request.user).filter(kind=Channel.Kind.EMAIL).select_related("team")
    return render(request, "channels/mailboxes.html", {"mailboxes": found, "here": "mailboxes"})


@hide_passwords
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    return _edit(request, None)


@hide_passwords
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: StaffRequest) -> HttpResponse:
    """The second step of setting up a desk; it may be skipped."""
    return _edit(request, None, first=True)


@hide_passwords
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    return _edit(request, access.channel(request.user, pk))


@hide_passwords
@admin_required
@require_POST
def test(request: StaffRequest, what: str) -> HttpResponse:
    """Try the settings as they stand in the form, kept or not; the answer stands beside the button."""
    if what not in (*TESTS, TEST_MAIL):
        raise Http404
    pk = request.POST.get("channel", "")
    form = MailboxForm(request.POST, channel=access.channel(request.user, int(pk)) if pk.isdigit() else None)
    return render(
        request, "channels/_outcome.html", {"outcome": _try(form, what, request.user), "what": what}
    )


def _edit(request: StaffRequest, channel: Channel | None, *, first: bool = False) -> HttpResponse:
    form = MailboxForm(request.POST or None, channel=channel)
    tried = request.POST.get("test", "")
    context = {"form": form, "channel": channel, "first": first, "here": "mailboxes"}
    if tried in (*TESTS, TEST_MAIL):  # a browser without scripts
        return render(
            request,
            "channels/mailbox.html",
            {**context, "outcome": _try(form, tried, request.user), "what": tried},
        )
    if form.is_valid():
        form.save()
        messages.success(request, _("The mailbox is kept."))
        return redirect("tickets:list" if first else "channels:mailboxes")
    return render(request, "channels/mailbox.html", context, status=422 if form.errors else 200)


def _try(form: MailboxForm, what: str, user: User) -> check.Outcome:
    if not form.is_valid():
        return check.Outcome(ok=False, message=_("Fill in the fields marked below first."))
    if what == TEST_MAIL:
        sender = form.cleaned_data["address"]
        return check.send_test_mail(form.config(), form.secrets(), sender=sender, to=user.email)
    return TESTS[what](form.config(), form.secrets())
