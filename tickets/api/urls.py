"""The addresses of tickets and what belongs to them, below /api/v1/."""

from django.urls import path

from tickets.api.attachments import Attachments, Contents
from tickets.api.messages import Events, Messages, RawMessages
from tickets.api.tickets import Tickets

app_name = "tickets-api"
TICKET = "tickets/<int:number>/"

urlpatterns = [
    path("tickets/", Tickets.as_view({"get": "list"}), name="tickets"),
    path(TICKET, Tickets.as_view({"get": "retrieve"}), name="ticket"),
    path("messages/", Messages.as_view({"get": "list"}), name="messages"),
    path("messages/<int:pk>/", Messages.as_view({"get": "retrieve"}), name="message"),
    path("messages/<int:pk>/raw/", RawMessages.as_view({"get": "raw"}), name="message-raw"),
    path("attachments/<int:pk>/", Attachments.as_view({"get": "retrieve"}), name="attachment"),
    path("attachments/<int:pk>/content/", Contents.as_view({"get": "content"}), name="attachment-content"),
    path("events/", Events.as_view({"get": "list"}), name="events"),
    path("events/<int:pk>/", Events.as_view({"get": "retrieve"}), name="event"),
]
