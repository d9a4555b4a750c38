"""The staff in Django admin: people, programs, teams, the company, tokens and the audit log."""

from allauth.account import admin as allauth_admin
from allauth.mfa import admin as mfa_admin
from allauth.socialaccount import admin as sso_admin
from allauth.usersessions import admin as sessions_admin
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.admin import calendars, company, people, programs, records, single_sign_on, teams

__all__ = ["calendars", "company", "people", "programs", "records", "single_sign_on", "teams"]

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
