"""The addresses of the staff, below /api/v1/."""

from django.urls import path

from helpdesk.accounts.api.staff import Me, Teams, Users

app_name = "accounts-api"

urlpatterns = [
    path("me/", Me.as_view({"get": "retrieve"}), name="me"),
    path("teams/", Teams.as_view({"get": "list"}), name="teams"),
    path("teams/<int:pk>/", Teams.as_view({"get": "retrieve"}), name="team"),
    path("users/", Users.as_view({"get": "list"}), name="users"),
    path("users/<int:pk>/", Users.as_view({"get": "retrieve"}), name="user"),
]
