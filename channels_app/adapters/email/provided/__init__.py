"""What providers send by web request: mail, and news of what became of mail we sent."""

from channels_app.adapters.email.provided.requests import Mail, read

__all__ = ["Mail", "read"]
