"""From what is known of a ticket to its priority. Pure."""

from datetime import UTC, datetime, timedelta

import pytest

from tickets.priority import money
from tickets.priority.reckoning import Criterion, Facts, Scale, reckon

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CRITERIA = [
    Criterion(pk=1, points=15, kind="complaint"),
    Criterion(pk=2, points=35, words=("lawyer", "refund*")),
    Criterion(pk=3, points=30, importance=3),
    Criterion(pk=4, points=10, money=1000),
    Criterion(pk=5, points=20, waits=4 * HOUR),
    Criterion(pk=6, points=-25, kind="suggestion"),
    Criterion(pk=7, points=15, anger=2),
    Criterion(pk=8, points=40, judged="urgent"),
    Criterion(pk=9, points=5, channel=4, kind="complaint"),
]


@pytest.mark.parametrize(
    ("facts", "held", "priority"),
    [
        pytest.param({}, [], 2, id="nothing holds"),
        pytest.param({"kind": "complaint"}, [1], 2, id="kind"),
        pytest.param({"kind": "complaint", "channel": 4}, [1, 9], 3, id="all that is named"),
        pytest.param({"text": "My lawyers will write", "language": "en"}, [2], 3, id="words inflected"),
        pytest.param({"text": "refunding", "language": "en"}, [2], 3, id="any ending"),
        pytest.param({"importance": 3, "anger": 2, "money": 1000}, [3, 4, 7], 4, id="added up"),
        pytest.param({"importance": 2, "anger": 1, "money": 999}, [], 2, id="not enough of each"),
        pytest.param({"waits_since": NOW - 4 * HOUR}, [5], 3, id="waits"),
        pytest.param({"waits_since": NOW - 3.9 * HOUR}, [], 2, id="not long enough"),
        pytest.param({"kind": "suggestion"}, [6], 1, id="less urgent"),
        pytest.param({"judged": "urgent", "kind": "complaint"}, [1, 8], 4, id="as it reads"),
    ],
)
def test_points_add_up_to_a_priority(facts, held, priority):
    found = reckon(Facts(**facts), CRITERIA, Scale(), NOW)
    assert [pk for pk, _points in found.counted] == held
    assert found.priority == priority


@pytest.mark.parametrize(
    ("waited", "due"),
    [
        pytest.param(None, HOUR, id="nobody waits: now and then"),
        pytest.param(timedelta(0), 4 * HOUR, id="when it is long enough"),
        pytest.param(3 * HOUR, HOUR, id="soon"),
        pytest.param(5 * HOUR, HOUR, id="long enough for all"),
    ],
)
def test_when_time_may_change_it(waited, due):
    since = None if waited is None else NOW - waited
    assert reckon(Facts(waits_since=since), CRITERIA, Scale(), NOW).due_at == NOW + due
    assert reckon(Facts(waits_since=since), CRITERIA[:4], Scale(), NOW).due_at is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("I paid €1,250.50 and then 20 EUR", 1250),
        ("заплатил 15 000 руб.", 15000),
        ("12.990 Ft volt", 12990),
        ("it cost $80", 80),
        ("order 4711 of 2026, 3 pieces", 0),
        ("", 0),
    ],
)
def test_the_largest_amount_of_money(text, amount):
    assert money.most(text) == amount
