"""Who may come in and how: passwords, the second step, sessions, single sign-on."""

import os

from helpdesk import environment

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["helpdesk.accounts.backend.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "helpdesk.accounts.passwords.OwnNames"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "helpdesk.accounts.adapter.StaffAdapter"
ACCOUNT_FORMS = {
    "login": "helpdesk.accounts.web.sign_in.SignInForm",
    "reauthenticate": "helpdesk.accounts.web.sign_in.ReauthenticateForm",
    "change_password": "helpdesk.accounts.web.sign_in.ChangePasswordForm",
    "set_password": "helpdesk.accounts.web.sign_in.FirstPasswordForm",
    "reset_password": "helpdesk.accounts.web.sign_in.ResetPasswordForm",
    "reset_password_from_key": "helpdesk.accounts.web.sign_in.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": None,  # tries are counted by `StaffAdapter.pre_authenticate`: a limit for all would lock all out
    "login_failed": "5/300s/key",  # of codes, which only who has given the password can try
}
MFA_ADAPTER = "helpdesk.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
MFA_FORMS = {
    "authenticate": "helpdesk.accounts.web.second_factor.CodeForm",
    "reauthenticate": "helpdesk.accounts.web.second_factor.CodeAgainForm",
    "activate_totp": "helpdesk.accounts.web.second_factor.FirstCodeForm",
    "add_webauthn": "helpdesk.accounts.web.second_factor.PasskeyForm",
    "edit_webauthn": "helpdesk.accounts.web.second_factor.PasskeyNameForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("HELPDESK_TRUSTED_PROXIES", 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "helpdesk.accounts.store"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# --- single sign-on: the company's own identity provider ----------------------------------------------
SOCIALACCOUNT_ADAPTER = "helpdesk.accounts.sso.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may lead to ourselves only (form-action); the state is checked
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # `sso` does it, and asks whether they still work here
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": environment.oidc()},
    "saml": {"APPS": environment.saml()},
}
SSO_DOMAINS = [domain.lower() for domain in environment.words("HELPDESK_SSO_DOMAINS")]
SSO_GROUPS_CLAIM = os.environ.get("HELPDESK_SSO_GROUPS", "groups")
SSO_ROLES = environment.roles("HELPDESK_SSO_ROLES")
