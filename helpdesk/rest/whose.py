"""Whose something is to be that colleagues may share: one's own, a team's or everybody's."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

ME, TEAM, EVERYBODY = "me", "team", "everybody"


def checked(given: dict[str, Any], refusal: str) -> dict[str, Any]:
    """What is for a team names it, and nothing else does; raises ValidationError with `refusal`."""
    if (given.get("whose") == TEAM) != ("team" in given):
        raise serializers.ValidationError({"team": [refusal]})
    return given


def home(given: dict[str, Any], request: Request) -> dict[str, Any]:
    """In the words of the verbs, `owner` and `team`; unsaid, it stays whose it is."""
    whose = given.pop("whose", None)
    if whose is None:
        return given
    owner = request.user if whose == ME else None
    return {**given, "owner": owner, "team": given.get("team") if whose == TEAM else None}
