"""The addresses of webhooks, for admins."""

from django.urls import path

from channels_app.webhooks.web import calls, pages

app_name = "webhooks"
ONE = "settings/webhooks/<int:pk>/"

urlpatterns = [
    path("settings/webhooks/", pages.webhooks, name="webhooks"),
    path("settings/webhooks/new/", pages.add, name="webhook-add"),
    path(ONE, pages.webhook, name="webhook"),
    path(f"{ONE}secret/", pages.secret, name="webhook-secret"),
    path(f"{ONE}switch/", pages.switch, name="webhook-switch"),
    path(f"{ONE}removal/", pages.removal, name="webhook-removal"),
    path(f"{ONE}test/", calls.test, name="webhook-test"),
    path(f"{ONE}calls/", calls.calls, name="calls"),
    path("settings/webhooks/calls/<int:pk>/", calls.call, name="call"),
    path("settings/webhooks/calls/<int:pk>/resend/", calls.resend, name="call-resend"),
]
