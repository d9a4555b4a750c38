from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "helpdesk.accounts"
    label = "accounts"
    verbose_name = _("Staff")

    def ready(self) -> None:
        """Listen to allauth, once its models are there."""
        import_module("helpdesk.accounts.heard").listen()
