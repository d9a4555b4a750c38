"""The addresses of the phrase guide, below /api/v1/."""

from django.urls import path

from knowledge.phrases.api.pairs import PhrasePairs

app_name = "phrases-api"

urlpatterns = [
    path("phrase-pairs/", PhrasePairs.as_view({"get": "list", "post": "create"}), name="pairs"),
    path(
        "phrase-pairs/<int:pk>/",
        PhrasePairs.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="pair",
    ),
]
