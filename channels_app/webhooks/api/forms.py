"""What an admin's program says about a webhook."""

from typing import Any

from rest_framework import serializers

from channels_app.webhooks import payloads, subscriptions
from helpdesk.accounts import access as staff_access
from helpdesk.outgoing import NotReached
from helpdesk.outgoing.address import target
from helpdesk.rest.fields import Choice, Row, Strict, Text, Truth, Words
from tickets import access
from tickets.models import Ticket
from tickets.narrowing import PRIORITIES
from tickets.properties import MAX_TAG

KINDS = {type_: str(kind) for kind, type_ in payloads.TYPES.items()}


class Several(serializers.ListField):
    """One or more of a few words."""

    def __init__(self, words: list[str], **options: Any) -> None:
        super().__init__(child=Choice(choices=words), max_length=len(words), **options)


class Narrowing(Strict):
    """Only tickets that are all of this; what is not said does not matter."""

    team = Row(staff_access.teams, required=False, help_text="A team's id.")
    channel = Row(access.channels, required=False, help_text="A channel's id.")
    kind = Several([kind for kind in Ticket.Kind.values if kind], required=False, help_text="Any of these.")
    priority = Several(list(PRIORITIES), required=False, help_text="Any of these.")
    tags = Words(longest=MAX_TAG, most=10, required=False, help_text="All of these.")

    def validate_tags(self, given: list[str]) -> list[str]:
        if any("," in tag for tag in given):
            raise serializers.ValidationError("A tag has no comma in it.")
        return given


class WebhookValues(Strict):
    """What is told to which address; what is not said stays as it is."""

    name = Text(max_length=80)
    url = Text(max_length=2000, help_text="Where to: best `https://`.")
    types = Several(list(KINDS), min_length=1, help_text="The events it is told of.")
    only = Narrowing(required=False, help_text="An empty object for all tickets.")
    with_words = Truth(
        required=False, help_text="Whether names and texts go along, or only numbers and codes."
    )

    def validate_url(self, given: str) -> str:
        try:
            return target(given.strip()).url
        except NotReached as refusal:
            detail = (
                "It cannot be called: an address begins with https://, holds no password "
                "and names no port of another service."
            )
            raise serializers.ValidationError(detail) from refusal


def columns(given: dict[str, Any]) -> dict[str, Any]:
    """The columns that these values stand for."""
    plain: dict[str, Any] = {name: given[name] for name in ("name", "url", "with_words") if name in given}
    if "types" in given:
        plain["kinds"] = list(dict.fromkeys(KINDS[type_] for type_ in given["types"]))
    if "only" in given:
        plain["narrow"] = _words(given["only"])
    return plain


def _words(only: dict[str, Any]) -> dict[str, str]:
    rows = {name: str(only[name].pk) for name in ("team", "channel") if only.get(name)}
    lists = {"kind": only.get("kind", []), "priority": only.get("priority", []), "tag": only.get("tags", [])}
    return subscriptions.narrowed({**rows, **lists})
