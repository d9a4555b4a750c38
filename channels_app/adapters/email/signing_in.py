"""What a mailbox signs in with: its passwords, and a fresh token where it has consent instead of one."""

from channels_app import consent
from channels_app.models import Channel


def secrets(channel: Channel) -> dict[str, str]:
    """The secrets to connect with right now. Raises ConsentLost, and OSError when a token was not renewed."""
    found = dict(channel.secrets)
    for kind in ("imap", "smtp"):
        if token := consent.access_token(channel, channel.config.get(f"{kind}_host", "")):
            found[f"{kind}_access_token"] = token
    return found
