"""Staff in Django admin: people with their roles and teams, and the company."""

from typing import Any

from allauth.account import admin as allauth_admin
from allauth.mfa import admin as mfa_admin
from allauth.socialaccount import admin as sso_admin
from allauth.usersessions import admin as sessions_admin
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, ReadOnlyPasswordHashField
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from helpdesk.accounts import audit, sessions, tokens, two_factor
from helpdesk.accounts.models import AuditEntry, Company, Membership, Team, Token, User
from helpdesk.accounts.web.forms import CompanyForm, ProfileForm
from helpdesk.showcase import Audited, ReadOnly, Showcase, linked
from tickets import live

Kind = AuditEntry.Kind

admin.site.site_header = admin.site.site_title = _("Help desk")
admin.site.index_title = _("Set-up and records")
admin.site.site_url = "/"

# Rights follow from role and teams; groups and second addresses would be another way round them. Second
# factors are their owner's: an admin resets them, and sees none of their secrets.
for model, registered in (
    (Group, GroupAdmin),
    (allauth_admin.EmailAddress, allauth_admin.EmailAddressAdmin),
    (mfa_admin.Authenticator, mfa_admin.AuthenticatorAdmin),
    (sessions_admin.UserSession, sessions_admin.UserSessionAdmin),
    (sso_admin.SocialApp, sso_admin.SocialAppAdmin),
    (sso_admin.SocialAccount, sso_admin.SocialAccountAdmin),
    (sso_admin.SocialToken, sso_admin.SocialTokenAdmin),
):
    if isinstance(admin.site._registry.get(model), registered):
        admin.site.unregister(model)


class LowerCaseEmail(forms.ModelForm):
    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean_further_addresses(self) -> list[str]:
        return [address.strip().lower() for address in self.cleaned_data["further_addresses"] or []]


