"""The words of Django's scripts in the admin that its Hungarian lacks: said by our `djangojs.po`."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.i18n import JavaScriptCatalog


class Scripts(JavaScriptCatalog):
    """The words of the admin's scripts, ours where Django has none."""

    packages = ["django.contrib.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        return [*super().get_paths(packages), *map(str, reversed(settings.LOCALE_PATHS))]


def scripts(request: HttpRequest, extra_context: object = None) -> HttpResponseBase:
    """What the admin site asks of `i18n_javascript`."""
    return Scripts.as_view()(request)
