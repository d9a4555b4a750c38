"""Every address of the desk; each app names its own."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from helpdesk import borrowed, installing
from helpdesk.health.web import health

admin.autodiscover()
# The desk's own page asks for the present password, ends other sessions, and tells of it.
own_password: Any = RedirectView.as_view(pattern_name="account_change_password")
admin.site.password_change = own_password  # type: ignore[method-assign]
admin.site.i18n_javascript = borrowed.scripts  # type: ignore[assignment, method-assign]
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("api/", include("helpdesk.rest.web.urls")),
    path("api/v1/", include("helpdesk.accounts.api.urls")),
    path("api/v1/", include("channels_app.api.urls")),
    path("api/v1/", include("channels_app.webhooks.api.urls")),
    path("api/v1/", include("tickets.api.urls")),
    path("api/v1/", include("tickets.manners.api.urls")),
    path("api/v1/", include("tickets.expected.api.urls")),
    path("api/v1/", include("knowledge.api.urls")),
    path("api/v1/", include("knowledge.canned.api.urls")),
    path("api/v1/", include("knowledge.phrases.api.urls")),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("worker.js", installing.worker, name="worker"),
    path("offline/", installing.offline, name="offline"),
    path("language/", set_language, name="set_language"),
    path("", include("helpdesk.accounts.web.sign_in_urls")),
    path("", include("helpdesk.accounts.web.urls")),
    path("", include("channels_app.web.urls")),
    path("", include("channels_app.webhooks.web.urls")),
    path("", include("knowledge.canned.web.urls")),
    path("", include("knowledge.phrases.web.urls")),
    path("", include("knowledge.web.urls")),
    path("", include("sop.web.urls")),
    path("", include("tickets.expected.web.urls")),
    path("", include("tickets.manners.web.urls")),
    path("", include("tickets.web.urls")),
]
# Customers at the help centre and colleagues at the desk are told, each in their own words.
handler400 = "knowledge.web.sorry.unreadable"
handler403 = "knowledge.web.sorry.refused"
handler404 = "knowledge.web.sorry.nowhere"
handler405 = "knowledge.web.sorry.button"
handler429 = "knowledge.web.sorry.too_often"
handler500 = "knowledge.web.sorry.broken"
