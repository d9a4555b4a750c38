"""The addresses of notes on countries and languages."""

from django.urls import path

from tickets.manners.web import pages

app_name = "manners"

urlpatterns = [
    path("countries/", pages.places, name="places"),
    path("countries/<str:code>/", pages.place, name="place"),
    path("countries/<str:code>/restoration/", pages.restoration, name="restoration"),
]
