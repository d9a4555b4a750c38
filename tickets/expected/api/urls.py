"""The address of the expected time of a ticket, below /api/v1/."""

from django.urls import path

from tickets.expected.api.expected import ExpectedTimes

app_name = "expected-api"

urlpatterns = [
    path("tickets/<int:number>/expected-time/", ExpectedTimes.as_view({"get": "expected"}), name="expected"),
]
