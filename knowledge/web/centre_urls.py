"""The addresses of a help centre that has a domain or a place of its own: these, and no other of the desk."""

from django.urls import include, path

from knowledge.web import help
from knowledge.web.urls import help_centre

urlpatterns = [
    path("", help.begin),
    path("", include((help_centre, "knowledge"))),
]
handler400 = "knowledge.web.sorry.unreadable"
handler403 = "knowledge.web.sorry.refused"
handler404 = "knowledge.web.sorry.nowhere"
handler405 = "knowledge.web.sorry.button"
handler429 = "knowledge.web.sorry.too_often"
handler500 = "knowledge.web.sorry.broken"
