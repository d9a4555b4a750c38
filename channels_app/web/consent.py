"""Connecting a mailbox by consent: the desk's registration at the providers, the way there and back."""

import secrets
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app import access, consent, mailboxes
from channels_app.consent import Asked, NotGranted
from channels_app.models import Channel, Consenter, Grant, OAuthClient
from helpdesk.accounts.guard import StaffRequest, admin_required

SESSION = "mailbox_consent"


class ClientForm(forms.ModelForm):
    """The secret goes in and never comes out: an empty field keeps what there is."""

    client_secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = OAuthClient
        fields = ("client_id", "tenant")
        labels = {
            "client_id": gettext_lazy("Client ID"),
            "tenant": gettext_lazy("Tenant (directory ID, or “common”)"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.provider != Consenter.MICROSOFT:
            del self.fields["tenant"]
        if self.instance.secrets:
            self.fields["client_secret"].help_text = _("A secret is kept. Leave this empty to keep it.")

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("client_secret") and not self.instance.secrets:
            self.add_error("client_secret", _("This field is required."))
        return self.cleaned_data

    def save(self, commit: bool = True) -> OAuthClient:
        if given := self.cleaned_data["client_secret"]:
            self.instance.secrets = {"client_secret": given.strip()}
        return super().save(commit)


@admin_required
@require_safe
def providers(request: StaffRequest) -> HttpResponse:
    return render(request, "channels/consent.html", _shown())


@sensitive_post_parameters("client_secret")
@admin_required
@require_POST
def register(request: StaffRequest, provider: str) -> HttpResponse:
    """Keep what the provider's console gave."""
    if provider not in Consenter.values:
        raise Http404
    known = OAuthClient.objects.filter(provider=provider).first() or OAuthClient(provider=provider)
    form = ClientForm(request.POST, instance=known, prefix=provider)
    if not form.is_valid():
        return render(request, "channels/consent.html", _shown({provider: form}), status=422)
    form.save()
    messages.success(request, _("Saved. Mailboxes can be connected by consent now."))
    return redirect("channels:consent")


@never_cache
@admin_required
@require_safe
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """To the provider's page; the session remembers what was asked there."""
    channel = access.channel(request.user, pk)
    provider = provider_of(channel)
    if not provider:
        raise Http404
    try:
        address, asked = consent.ask(channel, provider, redirect=redirect_address())
    except NotGranted as error:
        messages.error(request, str(error))
        return redirect("channels:consent")
    request.session[SESSION] = asdict(asked)
    return HttpResponseRedirect(address)


@never_cache
@admin_required
@require_http_methods(["GET"])
def back(request: StaffRequest) -> HttpResponse:
    """From the provider's page, with a code that is good once, or with a refusal."""
    remembered = request.session.pop(SESSION, None)
    if not remembered or not _is_ours(request, remembered):
        messages.error(request, _("This answer belongs to no question of yours. Begin again at the mailbox."))
        return redirect("channels:mailboxes")
    asked = Asked(**remembered)
    channel = access.channel(request.user, asked.channel)
    try:
        if refusal := request.GET.get("error"):
            raise NotGranted(_("The consent was not given: %(answer)s") % {"answer": refusal[:200]})
        grant = consent.receive(channel, asked, code=request.GET.get("code", ""), redirect=redirect_address())
    except NotGranted as error:
        messages.error(request, str(error))
        return redirect("channels:mailbox-section", channel.pk, "incoming")
    mailboxes.change(channel, config=_signs_in_as(channel, grant))
    messages.success(request, _("Connected as %(account)s.") % {"account": grant.account or channel.address})
    return redirect("channels:mailbox-section", channel.pk, "incoming")


@admin_required
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Forget the tokens; the provider lists the desk until it is removed there too."""
    channel = access.channel(request.user, pk)
    Grant.objects.filter(channel=channel).delete()
    mailboxes.change(channel, config={"imap_consent": ""})
    messages.success(request, _("The consent is forgotten here. Remove the desk at the provider too."))
    return redirect("channels:mailbox-section", channel.pk, "incoming")


def provider_of(channel: Channel) -> str:
    """Who gives consent for this mailbox's server, "" where a password is the only way."""
    host = str(channel.config.get("imap_host", "")).lower()
    return next((name for name, one in settings.OAUTH_PROVIDERS.items() if host in one["hosts"]), "")


def redirect_address() -> str:
    """What the provider's console must list as redirect address, to the letter."""
    return f"{settings.BASE_URL}{reverse('channels:consent-back')}"


def _signs_in_as(channel: Channel, grant: Grant) -> dict[str, str]:
    """Users that are still empty become the account; the time makes the fetching thread begin anew."""
    user = channel.config.get("imap_user") or grant.account or channel.address
    return {
        "imap_user": user,
        "smtp_user": channel.config.get("smtp_user") or user,
        "imap_consent": grant.granted_at.isoformat(),
    }


def _is_ours(request: StaffRequest, remembered: dict[str, Any]) -> bool:
    given = request.GET.get("state", "")
    return secrets.compare_digest(given.encode(), str(remembered.get("state", "")).encode())


def _shown(given: dict[str, ClientForm] | None = None) -> dict[str, Any]:
    known = {one.provider: one for one in OAuthClient.objects.all()}
    rows = []
    for provider in Consenter:
        kept = known.get(provider) or OAuthClient(provider=provider)
        form = (given or {}).get(provider) or ClientForm(instance=kept, prefix=provider)
        scopes = settings.OAUTH_PROVIDERS[provider]["scope"].split()
        rows.append({"provider": provider, "form": form, "kept": kept.pk is not None, "scopes": scopes})
    return {"rows": rows, "redirect_address": redirect_address(), "here": "consent"}
