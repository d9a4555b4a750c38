from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SopConfig(AppConfig):
    name = "sop"
    verbose_name = _("Procedures")

    def ready(self) -> None:
        import_module("sop.needing")  # it tells routing what is to be read first; models are there only now
