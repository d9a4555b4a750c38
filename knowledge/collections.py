"""Collections of texts that are searched: filling them, and asking them.

Each process keeps an index of each collection that it is asked for, and makes it anew when the version in
the database has grown. Meanwhile other threads go on with the one before.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import cast

from django.db import transaction
from django.db.models import F

from helpdesk.wake import begin_drain, wake
from knowledge import synonyms
from knowledge.models import Collection, Entry
from knowledge.searching import meaning
from knowledge.searching.documents import Document, Hit
from knowledge.searching.index import Index

CHUNK = 1000
THREADS = 2  # vectors are made outside of Python's own lock


_kept: dict[int, tuple[int, Index]] = {}  # a version and its index, by collection
_making: dict[int, Lock] = {}


@transaction.atomic
def replace(name: str, documents: Iterable[Document]) -> int:
    """Have the collection hold exactly these documents; how many. Vectors of unchanged texts stay."""
    collection = _locked(name)
    own = Entry.objects.filter(collection=collection)
    made = {_digest(each): bytes(each.meaning) for each in own.exclude(meaning=b"").iterator(CHUNK)}
    own.delete()
    rows = [_row(collection, each) for each in {each.id: each for each in documents}.values()]
    for row in rows:
        row.meaning = made.get(_digest(row), b"")
    Entry.objects.bulk_create(rows, batch_size=CHUNK)
    _touch(collection)
    return len(rows)


@transaction.atomic
def put(name: str, documents: Iterable[Document], *, without: Iterable[str] = ()) -> None:
    """Add these documents in the place of those with the same id, and take those `without` away."""
    collection = _locked(name)
    documents = list(documents)
    gone = {*without, *(each.id for each in documents)}
    own = Entry.objects.filter(collection=collection, key__in=gone)
    made = {_digest(each): bytes(each.meaning) for each in own}
    own.delete()
    rows = [_row(collection, each) for each in documents]
    for row in rows:
        row.meaning = made.get(_digest(row), b"")
    Entry.objects.bulk_create(rows, batch_size=CHUNK)
    _touch(collection)


def remove(name: str) -> None:
    """The collection is no more."""
    Collection.objects.filter(name=name).delete()


def holds(name: str) -> bool:
    """Whether there is anything in the collection."""
    return Entry.objects.filter(collection__name=name).exists()


def not_understood(name: str) -> int:
    """How many texts of a collection wait for their vectors; none where no vectors can be made."""
    waiting = Entry.objects.filter(collection__name=name, meaning=b"")
    return waiting.count() if meaning.available() else 0


def search(
    name: str,
    question: str,
    lang: str = "",
    *,
    limit: int = 10,
    admits: Callable[[str], bool] | None = None,
    plausible: bool = False,
) -> list[Hit]:
    """The best answers of a collection among those that `admits` (by their ids); [] where there is none.

    `plausible` leaves out what has little to do with the question, so that there may be no answer at all.
    """
    collection = Collection.objects.filter(name=name).first()
    if collection is None:
        return []
    index = index_of(collection)
    most = len(index.documents) if admits else limit
    hits = index.rank(question, lang, limit=most, plausible=plausible)
    return [hit for hit in hits if admits is None or admits(hit.id)][:limit]


def index_of(collection: Collection) -> Index:
    """This process's index of a collection, of its present version, or of the one before while it is made."""
    version, index = _kept.get(collection.pk, (None, None))
    if index and version == collection.version:
        return index
    lock = _making.setdefault(collection.pk, Lock())
    if not lock.acquire(blocking=index is None):
        return cast("Index", index)
    try:
        version, index = _kept.get(collection.pk, (None, None))
        if index is None or version != collection.version:
            index = _build(collection)
            _kept[collection.pk] = (collection.version, index)
        return index
    finally:
        lock.release()


def understand(*, until: float) -> int:
    """Make vectors of texts that have none, until this moment of the monotonic clock; how many were made."""
    if not meaning.available():
        return 0
    begin_drain("knowledge")
    done, touched = 0, set()
    while time.monotonic() < until:
        batch = list(Entry.objects.filter(meaning=b"").order_by("pk")[: THREADS * 4])
        if not batch:
            break
        with ThreadPoolExecutor(THREADS) as pool:
            vectors = list(pool.map(_vector, batch))
        for entry, vector in zip(batch, vectors, strict=True):
            Entry.objects.filter(pk=entry.pk, title=entry.title, body=entry.body).update(meaning=vector)
            touched.add(entry.collection_id)
        done += len(batch)
    ready = Collection.objects.filter(pk__in=touched).exclude(entries__meaning=b"")
    ready.update(version=F("version") + 1)  # an index costs seconds: not one for each handful
    return done


def _vector(entry: Entry) -> bytes:
    return meaning.of_document(entry.title, entry.body, entry.topic)


def _build(collection: Collection) -> Index:
    rows = Entry.objects.filter(collection=collection).order_by("pk")
    documents = [
        Document(row.key, row.lang, row.title, row.body, row.topic, bytes(row.meaning))
        for row in rows.iterator(CHUNK)
    ]
    return Index(documents, synonyms.groups())


def _row(collection: Collection, document: Document) -> Entry:
    return Entry(
        collection=collection,
        key=document.id,
        lang=document.lang,
        title=document.title,
        body=document.body,
        topic=document.topic,
    )


def _locked(name: str) -> Collection:
    Collection.objects.get_or_create(name=name)
    return Collection.objects.select_for_update().get(name=name)


def _touch(collection: Collection) -> None:
    Collection.objects.filter(pk=collection.pk).update(version=F("version") + 1)
    wake("knowledge")


def _digest(row: Entry) -> str:
    return hashlib.sha256("\x00".join((row.title, row.body, row.topic)).encode()).hexdigest()
