"""The key to the first-run page: who can read the console or the data folder may set up an empty desk."""

from django.conf import settings

from helpdesk import keys

NAME = "first-run"


def token() -> str:
    """The same until `forget`; kept in a file of mode 0600."""
    return keys.load(settings.DATA_DIR, NAME)


def forget() -> None:
    """Makes the key worthless, once there is an administrator."""
    (settings.DATA_DIR / "keys" / NAME).unlink(missing_ok=True)
