from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpectedConfig(AppConfig):
    name = "tickets.expected"
    label = "expected"
    verbose_name = _("Expected times")
