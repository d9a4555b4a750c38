"""`manage.py classify`: a line in, a line out."""

import io
import json
import time

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
    bad += [
        b'{"id": 5, "text": "Where is it?", "lang": 7}',
        b'{"id": 6, "text": "Where is it?", "lang": "1"}',
        b'{"id": NaN, "text": "x"}',
        b'{"id": 1e999, "text": "x"}',
    ]
    good_one = b'{"id": 1, "text": "Where is my parcel?", "lang": null}'
    path.write_bytes(b"\n".join([*bad, good_one, b'{"id": 2, "text": ""}']))
    answers, wrong, good = classified(path)
    assert [answer["id"] for answer in answers] == [1, 2]
    assert not good
    assert [line.split(":")[0] for line in wrong.splitlines()] == [f"Line {n}" for n in range(1, 12)]


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("classify", str(tmp_path / "none.jsonl"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cant log in", "en"),
        ("hol a csomagom", "hu"),
        ("VISSZA A PENZT", "hu"),
        ("где посылка", "ru"),
        ("iPhone 13 не включается после iOS update", "ru"),
        ("Wo bleibt mein Paket?", "de"),
        ("Gdzie jest moja paczka?", "pl"),
        ("Коли приїде кур'єр?", "uk"),
        ("Где је мој пакет?", "sr"),
        ("Kedy mi príde faktúra za október?", "sk"),
        ("Cât costă transportul până la Cluj?", "ro"),
    ],
)
def test_the_language_of_few_words_is_told(tmp_path, text, language):
    path = tmp_path / "asked.jsonl"
    path.write_text(json.dumps({"id": 1, "text": text}))
    ((answer,), _wrong, _good) = classified(path)
    assert answer["language"] == language
    assert bool(answer["kind"]) == (language in ("en", "ru", "hu"))


@pytest.mark.parametrize("text", ["", "🙂🙂🙂", "> Where is it?\n> Bye", "1234", "word " * 50_000])
def test_whatever_stands_in_a_line_is_answered(tmp_path, text):
    path = tmp_path / "asked.jsonl"
    path.write_text(json.dumps({"id": "x", "text": text}))
    ((answer,), wrong, good) = classified(path)
    assert (answer["id"], wrong, good) == ("x", "", True)


@pytest.mark.parametrize(
    ("asked", "kind", "language"),
    [
        (
            {"text": "<p>The app <b>crashes</b> on start,<br>error 500</p><script>would be nice</script>"},
            "support",
            "en",
        ),
        (
            {"text": "Nothing prints, error E5.\n\nOn Mon, Ann wrote:\n> It would be nice to add it"},
            "support",
            "en",
        ),
        ({"text": "How much is it?", "lang": "eng"}, "information", "en"),
        ({"text": "Skolko stoit dostavka v Kazan?"}, "information", "ru"),
        ({"text": "Where is my parcel? \ud800"}, "information", "en"),
        ({"text": "Where is my parcel?", "lang": "zz"}, "", "zz"),
    ],
)
def test_what_the_writer_says_is_judged(tmp_path, asked, kind, language):
    path = tmp_path / "asked.jsonl"
    path.write_text(json.dumps({"id": "\ud800", **asked}))
    ((answer,), wrong, _good) = classified(path)
    assert (answer["kind"], answer["language"], wrong) == (kind, language, "")
    assert answer["reasons"]


def test_a_megabyte_is_answered_by_its_beginning(tmp_path):
    path = tmp_path / "asked.jsonl"
    path.write_text(json.dumps({"id": 1, "text": "Nothing prints, error E5, help.\n" * 33_000}))
    began = time.process_time()
    ((answer,), _wrong, _good) = classified(path)
    assert (answer["kind"], time.process_time() - began < 1) == ("support", True)
