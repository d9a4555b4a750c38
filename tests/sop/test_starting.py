"""The starter set: complete in three languages, added once, found by what customers write."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sop import fitting, shelves, starting, steps, writing
from sop.models import Limit, Procedure, Situation, Wording
from tests.sop.conftest import row

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ru", "hu")


def skeleton(one: starting.Shipped) -> list:
    """What has to be the same in every language."""
    return [
        (step.key, step.optional, [choice.to for choice in step.choices], step.html.count("<tr>"))
        for step in steps.read(one.rows)
    ]


def test_every_language_has_the_same_procedures_with_the_same_steps():
    english = {one.key: skeleton(one) for one in starting.shipped("en")}
    assert len(english) >= 40
    for language in LANGUAGES[1:]:
        assert {one.key: skeleton(one) for one in starting.shipped(language)} == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_leads_nowhere_and_nothing_is_empty(language):
    for path in sorted((starting.FOLDER / language).glob("*.txt")):
        for block in ("\n" + path.read_text()).split("\n# ")[1:]:
            named = set(re.findall(r"^\*\[(\w+)\]", block, re.MULTILINE)) | {"end", "next"}
            led = set(re.findall(r"^\+ .* > (\w+)$", block, re.MULTILINE))
            assert led <= named, (path.name, led - named)
            assert not re.findall(r"^\+(?! .+ > \w+$).*$", block, re.MULTILINE), path.name
    for one in starting.shipped(language):
        assert one.title and one.summary and one.words and 3 <= len(one.rows) <= 12, one.key
        assert len(one.title) <= 160 and len(one.summary) <= 300 and len(one.words) <= 500, one.key
        assert all(len(step["title"]) < steps.LONGEST_TITLE for step in one.rows), one.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_can_be_reached(language):
    for one in starting.shipped(language):
        read = steps.read(one.rows)
        keys = [step.key for step in read]
        after = {
            step.key: {choice.to or following for choice in step.choices} or {following}
            for step, following in zip(read, [*keys[1:], steps.END], strict=True)
        }
        seen, waiting = set(), [keys[0]]
        while waiting:
            seen.add(here := waiting.pop())
            waiting += [key for key in after.get(here, ()) if key not in seen]
        assert set(keys) <= seen, (one.key, set(keys) - seen)


def test_it_is_added_once_and_what_was_changed_stays(sam, alice):
    count = starting.add(actor=sam)
    assert count == Procedure.objects.count() == len(starting.shipped("en"))
    assert Wording.objects.filter(state="published").count() == count * 3
    late = Wording.objects.get(language="en", procedure__key="late-parcel")
    writing.save(late, title="Ours", summary="", words="", rows=late.steps, actor=sam)
    Limit.objects.all().delete()
    assert starting.add(actor=sam) == 0
    assert row(late.published).title == "Ours" and not Limit.objects.exists()
    assert Situation.objects.exclude(procedure=None).count() == Situation.objects.count() >= 8


ASKED = [
    ("delivery times", "en", "delivery-times"),
    ("I was charged two times for the same order", "en", "charged-twice"),
    ("the vase came broken", "en", "damaged-parcel"),
    ("код скидки не принимается", "ru", "coupon-fails"),
    ("сроки доставки", "ru", "delivery-times"),
    ("хочу вернуть товар", "ru", "return-request"),
    ("szállítási idő", "hu", "delivery-times"),
    ("nem tudok belépni a fiókomba", "hu", "login-problem"),
    ("elveszett a csomagom", "hu", "lost-parcel"),
]


def test_added_by_the_command_it_is_found_and_fits_a_ticket(sam, alice, ticket):
    with pytest.raises(CommandError, match="no admin or supervisor"):
        call_command("add_procedures", "alice@desk.example")
    call_command("add_procedures", "sam@desk.example", stdout=StringIO())
    for question, language, key in ASKED:
        found = shelves.find(question, language, sam, limit=3)
        assert key in [each.procedure.key for each in found], question
        assert found[0].language == language, question
    fits = [fit.wording.procedure.key for fit in fitting.find(ticket, alice)]
    assert "late-parcel" in fits[:3] and "wrong-item" not in fits
