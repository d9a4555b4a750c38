"""Single sign-on in Django admin: what the environment says, what to enter at the provider, and a check."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst

from helpdesk.accounts import providers
from helpdesk.accounts.models import SingleSignOn
from helpdesk.showcase import ReadOnly


@admin.register(SingleSignOn)
class SingleSignOnAdmin(ReadOnly[SingleSignOn]):
    """One page: it is set up where the desk is started, so that nobody signs in who was let in by a form."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The page; a POST asks the provider, and changes nothing."""
        asked = request.POST.get("check", "") if request.method == "POST" else ""
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(self.opts.verbose_name_plural),
            "opts": self.opts,
            "providers": providers.configured(),
            "rules": providers.rules(),
            "asked": asked,
            "findings": providers.check(asked, timezone.now()) if asked else [],
        }
        return TemplateResponse(request, "admin/accounts/single_sign_on.html", context)

    def change_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        return self.changelist_view(request)
