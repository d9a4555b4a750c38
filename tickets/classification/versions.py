"""Which version of what was learned judges new tickets: any may be put in use, or what ships."""

from django.db import transaction

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, User
from tickets.models import LearnedModel


@transaction.atomic
def use(row: LearnedModel, *, actor: User | None) -> None:
    """New tickets in its language are judged by this version within ten seconds."""
    _put_aside(row.language)
    LearnedModel.objects.filter(pk=row.pk).update(is_used=True)
    row.is_used = True
    _tell(row.language, row.version, actor)


@transaction.atomic
def use_shipped(language: str, *, actor: User | None) -> None:
    """New tickets in this language are judged by the model that came with the desk."""
    _put_aside(language)
    _tell(language, "", actor)


def _put_aside(language: str) -> None:
    rows = LearnedModel.objects.select_for_update().filter(language=language).order_by("id")
    LearnedModel.objects.filter(pk__in=[row.pk for row in rows], is_used=True).update(is_used=False)


def _tell(language: str, version: str, actor: User | None) -> None:
    kind = AuditEntry.Kind.SETTING_CHANGED
    audit.record(kind, actor=actor, table="tickets.learnedmodel", language=language, version=version)
