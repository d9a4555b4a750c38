"""Whether anybody has begun to use this desk, and how to leave it as if nobody ever had."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from channels_app import files
from helpdesk.accounts.models import User
from helpdesk.health.models import Heartbeat
from tickets.models import Ticket
from tickets.models.ticket import NUMBER_SEQUENCE

KEPT = {ContentType._meta.db_table, "auth_permission", MigrationRecorder.Migration._meta.db_table}
KEPT |= {Heartbeat._meta.db_table}


class Occupied(Exception):
    """The desk has colleagues or tickets already."""


def is_vacant() -> bool:
    """True before the first colleague and the first ticket."""
    return not User.objects.exists() and not Ticket.objects.exists()


def insist() -> None:
    """Raises Occupied unless the desk is vacant."""
    if not is_vacant():
        raise Occupied("This desk is in use: it has colleagues or tickets.")


def vacate() -> None:
    """Erase every row and every stored file of the desk, for good: it is ready for its first run again."""
    digests = _digests()
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - KEPT)
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check may be waiting on a table that is emptied
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        cursor.execute(f"ALTER SEQUENCE {NUMBER_SEQUENCE} RESTART")
    for digest in digests:
        files.erase(digest)


def _digests() -> set[str]:
    columns = (
        model._default_manager.values_list(column, flat=True).distinct() for model, column in files.holders()
    )
    return {digest for column in columns for digest in column} - {""}
