"""The description of the API: for programs, and for people."""

from django.urls import path

from helpdesk.rest.web import docs, schema

app_name = "rest"

urlpatterns = [
    path("schema/", schema.Schema.as_view({"get": "retrieve"}), name="schema"),
    path("docs/", docs.docs, name="docs"),
]
