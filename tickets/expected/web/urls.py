"""The addresses of expected times."""

from django.urls import path

from tickets.expected.web import pages

app_name = "expected"

urlpatterns = [
    path("expected-times/", pages.overview, name="overview"),
    path("tickets/<int:number>/expected-time/", pages.beside, name="beside"),
    path("tickets/<int:number>/expected-time/correction/", pages.correction, name="correction"),
]
