"""The addresses of procedures: where they are read, written, learnt, and followed beside a ticket."""

from django.urls import path

from sop.web import beginning, beside, browsing, deciding, pathways, readers, reading, versions, writings

app_name = "sop"

urlpatterns = [
    path("procedures/", browsing.procedures, name="procedures"),
    path("procedures/new/", beginning.begin, name="begin"),
    path("procedures/starter/", beginning.start, name="starter"),
    path("procedures/reading/", reading.reading, name="reading"),
    path("procedures/reading/overview/", readers.readers, name="readers"),
    path("procedures/reading/<int:pk>/", reading.one, name="reading-one"),
    path("procedures/reading/articles/<int:pk>/", reading.article, name="reading-article"),
    path("procedures/paths/", pathways.pathways, name="paths"),
    path("procedures/paths/new/", pathways.new, name="path-new"),
    path("procedures/paths/<int:pk>/", pathways.path, name="path"),
    path("procedures/paths/<int:pk>/parts/", pathways.stops, name="path-stops"),
    path("procedures/paths/<int:pk>/colleagues/", pathways.learners, name="path-learners"),
    path("procedures/paths/<int:pk>/activity/", pathways.active, name="path-active"),
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
    path("tickets/<int:number>/procedures/draft/", beginning.from_ticket, name="draft"),
    path("tickets/<int:number>/procedures/<int:pk>/", beside.followed, name="following"),
    path("tickets/<int:number>/procedures/<int:pk>/steps/", beside.mark, name="mark"),
    path("tickets/<int:number>/procedures/<int:pk>/ending/", beside.end, name="end"),
    path("tickets/<int:number>/procedures/<int:pk>/resuming/", beside.resume, name="resume"),
]
