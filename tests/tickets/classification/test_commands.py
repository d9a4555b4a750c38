"""`manage.py classify`: a line in, a line out."""

import io
import json

from django.core.management import call_command


def test_each_line_gets_its_answer_in_order(tmp_path):
    asked = [
        {"id": 7, "text": "Nem tudok bejelentkezni, hibás jelszót ír", "lang": "hu"},
        {"id": "b", "text": "Подскажите, сколько стоит доставка?"},
    ]
    path = tmp_path / "asked.jsonl"
    path.write_text("\n".join([json.dumps(asked[0]), "", "nonsense", '{"id": 3}', json.dumps(asked[1])]))
    said = io.StringIO()
    call_command("classify", str(path), stdout=said)
    answers = [json.loads(line) for line in said.getvalue().splitlines()]
    assert [answer["id"] for answer in answers] == [7, None, None, "b"]
    assert (answers[0]["kind"], answers[0]["language"]) == ("support", "hu")
    assert "error" in answers[1] and "error" in answers[2]
    assert (answers[3]["kind"], answers[3]["language"]) == ("information", "ru")
    assert set(answers[3]) == {"id", "kind", "priority", "language", "topic", "confidence", "reasons"}
    assert answers[3]["reasons"]
