from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "helpdesk.health"
    label = "health"
    verbose_name = "Health"
