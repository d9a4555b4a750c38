"""The addresses of channels, below /api/v1/."""

from django.urls import path

from channels_app.api.channels import Channels

app_name = "channels-api"

urlpatterns = [
    path("channels/", Channels.as_view({"get": "list"}), name="channels"),
    path("channels/<int:pk>/", Channels.as_view({"get": "retrieve"}), name="channel"),
]
