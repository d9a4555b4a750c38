"""What people correct is learned: measured on tickets left out, kept in versions, put in use when better."""

import pytest

from channels_app.messages import Sender
from tickets import intake, properties
from tickets.classification import examples, learning, training, vectors
from tickets.classification.examples import Example
from tickets.classification.weighing import Model
from tickets.models import LearnedModel

pytestmark = pytest.mark.django_db
KINDS = ("information", "support", "complaint", "suggestion")
SHIPPED = [
    Example(
        situation=f"{kind} {number}",
        language="en",
        text=f"{kind} {said}",
        answers={"kind": kind, "topic": topic, "priority": priority, "anger": anger},
    )
    for number, (said, topic, priority, anger) in enumerate(
        [("parcel", "delivery", "normal", "0"), ("bill", "payment", "high", "1")]
    )
    for kind in KINDS
]


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Little that ships, so that learning takes no time."""
    monkeypatch.setattr(examples, "shipped_examples", lambda: SHIPPED)
    monkeypatch.setattr(vectors, "of", lambda language: None)
    monkeypatch.setattr(learning, "FEWEST", 8)


def classified(written, actor, times: int) -> None:
    """Tickets in the jargon of this desk, set right by a person."""
    for number in range(times):
        for word, kind in (("gronk", "complaint"), ("flurb", "suggestion")):
            text = f"The {word} of the day, number {number}"
            who = Sender(identity_kind="email", identity=f"customer{number}@mail.example")
            ticket = intake.receive(written(text=text, language="en", sender=who)).ticket
            properties.set_kind(ticket, kind, actor=actor)


def test_the_words_of_a_desk_are_learned_and_put_in_use(written, alice):
    classified(written, alice, 5)
    intake.receive(written(text="The gronk that nobody classified", language="en"))
    (row,) = learning.learn(["en"])
    row.refresh_from_db()
    assert (row.tickets, row.is_used) == (10, True)
    assert row.figures["right"] > 0.8 > row.figures["shipped"]
    assert row.figures["low"] < row.figures["right"] <= row.figures["high"]
    assert learning.learn(["en"]) == [], "nothing is new"


def test_topics_that_people_set_are_learned_without_kinds(written, alice):
    for number in range(5):
        for word, topic in (("gronk", "payment"), ("flurb", "delivery")):
            who = Sender(identity_kind="email", identity=f"customer{number}@mail.example")
            text = f"The {word} of the day, number {number}"
            ticket = intake.receive(written(text=text, language="en", sender=who)).ticket
            properties.set_topic(ticket, topic, actor=alice)
    (row,) = learning.learn(["en"])
    row.refresh_from_db()
    assert (row.tickets, row.is_used) == (10, True)
    learned = Model.loaded(bytes(row.packed)).weigh(training.features("gronk", "en"))
    assert learned.best("topic") == "payment"


def test_what_is_no_better_is_kept_beside(written, alice, monkeypatch):
    classified(written, alice, 5)
    figures = {"right": 0.6, "low": 0.5, "high": 0.7, "shipped": 0.6}
    monkeypatch.setattr(learning, "measured", lambda *_args: figures)
    (row,) = learning.learn(["en"])
    row.refresh_from_db()
    assert not row.is_used


def test_what_one_customer_says_is_not_learned(written, alice):
    for number in range(8):
        text = f"My name is Zebediah, it does not work, {number}"
        ticket = intake.receive(written(text=text, language="en")).ticket
        properties.set_kind(ticket, KINDS[number % 2], actor=alice)
    (row,) = learning.learn(["en"])
    rows = Model.loaded(bytes(row.packed)).tables["kind"].rows
    assert not [name for name in rows if "zeb" in name]


def test_few_tickets_teach_nothing(written, alice):
    classified(written, alice, 3)
    assert learning.learn(["en", "ru"]) == []


def test_old_versions_are_dropped(written, alice, monkeypatch):
    monkeypatch.setattr(learning, "KEPT", 2)
    for number in range(4):
        LearnedModel.objects.create(language="en", version=str(number), packed=b"", tickets=1)
    LearnedModel.objects.filter(version="0").update(is_used=True)
    learning._forget("en")
    assert set(LearnedModel.objects.values_list("version", flat=True)) == {"0", "2", "3"}
