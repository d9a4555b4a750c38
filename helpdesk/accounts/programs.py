"""Service accounts: users that are programs. Made by admins; they have tokens, and nobody signs in as one."""

from uuid import uuid4

from django.db import transaction

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, Company, ServiceAccount, User

DOMAIN = "programs.invalid"  # RFC 2606: nobody has a mailbox there


@transaction.atomic
def create(*, name: str, role: str, actor: User) -> ServiceAccount:
    """A new service account; it outlives whoever made it."""
    made = ServiceAccount(name=name.strip()[:120], role=role)
    prepare(made)
    made.save()
    audit.record(AuditEntry.Kind.PERSON_MADE, actor=actor, about=made, role=role, program=True)
    return made


def prepare(account: ServiceAccount) -> None:
    """What makes a program of a new account: no password, and an address that leads nowhere."""
    company = Company.load()
    account.is_program = True
    account.email = f"{uuid4().hex[:16]}@{DOMAIN}"
    account.language, account.time_zone = company.language, company.time_zone
    account.set_unusable_password()
