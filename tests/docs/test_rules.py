"""What rules can do stands on the page for admins, as it is called on the screen."""

from pathlib import Path

from tickets.rules.actions import ACTIONS
from tickets.rules.triggers import TRIGGERS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "admin" / "rules.md"


def test_every_event_and_every_action_is_named():
    page = " ".join(PAGE.read_text().split())
    labels = [str(each.label) for table in (TRIGGERS, ACTIONS) for each in table.values()]
    assert [label for label in labels if f"*{label}*" not in page] == []
