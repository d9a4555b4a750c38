"""A new mailbox: its address first, then its servers as far as they can be found, tried out, and kept."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from channels_app import access
from channels_app.adapters.email import check, finding, trial
from channels_app.adapters.email.finding import Found
from channels_app.web.sections.base import SectionForm
from channels_app.web.sections.general import AddressForm, GeneralForm
from channels_app.web.sections.incoming import IncomingForm
from channels_app.web.sections.sending import SendingForm
from helpdesk.accounts.guard import StaffRequest, admin_required

hide_passwords = sensitive_post_parameters(
    "imap_password", "smtp_password", "provider_key", "provider_second_key"
)


class ConnectForm(GeneralForm, IncomingForm, SendingForm):
    """Everything a new mailbox needs, on one page."""

    CONFIG: ClassVar[tuple[str, ...]] = ()

    same_sign_in = forms.BooleanField(
        label=gettext_lazy("Send with the same user and password"),
        required=False,
        initial=True,
    )

    def config(self) -> dict[str, Any]:
        shared = {"smtp_user": self.cleaned_data["imap_user"]} if self._is_shared() else {}
        return {**super().config(), **shared}

    def secrets(self) -> dict[str, str]:
        given = super().secrets()
        shared = {"smtp_password": given["imap_password"]} if self._is_shared() and given else {}
        return {**given, **shared}

    def _is_shared(self) -> bool:
        return bool(self.cleaned_data["same_sign_in"] and self.cleaned_data["imap_host"])


TESTS = {"imap": check.test_imap, "smtp": check.test_smtp}
FORMS: dict[str, type[SectionForm]] = {
    "imap": IncomingForm,
    "smtp": SendingForm,
    "mail": SendingForm,
    "all": ConnectForm,
}


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
    sender = channel.address if channel else request.POST.get("address", "")
    outcomes = tried(form, what, sender=sender, to=request.user.email)
    return render(request, "channels/_outcomes.html", {"outcomes": outcomes, "what": what})


def tried(form: SectionForm, what: str, *, sender: str, to: str) -> list[check.Outcome]:
    """Try what stands in a form; no more is kept than before."""
    if not form.is_valid() or (what == "mail" and not sender):
        return [check.Outcome(ok=False, message=_("Fill in the fields marked below first."))]
    config, secrets = form.whole_config(), form.whole_secrets()
    if what == "mail":
        return [trial.send(config, secrets, sender=sender, to=to)]
    kinds = [kind for kind in TESTS if what == kind or (what == "all" and config.get(f"{kind}_host"))]
    if not kinds:
        return [check.Outcome(ok=False, message=_("No server is named."))]
    return [TESTS[kind](config, secrets) for kind in kinds]


def _connect(request: StaffRequest, *, first: bool) -> HttpResponse:
    context: dict[str, Any] = {"first": first, "here": "mailboxes"}
    if request.method != "POST":
        return render(request, "channels/address.html", {**context, "form": AddressForm()})
    if "find" in request.POST:
        return _find(request, context)
    form = ConnectForm(request.POST)
    what = request.POST.get("test", "")
    if what in FORMS:  # a browser without scripts
        context["outcomes"] = tried(form, what, sender=request.POST.get("address", ""), to=request.user.email)
        return render(request, "channels/connect.html", {**context, "form": form})
    if not form.is_valid():
        return render(request, "channels/connect.html", {**context, "form": form}, status=422)
    channel = form.save()
    messages.success(request, _("The mailbox is saved."))
    if "consent" in request.POST:
        return redirect("channels:mailbox-section", channel.pk, "incoming")
    return redirect("tickets:list") if first else redirect("channels:mailbox", channel.pk)


def _find(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    asked = AddressForm(request.POST)
    if not asked.is_valid():
        return render(request, "channels/address.html", {**context, "form": asked}, status=422)
    address = asked.cleaned_data["address"]
    found = finding.servers(address)
    context |= {"found": found, "form": ConnectForm(initial=_proposed(address, found)), "searched": True}
    return render(request, "channels/connect.html", context)


def _proposed(address: str, found: Found | None) -> dict[str, Any]:
    """What the form shows for an address: nothing of it is kept before the admin says so."""
    proposed: dict[str, Any] = {
        "address": address,
        "name": address.partition("@")[0].replace(".", " ").replace("-", " ").capitalize()[:80],
        "imap_user": found.user if found else address,
    }
    for kind in ("imap", "smtp"):
        server = getattr(found, kind) if found else None
        if server:
            proposed |= {
                f"{kind}_host": server.host,
                f"{kind}_port": server.port,
                f"{kind}_security": server.security,
            }
    return proposed
