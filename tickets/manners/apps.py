from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MannersConfig(AppConfig):
    name = "tickets.manners"
    label = "manners"
    verbose_name = _("Countries and languages")
