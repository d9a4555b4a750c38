"""The addresses of a colleague's own pages, and of the first run."""

from django.urls import path

from helpdesk.accounts.web import profile, sessions, tokens, welcome

app_name = "accounts"

urlpatterns = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("profile/", profile.profile, name="profile"),
    path("profile/tokens/", tokens.token_list, name="tokens"),
    path("profile/tokens/new/", tokens.making, name="token-making"),
    path("profile/tokens/<int:pk>/revocation/", tokens.revocation, name="token-revocation"),
    path("profile/sessions/", sessions.session_list, name="sessions"),
    path("profile/sessions/others/ending/", sessions.ending_others, name="sessions-ending"),
    path("profile/sessions/<int:pk>/ending/", sessions.ending, name="session-ending"),
    path("profile/look/", profile.look, name="look"),
]
