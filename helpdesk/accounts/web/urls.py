"""The addresses of a colleague's own pages, and of the first run."""

from django.urls import path

from helpdesk.accounts.web import profile, welcome

app_name = "accounts"

urlpatterns = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("profile/", profile.profile, name="profile"),
    path("profile/look/", profile.look, name="look"),
]
