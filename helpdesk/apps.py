from django.apps import AppConfig

from helpdesk import checks
from helpdesk.celery import app


class HelpdeskConfig(AppConfig):
    name = "helpdesk"
    verbose_name = "Help desk"

    def ready(self) -> None:
        checks.register_all()
        app.set_default()  # every thread that nudges finds our broker, not Celery's default one
