"""People with their roles and teams, in Django admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, ReadOnlyPasswordHashField
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from helpdesk.accounts import audit, rights, security_mail, sessions, two_factor
from helpdesk.accounts.models import AuditEntry, Membership, ServiceAccount, User
from helpdesk.accounts.security_mail import Change
from helpdesk.accounts.web.forms import ProfileForm
from helpdesk.showcase import Audited, Explained
from tickets import live

Kind = AuditEntry.Kind


class LowerCaseEmail(forms.ModelForm):
    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean_further_addresses(self) -> list[str]:
        """No two colleagues write from the same address."""
        given = self.cleaned_data["further_addresses"] or []
        addresses = list(dict.fromkeys(address.strip().lower() for address in given))
        others = User.objects.exclude(pk=self.instance.pk)
        taken = Q(email__in=addresses) | Q(further_addresses__overlap=addresses)
        if addresses and others.filter(taken).exists():
            raise forms.ValidationError(_("One of these is the address of another colleague."))
        return addresses

    def clean(self) -> dict[str, Any]:
        """The desk keeps an admin, however many take each other's rights away at the same moment."""
        given = super().clean() or {}
        was = self.instance
        role, active = given.get("role", was.role), given.get("is_active", was.is_active)
        steps_down = was.pk and was.is_admin and was.is_active and not (active and role == User.Role.ADMIN)
        if steps_down and rights.is_last_admin(was):
            raise forms.ValidationError(_("This is the last admin: make somebody else one first."))
        return given


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


@admin.register(User)
class StaffAdmin(Audited, Explained, UserAdmin):
    """People are deactivated, not deleted: what they wrote keeps its author."""

    stays = _("Colleagues are deactivated, not deleted: what they wrote keeps its author.")
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
        (None, {"fields": ("email", "further_addresses", "password", "name", "role", "is_active")}),
        (_("Preferences"), {"fields": ("language", "time_zone", "theme", "signature", "undo_seconds")}),
        (_("Times"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "role", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """People; programs have a table of their own."""
        return super().get_queryset(request).filter(is_program=False).prefetch_related("teams")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **options: Any) -> HttpResponse:
        """A program is among the service accounts, wherever somebody looked for it."""
        if object_id.isdecimal() and ServiceAccount.objects.filter(pk=int(object_id[:18])).exists():
            return HttpResponseRedirect(reverse("admin:accounts_serviceaccount_change", args=[object_id]))
        return super().change_view(request, object_id, *args, **options)

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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Who is to sign in by another address learns it at both."""
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            before, actor = form.initial["email"], request.user
            told = {"detail": f"{before} → {obj.email}", "also_to": before, "request": request}
            security_mail.tell(obj, Change.ADDRESS, actor=actor, **told)  # type: ignore[arg-type]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """A new password from an admin ends the colleague's sessions, and is told."""
        if str(request.user.pk) == id and request.POST.get("usable_password") == "false":
            self.message_user(request, _("Nobody takes their own password away."), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[id]))
        before = User.objects.filter(pk=id).values_list("password", flat=True).first()
        response = super().user_change_password(request, id, form_url)
        user = User.objects.filter(pk=id).first()
        if user is not None and user.password != before:
            actor: Any = request.user
            audit.record(Kind.PASSWORD_CHANGED, actor=actor, about=user)
            keep = request.session.session_key if user == actor else None
            sessions.end_others(user, keep=keep, actor=actor)
            security_mail.tell(user, Change.PASSWORD, actor=actor, request=request)
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
