"""Letters out through a provider's API instead of a mail server, by django-anymail."""

from channels_app.adapters.email.relays.catalogue import RELAYS, TOKEN_NAME, Relay
from channels_app.adapters.email.relays.sending import send

__all__ = ["RELAYS", "TOKEN_NAME", "Relay", "send"]
