"""Signing in and out, passwords, the second step: allauth's views at our own addresses; nobody signs up."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.saml import views as saml
from django.urls import path, re_path

from helpdesk.accounts.guard import staff_required as staff
from helpdesk.accounts.web import single_sign_on

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-in/again/", views.reauthenticate, name="account_reauthenticate"),
    path("sign-in/closed/", views.signup, name="account_signup"),
    path("sign-in/inactive/", views.account_inactive, name="account_inactive"),
    path("sign-in/password/", views.password_reset, name="account_reset_password"),
    path("sign-in/password/sent/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "sign-in/password/changed/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(  # the key has hyphens of its own
        r"^sign-in/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sign-in/oidc/<str:provider_id>/", single_sign_on.login, name="openid_connect_login"),
    path("sign-in/oidc/<str:provider_id>/back/", single_sign_on.callback, name="openid_connect_callback"),
    path("sign-in/saml/<str:organization_slug>/", saml.login, name="saml_login"),
    path("sign-in/saml/<str:organization_slug>/back/", saml.acs, name="saml_acs"),
    path("sign-in/saml/<str:organization_slug>/back/finish/", saml.finish_acs, name="saml_finish_acs"),
    path("sign-in/saml/<str:organization_slug>/out/", saml.sls, name="saml_sls"),
    path("sign-in/saml/<str:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
    path("profile/password/first/", staff(views.password_set), name="account_set_password"),
    path("profile/password/", views.password_change, name="account_change_password"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/again/code/", staff(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey/", staff(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("profile/two-factor/", staff(mfa.index), name="mfa_index"),
    path("profile/two-factor/app/", staff(totp.activate_totp), name="mfa_activate_totp"),
    path("profile/two-factor/app/removal/", staff(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("profile/two-factor/codes/", staff(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "profile/two-factor/codes/new/",
        staff(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "profile/two-factor/codes/file/",
        staff(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("profile/two-factor/passkeys/", staff(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("profile/two-factor/passkeys/new/", staff(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "profile/two-factor/passkeys/<int:pk>/removal/",
        staff(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "profile/two-factor/passkeys/<int:pk>/name/", staff(passkeys.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path("sign-out/", views.logout, name="account_logout"),
]
