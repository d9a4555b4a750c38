"""API tokens of a colleague: made, shown once, revoked."""

import uuid

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts import access, tokens
from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Token
from helpdesk.accounts.web.forms import TokenForm


@staff_required
@require_safe
def token_list(request: StaffRequest) -> HttpResponse:
    return _page(request)


@staff_required
@never_cache
@sensitive_variables("made")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def making(request: StaffRequest) -> HttpResponse:
    """The form of a new token, and then its secret: in this one answer and never again."""
    if request.method != "POST":
        return _page(request, form=TokenForm(initial={"key": uuid.uuid4()}))
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    given = form.cleaned_data
    made = tokens.make(
        request.user,
        name=given["name"],
        scopes=given["scopes"],
        expires_at=form.expires_at(timezone.now()),
        key=given["key"],
        actor=request.user,
    )
    return _page(request, made=made)


@staff_required
@require_POST
def revocation(request: StaffRequest, pk: int) -> HttpResponse:
    """One's own token, or as an admin anybody's. Locking a door asks for no password."""
    tokens.revoke(access.token(request.user, pk), actor=request.user)
    messages.success(request, _("The token is revoked: it opens nothing any more."))
    return redirect("accounts:tokens")


def _page(
    request: StaffRequest,
    *,
    form: TokenForm | None = None,
    made: tokens.Made | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    mine = Token.objects.filter(user=request.user, revoked_at=None).order_by("-id")
    lines = [(token, bool(token.expires_at and token.expires_at <= now)) for token in mine]
    context = {"lines": lines, "form": form, "made": made, "here": "tokens"}
    return render(request, "accounts/tokens.html", context, status=status)
