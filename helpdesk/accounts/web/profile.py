"""What a colleague changes about themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.web.forms import LookForm, ProfileForm


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: StaffRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        with override(request.user.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    request.user.refresh_from_db()  # the page is drawn for the person as they are, not as they typed
    return render(
        request,
        "accounts/profile.html",
        {"form": form, "here": "profile"},
        status=422 if form.errors else 200,
    )


@staff_required
@require_POST
def look(request: StaffRequest) -> HttpResponse:
    """Change the theme, the language or how dense lists are from any page, and come back to it."""
    form = LookForm(request.POST)
    if form.is_valid():
        changed = [name for name in ("theme", "language", "density") if name in request.POST]
        for name in changed:
            setattr(request.user, name, form.cleaned_data[name] or ("en" if name == "language" else ""))
        request.user.save(update_fields=changed)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else "/")
