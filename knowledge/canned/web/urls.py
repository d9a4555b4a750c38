"""The addresses of canned responses: beside a ticket, and where they are kept."""

from django.urls import path

from knowledge.canned.web import composing, files, pages, proposals

app_name = "canned"

urlpatterns = [
    path("tickets/<int:number>/canned/", composing.offers, name="offers"),
    path("tickets/<int:number>/canned/<int:pk>/", composing.one, name="one"),
    path("canned/", pages.responses, name="responses"),
    path("canned/new/", pages.new, name="new"),
    path("canned/starter-set/", pages.starter_set, name="starter-set"),
    path("canned/repeated/<int:pk>/", proposals.repeated_answer, name="repeated"),
    path("canned/files/<int:pk>/", files.file, name="file"),
    path("canned/files/<int:pk>/removal/", files.removal, name="file-removal"),
    path("canned/<int:pk>/", pages.response, name="response"),
    path("canned/<int:pk>/files/", files.add, name="files"),
    path("canned/<int:pk>/trial/", pages.trial, name="trial"),
    path("canned/<int:pk>/removal/", pages.removal, name="removal"),
]
