"""What is wrong with a rule, said at the fields of its form."""

from collections.abc import Iterable, Mapping
from typing import Any

from tickets.rules.checking import Wrong
from tickets.rules.conditions import Nonsense
from tickets.web import rule_words
from tickets.web.rule_rows import ActionRow, ConditionRow


def told(shown: dict[str, Any], wrong: Wrong) -> dict[str, Any]:
    """Each error at its field; those of no field in particular above the form."""
    rows = {"conditions": [*shown["all_rows"], *shown["any_rows"]], "actions": shown["acts"]}
    for part, each in rows.items():
        _mark(each, wrong.fields[part].rows if part in wrong.fields else {})
    fields = {"name": wrong.errors.get("name", "")}
    if when := wrong.fields.get("when"):
        fields[when.at or ("clock" if shown["given"]["clock"] else "triggers")] = str(when)
    said = {"name", "when", *(part for part, why in wrong.fields.items() if why.rows)}
    parts = rule_words.parts()
    loose = [(parts[part], why) for part, why in wrong.errors.items() if part not in said]
    return {"wrong": fields, "errors": loose}


def _mark(rows: Iterable[ConditionRow | ActionRow], wrong: Mapping[int, Nonsense]) -> None:
    """Say on each row what is wrong with it."""
    for row in rows:
        if found := wrong.get(row.place):
            row.wrong = str(found)
            if isinstance(row, ActionRow):
                row.wrong_at = found.at or next((code for code, _label, _text in row.texts), "")
