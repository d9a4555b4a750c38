"""Setting up an empty desk: its company and its first administrator, together or not at all."""

from django.db import connection, transaction

from helpdesk.accounts import first_run
from helpdesk.accounts.models import Company, User

_LOCK = 7263


class AlreadySetUp(Exception):
    """Somebody works here already."""


def is_empty() -> bool:
    """Whether nobody works here yet."""
    return not User.objects.exists()


@transaction.atomic
def set_up(company: Company, *, name: str, email: str, password: str) -> User:
    """The first administrator of `company`; two at once make one. Raises AlreadySetUp."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if not is_empty():
        raise AlreadySetUp
    company.pk = 1
    company.save()
    admin = User.objects.create_superuser(
        email, password, name=name, language=company.language, time_zone=company.time_zone
    )
    transaction.on_commit(first_run.forget)
    return admin
