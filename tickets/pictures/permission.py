"""May the pictures of a message be fetched: asked for once, or always for this sender, and taken back."""

from collections.abc import Iterable

from django.db import transaction

from channels_app.messages import Authenticity
from helpdesk.accounts.models import User
from tickets import customers, events
from tickets.models import Event, Identity, Message, PicturePermission


class NoSender(Exception):
    """The message comes from nobody whom one could trust for good: unknown, or perhaps not who it says."""


@transaction.atomic
def show(message: Message, *, actor: User) -> None:
    """The pictures of this one message may be fetched, for every colleague who reads it."""
    _grant(message, actor, "shown", message=message)


@transaction.atomic
def show_always(message: Message, *, actor: User) -> None:
    """The same for every message of its sender, unless it is found to be forged. Raises NoSender."""
    identity = sender(message)
    if identity is None or message.authenticity == Authenticity.FAIL:
        raise NoSender
    _grant(message, actor, "always", identity=identity)


@transaction.atomic
def hide(message: Message, *, actor: User) -> None:
    """Take both back: this message's permission, and that of its sender."""
    granted = PicturePermission.objects.filter(message=message)
    if identity := sender(message):
        granted |= PicturePermission.objects.filter(identity=identity)
    if granted.delete()[0]:
        _tell(message, actor, "hidden")


@transaction.atomic
def withdraw(permission: PicturePermission, *, actor: User) -> None:
    """Take back this one permission, of a message or of a sender, and tell it."""
    message, identity = permission.message, permission.identity
    permission.delete()
    about = {"customer": identity.customer_id} if identity else {}
    ticket = message.ticket if message else None
    events.record(ticket, Event.Kind.PICTURES_CHANGED, actor=actor, message=message, what="hidden", **about)


def granted(messages: Iterable[Message]) -> dict[int, str]:
    """Which of these messages show their pictures: id → "shown" for itself, "always" for its sender."""
    known = {message.pk: message for message in messages}
    asked = {message.sender_address.lower() for message in known.values() if message.sender_address}
    found = PicturePermission.objects.filter(message__in=known) | PicturePermission.objects.filter(
        identity__value__in=asked
    )
    rows = list(found.values_list("message", "identity__kind", "identity__value", "identity__customer"))
    senders = {row[1:] for row in rows if row[0] is None}
    shown = {pk: "always" for pk, message in known.items() if _key(message) in senders and _is_sure(message)}
    return {**shown, **{row[0]: "shown" for row in rows if row[0] is not None and row[0] not in shown}}


def is_granted(message: Message) -> bool:
    """Whether the pictures elsewhere of this message are shown without asking."""
    return bool(granted([message]))


def sender(message: Message) -> Identity | None:
    """The identity that a message came from."""
    kind, value, customer = _key(message)
    return Identity.objects.filter(kind=kind, value=value, customer=customer).first()


def _key(message: Message) -> tuple[str, str, int | None]:
    kind = Identity.Kind.EMAIL
    return kind, customers.normalise(kind, message.sender_address), message.customer_id


def _is_sure(message: Message) -> bool:
    return message.authenticity != Authenticity.FAIL


def _grant(about: Message, actor: User, what: str, **whose: Message | Identity) -> None:
    _row, is_new = PicturePermission.objects.get_or_create(**whose, defaults={"user": actor})
    if is_new:
        _tell(about, actor, what)


def _tell(message: Message, actor: User, what: str) -> None:
    events.record(message.ticket, Event.Kind.PICTURES_CHANGED, actor=actor, message=message, what=what)
