"""The addresses of webhooks and their log, below /api/v1/."""

from django.urls import path

from channels_app.webhooks.api.calls import CallLog, Calls
from channels_app.webhooks.api.webhooks import Webhooks

app_name = "webhooks-api"
ONE = "webhooks/<int:pk>/"
ACTS = {"secret": "rotate", "activation": "switch_on", "deactivation": "switch_off"}

urlpatterns = [
    path("webhooks/", Webhooks.as_view({"get": "list", "post": "create"}), name="webhooks"),
    path(
        ONE,
        Webhooks.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="webhook",
    ),
    *(path(f"{ONE}{noun}/", Webhooks.as_view({"post": verb}), name=noun) for noun, verb in ACTS.items()),
    path(f"{ONE}test/", Calls.as_view({"post": "test"}), name="test"),
    path("calls/", CallLog.as_view({"get": "list"}), name="calls"),
    path("calls/<int:pk>/", Calls.as_view({"get": "retrieve"}), name="call"),
    path("calls/<int:pk>/resend/", Calls.as_view({"post": "resend"}), name="call-resend"),
]
