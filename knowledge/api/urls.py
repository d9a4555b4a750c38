"""The addresses of the suggestion box, below /api/v1/."""

from django.urls import path

from knowledge.api.suggestions import SuggestionComments, Suggestions

app_name = "knowledge-api"
ONE = "suggestions/<int:pk>/"

urlpatterns = [
    path("suggestions/", Suggestions.as_view({"get": "list", "post": "create"}), name="suggestions"),
    path(ONE, Suggestions.as_view({"get": "retrieve", "patch": "partial_update"}), name="suggestion"),
    path(f"{ONE}joining/", Suggestions.as_view({"post": "unite"}), name="suggestion-joining"),
    path(
        f"{ONE}comments/",
        SuggestionComments.as_view({"get": "list", "post": "create"}),
        name="suggestion-comments",
    ),
]
