"""The test mail: proves that a mailbox can send, and, sent to itself, that it can receive."""

from collections.abc import Mapping
from contextlib import closing
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from typing import Any

from django.utils.translation import gettext as _

from channels_app import trips
from channels_app.adapters.email import check, relays, signing_in, smtp
from channels_app.adapters.email.compose import Letter
from channels_app.messages import DeliveryFailed
from channels_app.models import Channel, RoundTrip


def send(config: dict[str, Any], secrets: Mapping[str, str], *, sender: str, to: str) -> check.Outcome:
    """Send a short mail from the mailbox to the admin. Never raises for trouble outside."""
    message_id = trips.new_id(sender.rpartition("@")[2])
    return hand_over(config, secrets, compose(message_id, sender=sender, to=to))


def round_trip(channel: Channel) -> tuple[RoundTrip, check.Outcome]:
    """Have a mailbox write to itself. Never raises for trouble outside."""
    message_id = trips.new_id(channel.address.rpartition("@")[2])
    trip = trips.begin(channel, message_id)
    mail = compose(message_id, sender=channel.address, to=channel.address)
    try:
        secrets = signing_in.secrets(channel)
    except check.TROUBLE as error:
        return trip, check.failed(error, channel.config, "smtp", smtp.port_of(channel.config))
    return trip, hand_over(channel.config, secrets, mail)


def hand_over(config: dict[str, Any], secrets: Mapping[str, str], mail: EmailMessage) -> check.Outcome:
    """Give a mail to the outgoing server. Never raises for trouble outside."""
    if config.get("outgoing") in relays.RELAYS:
        return _through_relay(config, secrets, mail)
    if not config.get("smtp_host"):
        return check.Outcome(False, _("No server is named."))
    try:
        with closing(smtp.connect(config, dict(secrets), name="localhost")) as client:
            client.send_message(mail)
    except check.TROUBLE as error:
        return check.failed(error, config, "smtp", smtp.port_of(config))
    return check.Outcome(True, _("A test mail is on its way to %(address)s.") % {"address": mail["To"]})


def _through_relay(config: dict[str, Any], secrets: Mapping[str, str], mail: EmailMessage) -> check.Outcome:
    channel = Channel(kind=Channel.Kind.EMAIL, address=mail["From"], config=config)
    setattr(channel, "secrets", dict(secrets))  # noqa: B010  (a text field to Django, a dict to everybody)
    raw = mail.as_bytes(policy=SMTP)
    envelope = {mail["To"]: mail["To"]}
    letter = Letter(
        sender=mail["From"], envelope=envelope, size=len(raw), chunks=iter([raw]), key=mail["Message-ID"]
    )
    try:
        relays.send(channel, letter)
    except DeliveryFailed as failure:
        return check.Outcome(False, failure.reason)
    return check.Outcome(True, _("A test mail is on its way to %(address)s.") % {"address": mail["To"]})


def compose(message_id: str, *, sender: str, to: str) -> EmailMessage:
    """The mail that a mailbox is tried with, marked as a machine's (RFC 3834)."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = _("A test mail from your help desk")
    mail["Date"], mail["Message-ID"] = localtime(), f"<{message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_("The mailbox %(address)s can send. Nothing else is to be done.") % {"address": sender})
    return mail
