"""Texts of Django's own pages that its catalogues lack in one of our languages. Ours come before Django's."""

from django.utils.translation import gettext_noop as _

LACKING = (
    _("Reset password"),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Enable password-based authentication for this user by setting a password."),
    _("This action will <strong>enable</strong> password-based authentication for this user."),
    _("Disable password-based authentication"),
    _("Enable password-based authentication"),
    _("Password-based authentication"),
    _("Password-based authentication was disabled."),
    _("Conflicting form data submitted. Please try again."),
    _(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still"
        " be able to authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    _("Enabled"),
    _("Disabled"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Add another %(verbose_name)s"),  # theirs inflect the verb and not the name
)
