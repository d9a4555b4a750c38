"""A backup is one tar file: the database, the files, the keys, and a manifest that says what is in it."""

from helpdesk.backup.restoring import restore
from helpdesk.backup.trouble import Refused
from helpdesk.backup.writing import write

__all__ = ["Refused", "restore", "write"]