class NewUserForm(LowerCaseEmail, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name", "role")


class UserForm(LowerCaseEmail, ProfileForm):
    password = ReadOnlyPasswordHashField(label=_("Password"))

    class Meta(ProfileForm.Meta):
        fields = [
            "email",
            "further_addresses",
            "password",
            "name",
            "role",
            "is_active",
            "language",
            "time_zone",
            "theme",
            "signature",
        ]
        widgets = {"signature": forms.Textarea(attrs={"rows": 4})}


class TeamsOfUser(admin.TabularInline):
    model = Membership
    extra = 1
    verbose_name_plural = _("teams")


class MembersOfTeam(admin.TabularInline):
    model = Membership
    extra = 1
    autocomplete_fields = ("user",)
    verbose_name_plural = _("members")


@admin.register(User)
class StaffAdmin(Audited, UserAdmin):
    """People are deactivated, not deleted: what they wrote keeps its author."""

    form = UserForm
    add_form = NewUserForm
    inlines = (TeamsOfUser,)
    list_display = ("name", "email", "role", "team_names", "is_active", "last_login")
    list_filter = ("role", "is_active", "teams")
    search_fields = ("name", "email")
    ordering = ["name"]
    filter_horizontal = ()
    actions = ("reset_second_factor",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "role", "is_active")}),
        (_("Preferences"), {"fields": ("language", "time_zone", "theme", "signature")}),
        (_("Times"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "role", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("teams")

    @admin.action(description=_("Reset the second step at sign-in of the chosen users"))
    def reset_second_factor(self, request: HttpRequest, queryset: Any) -> None:
        """Not one's own: that is done in the profile, where the password is asked for again."""
        chosen = queryset.exclude(pk=request.user.pk)
        for user in chosen:
            two_factor.reset(user, actor=request.user)  # type: ignore[arg-type]
        text = ngettext("Done for %(count)d row.", "Done for %(count)d rows.", len(chosen))
        self.message_user(request, text % {"count": len(chosen)}, messages.SUCCESS)

    @admin.display(description=_("teams"))
    def team_names(self, user: User) -> str:
        return ", ".join(team.name for team in user.teams.all())

    def tell(self, request: HttpRequest, row: Any, changed: list[str], *, add: bool) -> None:
        """Rights with what they became: a role and whether somebody works here are no secrets."""
        actor: Any = request.user
        if add:
            audit.record(Kind.PERSON_MADE, actor=actor, about=row, role=row.role)
        elif {"role", "is_active", "email"} & set(changed):
            now = {"role": row.role, "is_active": row.is_active}
            audit.record(Kind.RIGHTS_CHANGED, actor=actor, about=row, fields=sorted(changed), **now)
        if "memberships" in changed:
            teams = sorted(row.memberships.values_list("team_id", flat=True))
            audit.record(Kind.TEAMS_CHANGED, actor=actor, about=row, teams=teams)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """A new password from an admin ends the colleague's sessions, and is told."""
        before = User.objects.filter(pk=id).values_list("password", flat=True).first()
        response = super().user_change_password(request, id, form_url)
        user = User.objects.filter(pk=id).first()
        if user is not None and user.password != before:
            actor: Any = request.user
            audit.record(Kind.PASSWORD_CHANGED, actor=actor, about=user)
            keep = request.session.session_key if user == actor else None
            sessions.end_others(user, keep=keep, actor=actor)
        return response

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody takes their own role away or locks themselves out: so an admin always remains."""
        own = ("role", "is_active") if obj is not None and obj.pk == request.user.pk else ()
        return (*self.readonly_fields, *own)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Role, teams and whether they work here at all count at once, on open pages too."""
        super().save_related(request, form, formsets, change)
        if not form.instance.is_active:
            sessions.end(sessions.of(form.instance), about=form.instance, actor=request.user)  # type: ignore[arg-type]
        live.publish(f"user-{form.instance.pk}")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Team)
class TeamAdmin(Audited, Showcase[Team]):
    list_display = ("name", "position", "member_names")
    list_editable = ("position",)
    search_fields = ("name",)
    ordering = ["position", "name"]
    inlines = (MembersOfTeam,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("members")

    def tell(self, request: HttpRequest, row: Any, changed: list[str], *, add: bool) -> None:
        super().tell(request, row, changed, add=add)
        if "memberships" in changed:
            members = sorted(row.memberships.values_list("user_id", flat=True))
            actor: Any = request.user
            audit.record(Kind.TEAMS_CHANGED, actor=actor, team=row.pk, members=members)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who came or went sees the team's tickets, or no longer, on open pages too."""
        before = set(form.instance.memberships.values_list("user_id", flat=True)) if change else set()
        super().save_related(request, form, formsets, change)
        after = set(form.instance.memberships.values_list("user_id", flat=True))
        live.publish(*(f"user-{pk}" for pk in before ^ after))

    @admin.display(description=_("members"))
    def member_names(self, team: Team) -> str:
        return ", ".join(str(user) for user in team.members.all())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one that nothing belongs to: its tickets would lose their team without a word of history."""
        return obj is not None and not obj.tickets.exists() and not obj.channels.exists()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class WholeCompanyForm(CompanyForm):
    class Meta(CompanyForm.Meta):
        fields = [
            *("name", "language", "time_zone", "open_desk", "reopen_days", "silent_days", "bin_days"),
            *("flood_mails", "flood_minutes", "two_factor", "audit_days"),
        ]


@admin.register(Company)
class CompanyAdmin(Audited):
    form = WholeCompanyForm
    list_display = ("name", "open_desk", "reopen_days", "bin_days")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not Company.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = 1  # the one row there is
        super().save_model(request, obj, form, change)


@admin.register(Token)
class TokenAdmin(ReadOnly[Token]):
    """Everybody's tokens: what they may, whether they are used, and an end to them."""

    list_display = (
        "name",
        "hint",
        linked("user", _("colleague")),
        "scopes",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )
    list_filter = ("user", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("name", "hint", "user__name", "user__email")
    exclude = ("digest", "key")
    actions = ("revoke",)

    @admin.action(description=_("Revoke the chosen tokens"))
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        self.apply(request, queryset.select_related("user"), tokens.revoke)


@admin.register(AuditEntry)
class AuditAdmin(ReadOnly[AuditEntry]):
    list_display = (
        "at",
        "kind",
        linked("actor", _("by colleague")),
        linked("about", _("about colleague")),
        "data",
    )
    list_filter = ("kind", ("at", admin.DateFieldListFilter))
    date_hierarchy = "at"
    list_select_related = ("actor", "about")
    sortable_by = ()
    search_fields = ("actor__name", "actor__email", "about__name", "about__email")
