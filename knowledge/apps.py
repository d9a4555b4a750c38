from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Knowledge base")

    def ready(self) -> None:
        import_module("knowledge.suggestions.forgetting")  # it tells what goes when a customer is erased
        import_module("knowledge.inviting")  # it tells where customers rate
        import_module("knowledge.branding")  # it tells whose name tickets are answered in
