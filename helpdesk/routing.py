"""The addresses of WebSockets."""

from django.urls import path

from tickets.web.live import LiveConsumer

websocket_urlpatterns = [path("live/", LiveConsumer.as_asgi())]
