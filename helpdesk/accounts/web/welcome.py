"""The first page of an empty desk: who runs it, and for whom. Opened by the link on the console."""

import secrets

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from helpdesk.accounts import audit, first_run, setup
from helpdesk.accounts.models import AuditEntry, Company
from helpdesk.accounts.web.forms import AdministratorForm, CompanyForm

BACKEND = "helpdesk.accounts.backend.StaffBackend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Only with the key of the first run, and only while nobody works here."""
    if not setup.is_empty():
        return redirect("account_login")
    token = request.POST.get("token") or request.GET.get("token", "")
    if not secrets.compare_digest(token.encode(), first_run.token().encode()):
        raise Http404
    company = CompanyForm(request.POST or None, prefix="company", instance=Company.load())
    admin = AdministratorForm(request.POST or None, prefix="admin")
    if request.method == "POST" and company.is_valid() and admin.is_valid():
        return _begin(request, company.save(commit=False), admin)
    context = {"company_form": company, "admin_form": admin, "token": token}
    return render(request, "accounts/welcome.html", context, status=422 if request.method == "POST" else 200)


def _begin(request: HttpRequest, company: Company, admin: AdministratorForm) -> HttpResponse:
    try:
        user = setup.set_up(company, **admin.cleaned_data)
    except setup.AlreadySetUp:
        return redirect("account_login")
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    audit.record(AuditEntry.Kind.SIGNED_IN, actor=user, about=user, ip=audit.address(request))
    return redirect("channels:first-mailbox")
