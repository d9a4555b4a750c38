"""The addresses of procedures: where they are read, written, and followed beside a ticket."""

from django.urls import path

from sop.web import beside, browsing, deciding, reading, versions, writings

app_name = "sop"

urlpatterns = [
    path("procedures/", browsing.procedures, name="procedures"),
    path("procedures/new/", writings.begin, name="begin"),
    path("procedures/starter/", deciding.start, name="starter"),
    path("procedures/reading/", reading.reading, name="reading"),
    path("procedures/reading/overview/", reading.readers, name="readers"),
    path("procedures/<int:pk>/", browsing.procedure, name="procedure"),
    path("procedures/<int:pk>/place/", deciding.settle, name="place"),
    path("procedures/<int:pk>/confirmation/", deciding.confirm, name="confirm"),
    path("procedures/<int:pk>/translations/", writings.translate, name="translate"),
    path("procedures/<int:pk>/<str:language>/", writings.wording, name="writing"),
    path("procedures/<int:pk>/<str:language>/archive/", deciding.archive, name="archive"),
    path("procedures/<int:pk>/<str:language>/versions/<int:number>/", versions.compare, name="compare"),
    path(
        "procedures/<int:pk>/<str:language>/versions/<int:number>/restore/", versions.restore, name="restore"
    ),
    path("tickets/<int:number>/procedures/", beside.panel, name="panel"),
    path("tickets/<int:number>/procedures/<int:pk>/", beside.followed, name="following"),
    path("tickets/<int:number>/procedures/<int:pk>/steps/", beside.mark, name="mark"),
    path("tickets/<int:number>/procedures/<int:pk>/ending/", beside.end, name="end"),
    path("tickets/<int:number>/procedures/<int:pk>/resuming/", beside.resume, name="resume"),
]
