"""Service accounts in Django admin: programs with a role, teams and tokens of their own."""

import uuid
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from helpdesk.accounts import audit, programs, tokens
from helpdesk.accounts.admin.people import TeamsOfUser
from helpdesk.accounts.models import AuditEntry, ServiceAccount, Token
from helpdesk.accounts.web.forms import TokenForm
from helpdesk.showcase import Audited, Showcase, links
from tickets import live

Kind = AuditEntry.Kind


@admin.register(ServiceAccount)
class ServiceAccountAdmin(Audited, Showcase[ServiceAccount]):
    """Role and teams say what a program may, as with people; tokens narrow that. It never signs in."""

    stays = _("Service accounts are deactivated, not deleted: what they did keeps its author.")
    list_display = ("name", "role", "team_names", "is_active", "token_count", "tokens_link")
    list_filter = ("role", "is_active", "teams")
    search_fields = ("name",)
    ordering = ["name"]
    inlines = (TeamsOfUser,)
    fields = ("name", "role", "is_active", "token_links")
    readonly_fields = ("token_links",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ("name", "role")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("teams", "tokens")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.new_token)
        own = path("<int:pk>/token/", view, name="accounts_serviceaccount_token")
        return [own, *super().get_urls()]

    @admin.display(description=_("teams"))
    def team_names(self, account: ServiceAccount) -> str:
        return ", ".join(team.name for team in account.teams.all())

    @admin.display(description=_("tokens that work"))
    def token_count(self, account: ServiceAccount) -> int:
        now = timezone.now()
        live_ones = [each for each in account.tokens.all() if not each.revoked_at]
        return sum(1 for each in live_ones if not each.expires_at or each.expires_at > now)

    @admin.display(description=_("API tokens"))
    def tokens_link(self, account: ServiceAccount) -> SafeString:
        return links(Token, _("Show"), user__id__exact=account.pk)

    @admin.display(description=_("API tokens"))
    def token_links(self, account: ServiceAccount) -> SafeString:
        new = reverse("admin:accounts_serviceaccount_token", args=[account.pk])
        return format_html('{} · <a href="{}">{}</a>', self.tokens_link(account), new, _("New token"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            programs.prepare(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        live.publish(f"user-{form.instance.pk}")

    def tell(self, request: HttpRequest, row: Any, changed: list[str], *, add: bool) -> None:
        actor: Any = request.user
        if add:
            audit.record(Kind.PERSON_MADE, actor=actor, about=row, role=row.role, program=True)
        else:
            now = {"role": row.role, "is_active": row.is_active}
            audit.record(Kind.RIGHTS_CHANGED, actor=actor, about=row, fields=sorted(changed), **now)
        if "memberships" in changed:
            teams = sorted(row.memberships.values_list("team_id", flat=True))
            audit.record(Kind.TEAMS_CHANGED, actor=actor, about=row, teams=teams)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def new_token(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form of a new token of the program, and then its secret: in this one answer and never again."""
        account = self.get_queryset(request).filter(pk=pk).first()
        if account is None:
            raise Http404
        return _new_token(request, account, self.admin_site.each_context(request))


@never_cache
@reauthentication_required
@sensitive_variables("made")
def _new_token(request: HttpRequest, account: ServiceAccount, around: dict[str, Any]) -> HttpResponse:
    form = TokenForm(request.POST or None, initial={"key": uuid.uuid4()})
    made = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = tokens.make(
            account,
            name=given["name"],
            scopes=given["scopes"],
            expires_at=form.expires_at(timezone.now()),
            key=given["key"],
            actor=request.user,  # type: ignore[arg-type]
        )
    title = _("New token of %(name)s") % {"name": account}
    context = {**around, "title": title, "account": account, "form": form, "made": made}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/accounts/new_token.html", context, status=status)
