"""`manage.py classify`: a line in, a line out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def classified(path) -> tuple[list[dict], str, bool]:
    """The answers, what was complained of, and whether all went well."""
    said, wrong, good = io.StringIO(), io.StringIO(), True
    try:
        call_command("classify", str(path), stdout=said, stderr=wrong)
    except CommandError:
        good = False
    return [json.loads(line) for line in said.getvalue().splitlines()], wrong.getvalue(), good


def test_each_line_gets_its_answer_in_order(tmp_path):
    asked = [
        {"id": 7, "text": "Nem tudok bejelentkezni, hibás jelszót ír", "lang": "hu-HU"},
        {"id": "b", "text": "Подскажите, сколько стоит доставка?"},
    ]
    path = tmp_path / "asked.jsonl"
    path.write_text(
        "\n".join(["\ufeff" + json.dumps(asked[0]), "", json.dumps(asked[1], ensure_ascii=False)])
    )
    answers, wrong, good = classified(path)
    assert (good, wrong) == (True, "")
    assert [answer["id"] for answer in answers] == [7, "b"]
    assert (answers[0]["kind"], answers[0]["language"]) == ("support", "hu")
    assert (answers[1]["kind"], answers[1]["language"]) == ("information", "ru")
    assert set(answers[1]) == {"id", "kind", "priority", "language", "topic", "confidence", "reasons"}
    assert answers[1]["reasons"]


def test_a_bad_line_is_named_and_the_others_are_answered(tmp_path):
    path = tmp_path / "asked.jsonl"
    bad = [
        b"nonsense",
        b'{"id": 3}',
        b'{"id": 4, "text": 5}',
        b"[1]",
        b'{"text": "x"}',
        b"\xff\xfe",
        b"[" * 9000,
    ]
    good_one = b'{"id": 1, "text": "Where is my parcel?", "lang": 7}'
    path.write_bytes(b"\n".join([*bad, good_one, b'{"id": 2, "text": ""}']))
    answers, wrong, good = classified(path)
    assert [answer["id"] for answer in answers] == [1, 2]
    assert not good
    assert [line.split(":")[0] for line in wrong.splitlines()] == [f"Line {n}" for n in range(1, 8)]


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("classify", str(tmp_path / "none.jsonl"))
