from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RestConfig(AppConfig):
    name = "helpdesk.rest"
    label = "rest"
    verbose_name = _("API")
