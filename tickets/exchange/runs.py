"""Imports: proposed with a file, checked without a trace, then taken in chunk by chunk.

A chunk and the place it ends at are one transaction: a worker that dies in the middle of an import leaves it
where another goes on, and two workers never take the same rows.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.results import RowResult

from channels_app import files
from channels_app.models import Channel
from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, User
from helpdesk.wake import begin_drain, wake
from tickets.exchange import formats
from tickets.exchange.formats import Row, Unreadable
from tickets.exchange.resources import TABLES, Table
from tickets.models import ImportRun

log = structlog.get_logger(__name__)

CHUNK = 100
MOST_PROBLEMS = 500
State = ImportRun.State

_COUNTED = {
    RowResult.IMPORT_TYPE_NEW: "added",
    RowResult.IMPORT_TYPE_UPDATE: "changed",
    RowResult.IMPORT_TYPE_SKIP: "unchanged",
}


def propose(
    table: str, name: str, content: bytes, *, actor: User, channel: Channel | None = None
) -> ImportRun:
    """Keep the file and have it checked: nothing is imported before `start`."""
    run = ImportRun.objects.create(
        table=ImportRun.Table(table),
        file_name=name[:200],
        sha256=files.store(content),
        user=actor,
        channel=channel,
    )
    wake("imports")
    return run


@transaction.atomic
def start(run: ImportRun, *, actor: User) -> bool:
    """Import a checked file, or go on with a stopped one; False when there is nothing to start."""
    fresh = {"position": 0, "added": 0, "changed": 0, "unchanged": 0, "refused": 0, "problems": []}
    checked = ImportRun.objects.filter(pk=run.pk, state=State.CHECKED)
    stopped = ImportRun.objects.filter(pk=run.pk, state=State.STOPPED)
    begun = checked.update(state=State.RUNNING, user=actor, **fresh) or stopped.update(state=State.RUNNING)
    if begun:
        audit.record(AuditEntry.Kind.IMPORTED, actor=actor, run=run.pk, table=run.table)
        wake("imports")
    return bool(begun)


def stop(run: ImportRun) -> bool:
    """Leave the import where it is after the chunk under way; `start` goes on from there."""
    return bool(ImportRun.objects.filter(pk=run.pk, state=State.RUNNING).update(state=State.STOPPED))


def drain() -> int:
    """Work on what is being checked or imported until none is left; how many chunks."""
    begin_drain("imports")
    chunks = 0
    for run in ImportRun.objects.at_work().order_by("pk"):
        try:
            chunks += _work(run)
        except (Unreadable, files.Missing) as trouble:
            why = str(trouble) if isinstance(trouble, Unreadable) else _("The file is missing.")
            ImportRun.objects.filter(pk=run.pk).update(
                state=State.UNREADABLE, error=why[:2000], finished_at=timezone.now()
            )
    return chunks


def _work(run: ImportRun) -> int:
    """Take this run as far as it goes now."""
    chunks = 0
    with files.open_stored(run.sha256) as file:
        rows = formats.read(file)
        for _row in islice(rows, run.position):
            pass
        at = run.position
        for chunk in _chunks(rows):
            if not _take(run.pk, run.state, at, chunk):
                return chunks
            at += len(chunk)
            chunks += 1
    _finish(run.pk, run.state, at)
    return chunks


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


@transaction.atomic
def _take(pk: int, state: str, at: int, chunk: list[Row]) -> bool:
    """One chunk, its counts and its place; False when the run stands elsewhere by now."""
    run = (
        ImportRun.objects.select_for_update(skip_locked=True).filter(pk=pk, state=state, position=at).first()
    )
    if run is None:
        return False
    table = TABLES[run.table]()
    for number, row in enumerate(chunk, at + 1):
        _count(run, number, _take_row(table, run, number, row))
    run.position = at + len(chunk)
    run.total = max(run.total, run.position)
    run.save(update_fields=["position", "total", "added", "changed", "unchanged", "refused", "problems"])
    return True


def _take_row(table: Table, run: ImportRun, number: int, row: Row) -> RowResult:
    """One row in a savepoint of its own, which is rolled back when the row is wrong or only checked."""
    with transaction.atomic():
        result = table.import_row(
            row, table._meta.instance_loader_class(table), row_number=number, run=run, using_transactions=True
        )
        if run.state == State.CHECKING or result.errors or result.validation_error:
            transaction.set_rollback(True)
    return result


def _count(run: ImportRun, number: int, result: RowResult) -> None:
    if counted := None if _wrong(result) else _COUNTED.get(result.import_type):
        setattr(run, counted, getattr(run, counted) + 1)
        return
    run.refused += 1
    if len(run.problems) < MOST_PROBLEMS:
        run.problems.append([number, _wrong(result)])


def _wrong(result: RowResult) -> str:
    """What is wrong with a row, in a sentence; "" when nothing is."""
    if result.validation_error:
        return _sentence(result.validation_error)
    return " ".join(_reason(each.error) for each in result.errors)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return _sentence(error)
    log.warning("import.row_failed", error=type(error).__name__)
    return str(error) or type(error).__name__


def _sentence(error: ValidationError) -> str:
    if hasattr(error, "error_dict"):
        told: dict[str, Any] = error.message_dict
        return " ".join(
            f"{name}: {' '.join(texts)}" if name != "__all__" else " ".join(texts)
            for name, texts in told.items()
        )
    return " ".join(error.messages)


@transaction.atomic
def _finish(pk: int, state: str, at: int) -> None:
    after = State.CHECKED if state == State.CHECKING else State.DONE
    found = ImportRun.objects.filter(pk=pk, state=state, position=at)
    found.update(state=after, total=at, finished_at=timezone.now() if after == State.DONE else None)
