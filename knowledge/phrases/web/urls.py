"""The addresses of the phrase guide: what the composer asks for, and where the pairs are kept."""

from django.urls import path

from knowledge.phrases.web import guiding, pages

app_name = "phrases"

urlpatterns = [
    path("tickets/<int:number>/guide/", guiding.facts, name="facts"),
    path("phrases/packs/<str:language>/", guiding.pack, name="pack"),
    path("phrases/spared/", guiding.spared, name="spared"),
    path("phrases/", pages.pairs, name="pairs"),
    path("phrases/new/", pages.new, name="pair-new"),
    path("phrases/shipped/", pages.shipped, name="shipped"),
    path("phrases/<int:pk>/", pages.pair, name="pair"),
    path("phrases/<int:pk>/removal/", pages.removal, name="pair-removal"),
]
