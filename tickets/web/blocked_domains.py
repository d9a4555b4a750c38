"""Blocked domains: one more, after a question where it would shut out many, and one let through again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets.customers import domains
from tickets.models import BlockedDomain
from tickets.web import blocking


class DomainForm(forms.Form):
    domain = forms.CharField(label=gettext_lazy("Domain"), max_length=320)
    sure = forms.BooleanField(required=False)


@staff_required
@require_POST
def block(request: StaffRequest) -> HttpResponse:
    """Block a domain; where that needs a second thought the page asks first."""
    _insist(request)
    form, typed = DomainForm(request.POST), request.POST.get("domain", "")[:320]
    if not form.is_valid():
        return blocking.page(request, typed=typed, error=_("Which domain? Such as spam.example."), status=422)
    try:
        made = domains.block(form.cleaned_data["domain"], actor=request.user, sure=form.cleaned_data["sure"])
    except domains.NoDomain:
        return blocking.page(request, typed=typed, error=_("Which domain? Such as spam.example."), status=422)
    except domains.TooMany:
        error = _("At most %(most)d domains can be blocked.") % {"most": domains.MOST}
        return blocking.page(request, typed=typed, error=error, status=409)
    except domains.Unsure as unsure:
        return blocking.page(request, typed=typed, doubt=_asked(unsure), status=409)
    messages.success(
        request, _("%(domain)s is blocked. What comes from there goes to the spam.") % {"domain": made}
    )
    return redirect("tickets:blocked")


@staff_required
@require_POST
def let_through(request: StaffRequest, pk: int) -> HttpResponse:
    """Heard again; with `restore` what was held comes back to the desk."""
    _insist(request)
    blocked = get_object_or_404(BlockedDomain, pk=pk)
    count = domains.let_through(blocked, actor=request.user, restore="restore" in request.POST)
    said = _("%(domain)s is let through again.") % {"domain": blocked}
    if count:
        back = ngettext("%(count)d ticket is back.", "%(count)d tickets are back.", count)
        said = f"{said} {back % {'count': count}}"
    messages.success(request, said)
    return redirect("tickets:blocked")


def _insist(request: StaffRequest) -> None:
    if not domains.may_block(request.user):
        raise PermissionDenied


def _asked(unsure: domains.Unsure) -> str:
    """Why one should think twice, in words."""
    if unsure.reason == domains.OURS:
        return _("This is a domain of our own: colleagues or mailboxes of this desk have addresses there.")
    if unsure.reason == domains.PUBLIC:
        return _("This is a mail service that everybody can use: many customers may write from there.")
    if unsure.reason == domains.SUFFIX:
        return _("This is no domain of one owner: everybody below it would be blocked.")
    said = ngettext(
        "We have answered %(count)d customer who writes from there.",
        "We have answered %(count)d customers who write from there.",
        unsure.count,
    )
    return said % {"count": unsure.count}
