"""What writes to tickets take in: every field by name, nothing else."""

from datetime import datetime
from typing import Any

from django.conf import settings
from rest_framework import serializers

from channels_app.models import Channel
from helpdesk.accounts import access as staff_access
from helpdesk.rest.fields import Choice, Number, Row, Strict, Text, Words
from tickets import access, fields, promises, recipients, uploads
from tickets.models import Attachment, CustomField, Identity, Ticket, Topic
from tickets.narrowing import PRIORITIES
from tickets.properties import MAX_TAG

LONGEST_BODY = 200_000
MOST_TAGS = 50


class Uploads(serializers.ListField):
    """The ids of files that the caller has sent ahead."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=Number(), max_length=uploads.MOST, required=False, **options)

    def to_internal_value(self, data: Any) -> list[Attachment]:
        ids = super().to_internal_value(data)
        found = {each.pk: each for each in access.uploads(self.context["request"].user).filter(pk__in=ids)}
        if missing := [pk for pk in ids if pk not in found] or (ids if len(set(ids)) < len(ids) else []):
            raise serializers.ValidationError(f"No file of yours waits under the id {missing[0]}.")
        return [found[pk] for pk in ids]


class Language(Text):
    """A language code, such as `hu` or `pt-br`; "" for none."""

    def __init__(self, **options: Any) -> None:
        options = {"max_length": 8, "allow_blank": True, **options}
        super().__init__(**options)
        self.validators.append(_is_language)


def _is_language(value: str) -> None:
    if value and not (value.isascii() and value.replace("-", "").isalnum() and value[0].isalpha()):
        raise serializers.ValidationError(f"A language code, such as {settings.LANGUAGES[0][0]}.")


class CustomValues(serializers.DictField):
    """Values of custom fields by their keys. What is not named stays as it is; null takes a value away."""

    def __init__(self, owner: str) -> None:
        super().__init__(
            child=serializers.JSONField(allow_null=True),
            required=False,
            help_text="Values by the keys of custom fields; null takes one away.",
        )
        self.owner = owner

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        given = super().to_internal_value(data)
        faults = {key: fault for key, value in given.items() if (fault := self._fault(key, value))}
        if faults:
            raise serializers.ValidationError(faults)
        return given

    def _fault(self, key: str, value: Any) -> list[str]:
        try:
            fields.changed(self.owner, {}, {key: value})
        except fields.Wrong as wrong:
            return [str(wrong)]
        return []


class TopicKey(Text):
    """The key of a topic that is in use, such as `delivery`; "" for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, "allow_blank": True, "help_text": "A topic's key.", **options})

    def to_internal_value(self, data: Any) -> str:
        key = str(super().to_internal_value(data))
        if key and not Topic.objects.filter(key=key, is_active=True).exists():
            raise serializers.ValidationError(f"No topic has the key {key}.")
        return key


class Addresses(Words):
    """E-mail addresses, each alone or with a name: `Carol Reyes <carol@mail.example>`."""

    def __init__(self, **options: Any) -> None:
        required = "min_length" in options
        super().__init__(longest=400, most=recipients.MOST, required=required, **options)

    def to_internal_value(self, data: Any) -> list[str]:
        given = super().to_internal_value(data)
        if wrong := next((each for each in given if not recipients.is_address(each)), ""):
            raise serializers.ValidationError(f"This is no address: {wrong[:80]}")
        return given


class TicketValues(Strict):
    """What can be changed on a ticket; what is not said stays as it is."""

    subject = Text(max_length=1000, allow_blank=True, required=False)
    status = Choice(choices=Ticket.Status.values, required=False)
    kind = Choice(choices=Ticket.Kind.values, required=False, allow_blank=True)
    topic = TopicKey(required=False)
    priority = Choice(choices=list(PRIORITIES), required=False)
    team = Row(staff_access.teams, required=False, allow_null=True, help_text="A team's id; null for none.")
    assignee = Row(
        staff_access.users, required=False, allow_null=True, help_text="A colleague's id; null for none."
    )
    tags = Words(longest=MAX_TAG, most=MOST_TAGS, required=False)
    language = Language(required=False)
    custom = CustomValues(CustomField.Of.TICKET)

    def validate_priority(self, value: str) -> int:
        return int(PRIORITIES[value])


