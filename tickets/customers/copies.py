"""Copies of a customer's data beside the desk's own tables: answers to programs, imported files, the log."""

import re
from collections.abc import Iterable
from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from channels_app import files
from helpdesk.rest.models import Answer
from tickets.customers.traces import Traces
from tickets.models import Customer, ImportRun, Ticket, WrittenTo

CHUNK = 1000


def forget(traces: Traces) -> None:
    """What programs were answered, files that were imported, and the names in the admin's own log."""
    if traces.addresses:
        WrittenTo.objects.forget(traces.addresses)
        _imports(traces.addresses)
        named = _named(traces.addresses)
        mine = re.compile(
            rb'"customer":\{"id":(' + b"|".join(str(pk).encode() for pk in traces.customers) + rb")\b"
        )
        for answer in Answer.objects.exclude(body=b"").iterator(chunk_size=CHUNK):
            body = bytes(answer.body)
            if named.search(body) or mine.search(body):
                Answer.objects.filter(pk=answer.pk).update(body=b"", headers={})
    for model, ids in ((Customer, traces.customers), (Ticket, traces.tickets)):
        entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        entries.filter(object_id__in=list(map(str, ids))).update(object_repr="", change_message="")


def _imports(addresses: list[str]) -> None:
    """Files that were imported and name one of the addresses are not needed any more, and go."""
    named = _named(addresses)
    finished = ImportRun.objects.exclude(state__in=(ImportRun.State.CHECKING, ImportRun.State.RUNNING))
    for run in finished.exclude(sha256=""):
        try:
            with files.open_stored(run.sha256) as file:
                found = any(named.search(line) for line in file)
        except files.Missing:
            found = True
        if found:
            ImportRun.objects.filter(pk=run.pk).update(sha256="", problems=[], error="")
            transaction.on_commit(partial(drop, {run.sha256}))


def drop(digests: set[str]) -> None:
    """Throw away the files that no row names any more."""
    for digest in digests:
        named = (model._default_manager.filter(**{column: digest}) for model, column in files.holders())
        if not any(rows.exists() for rows in named):
            files.erase(digest)


def _named(addresses: Iterable[str]) -> re.Pattern[bytes]:
    """Any of the addresses, in whatever letters."""
    return re.compile(b"|".join(re.escape(each.encode()) for each in addresses), re.IGNORECASE)
