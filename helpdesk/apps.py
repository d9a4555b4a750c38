import structlog
from django.apps import AppConfig
from django.conf import settings

from helpdesk import checks
from helpdesk.celery import app


class HelpdeskConfig(AppConfig):
    name = "helpdesk"
    verbose_name = "Help desk"

    def ready(self) -> None:
        quiet = structlog.make_filtering_bound_logger(settings.LOG_LEVEL)
        structlog.configure(wrapper_class=quiet)  # else it tells everything, whatever the level
        checks.register_all()
        app.set_default()  # every thread that nudges finds our broker, not Celery's default one
