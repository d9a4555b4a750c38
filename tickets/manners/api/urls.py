"""The address of what helps to write to a customer, below /api/v1/."""

from django.urls import path

from tickets.manners.api.manners import Manners

app_name = "manners-api"

urlpatterns = [
    path("customers/<int:pk>/manners/", Manners.as_view({"get": "retrieve"}), name="manners"),
]
