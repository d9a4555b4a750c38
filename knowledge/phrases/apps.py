from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhrasesConfig(AppConfig):
    name = "knowledge.phrases"
    label = "phrases"
    verbose_name = _("Phrase guide")
