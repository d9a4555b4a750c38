"""A new mailbox: its servers written down, tried, and kept."""

from typing import ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from channels_app import access
from channels_app.adapters.email import check
from channels_app.web.sections.base import SectionForm
from channels_app.web.sections.general import GeneralForm
from channels_app.web.sections.incoming import IncomingForm
from channels_app.web.sections.sending import SendingForm
from helpdesk.accounts.guard import StaffRequest, admin_required
from helpdesk.accounts.models import User

hide_passwords = sensitive_post_parameters("imap_password", "smtp_password")


class ConnectForm(GeneralForm, IncomingForm, SendingForm):
    """Everything a new mailbox needs, on one page."""

    CONFIG: ClassVar[tuple[str, ...]] = ()


TESTS = {"imap": check.test_imap, "smtp": check.test_smtp}
TEST_MAIL = "mail"
FORMS: dict[str, type[SectionForm]] = {"imap": IncomingForm, "smtp": SendingForm, TEST_MAIL: SendingForm}


@hide_passwords
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    return _connect(request, first=False)


@hide_passwords
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: StaffRequest) -> HttpResponse:
    """The second step of setting up a desk; it may be skipped."""
    return _connect(request, first=True)


@hide_passwords
@admin_required
@require_POST
def test(request: StaffRequest, what: str) -> HttpResponse:
    """Try the settings as they stand in the form, kept or not; the answer stands beside the button."""
    if what not in FORMS:
        raise Http404
    pk = request.POST.get("channel", "")
    channel = access.channel(request.user, int(pk)) if pk.isdigit() else None
    form = FORMS[what](request.POST, channel=channel)
    outcome = tried(form, what, request.user, sender=channel.address if channel else _address(request))
    return render(request, "channels/_outcome.html", {"outcome": outcome, "what": what})


def tried(form: SectionForm, what: str, user: User, *, sender: str) -> check.Outcome:
    """Try what stands in a form; no more is kept than before."""
    if not form.is_valid() or (what == TEST_MAIL and not sender):
        return check.Outcome(ok=False, message=_("Fill in the fields marked below first."))
    if what == TEST_MAIL:
        return check.send_test_mail(form.whole_config(), form.whole_secrets(), sender=sender, to=user.email)
    return TESTS[what](form.whole_config(), form.whole_secrets())


def _connect(request: StaffRequest, *, first: bool) -> HttpResponse:
    form = ConnectForm(request.POST if request.method == "POST" else None)
    what = request.POST.get("test", "")
    context = {"form": form, "first": first, "here": "mailboxes"}
    if what in FORMS:  # a browser without scripts
        outcome = tried(form, what, request.user, sender=_address(request))
        return render(request, "channels/connect.html", {**context, "outcome": outcome, "what": what})
    if form.is_valid():
        channel = form.save()
        messages.success(request, _("The mailbox is kept."))
        return redirect("tickets:list") if first else redirect("channels:mailbox", channel.pk)
    return render(request, "channels/connect.html", context, status=422 if form.errors else 200)


def _address(request: StaffRequest) -> str:
    form = GeneralForm(request.POST)
    form.is_valid()
    return form.cleaned_data.get("address", "")