class NewInternal(Strict):
    """A ticket for colleagues, tied to a customer's."""

    subject = Text(max_length=1000)
    body = Text(max_length=LONGEST_BODY, trim_whitespace=False)
    team = Row(staff_access.teams, required=False, allow_null=True, help_text="A team's id.")
    assignee = Row(staff_access.users, required=False, allow_null=True, help_text="A colleague's id.")


class Snooze(Strict):
    """Until when; without a time until the customer answers. Their message wakes it in any case."""

    until = serializers.DateTimeField(required=False, allow_null=True)


class IdentityForm(Strict):
    kind = Choice(choices=Identity.Kind.values)
    value = Text(max_length=254)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """An address must be one that can be written to, a phone number one with digits."""
        value = given["value"]
        if given["kind"] == Identity.Kind.EMAIL and not recipients.is_address(value):
            raise serializers.ValidationError({"value": ["This is no e-mail address."]})
        if given["kind"] == Identity.Kind.PHONE and sum(char.isdigit() for char in value) < 3:
            raise serializers.ValidationError({"value": ["This is no phone number."]})
        return given


class NewTicket(TicketValues):
    """`in`: a request that reached you another way. `out`: you write to a customer who has not asked."""

    direction = Choice(choices=["in", "out"], default="in")
    channel = Row(access.channels, help_text="The id of the channel that answers, or sends.")
    customer = Row(access.customers, required=False, help_text="A customer's id; or give `identity`.")
    identity = IdentityForm(required=False, help_text="Where the customer writes from; made if it is new.")
    name = Text(max_length=200, required=False, allow_blank=True, help_text="Of a customer who is new.")
    body = Text(max_length=LONGEST_BODY, trim_whitespace=False)
    attachments = Uploads()
    cc = Addresses(help_text="Copies, with direction `out`.")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        channel: Channel = given["channel"]
        if ("customer" in given) == ("identity" in given):
            raise serializers.ValidationError({"customer": ["Give either `customer` or `identity`."]})
        if given.get("cc") and given["direction"] == "in":
            raise serializers.ValidationError({"cc": ["Copies go out with direction `out` alone."]})
        if not channel.is_active:
            raise serializers.ValidationError({"channel": ["This channel is switched off."]})
        if not given["body"].strip():
            raise serializers.ValidationError({"body": ["There is nothing in it."]})
        return given


class NewReply(Strict):
    body = Text(max_length=LONGEST_BODY, trim_whitespace=False, allow_blank=True, default="")
    to = Addresses(help_text="To the customer if it is empty.")
    cc = Addresses()
    bcc = Addresses()
    answers = Row(
        access.messages,
        required=False,
        help_text="The id of the message that is answered; the last one if not said.",
    )
    attachments = Uploads()
    status = Choice(choices=Ticket.Status.values, required=False, help_text="Given to the ticket with it.")
    promised_until = serializers.DateTimeField(
        required=False, help_text="By when it promises another answer: to come, within a year."
    )
    keeps_promise = serializers.BooleanField(
        default=True, help_text="Whether what was promised is kept by it, unless it promises a time itself."
    )

    def validate_promised_until(self, value: datetime) -> datetime:
        try:
            promises.check(value)
        except promises.BadTime as refusal:
            raise serializers.ValidationError("It has to be a time to come, within a year.") from refusal
        return value


class NewForward(Strict):
    message = Row(access.messages, help_text="The id of the message that is sent on, below the body.")
    body = Text(max_length=LONGEST_BODY, trim_whitespace=False, allow_blank=True, default="")
    to = Addresses(min_length=1)
    cc = Addresses()
    bcc = Addresses()
    attachments = Uploads()


class NewNote(Strict):
    body = Text(max_length=LONGEST_BODY, trim_whitespace=False, allow_blank=True, default="")
    attachments = Uploads()


class DraftForm(Strict):
    body = Text(max_length=LONGEST_BODY, trim_whitespace=False, allow_blank=True, default="")
    to = Words(longest=400, most=recipients.MOST, required=False)
    cc = Words(longest=400, most=recipients.MOST, required=False)
    bcc = Words(longest=400, most=recipients.MOST, required=False)
    attachments = Uploads(help_text="Files sent ahead that the draft takes besides those it has.")
