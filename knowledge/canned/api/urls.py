"""The addresses of canned responses, below /api/v1/."""

from django.urls import path

from knowledge.canned.api.responses import CannedResponses, Uses

app_name = "canned-api"
ONE = "canned-responses/<int:pk>/"

urlpatterns = [
    path(
        "canned-responses/",
        CannedResponses.as_view({"get": "list", "post": "create"}),
        name="responses",
    ),
    path(
        ONE,
        CannedResponses.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="response",
    ),
    path(f"{ONE}uses/", Uses.as_view({"post": "use"}), name="uses"),
]
