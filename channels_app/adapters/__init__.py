"""The adapters by kind of channel: a literal table, so that a search finds everything."""

from channels_app.adapters.base import Adapter
from channels_app.adapters.email.adapter import EmailAdapter
from channels_app.messages import Kind

ADAPTERS: dict[str, Adapter] = {Kind.EMAIL: EmailAdapter()}
