"""Procedures are written by everybody, published by supervisors, and stay as they were followed."""

from datetime import date

import pytest
from django.core import mail

from sop import access, reminding, shelves, writing
from sop.models import Procedure, Wording
from tests.sop.conftest import STEPS, row

pytestmark = pytest.mark.django_db


def saved(wording: Wording, actor, **fields) -> Wording:
    plain = {"title": wording.title, "summary": "", "words": "", "rows": STEPS, "actor": actor}
    return writing.save(wording, **{**plain, **fields})


def test_agents_write_and_supervisors_publish(alice, sam, chapter):
    wording = writing.begin(language="en", title="Late parcel", chapter=chapter, actor=alice)
    saved(wording, alice)
    with pytest.raises(writing.NotAllowed):
        writing.publish(wording, actor=alice)
    writing.ask_review(wording, actor=alice)
    assert Wording.objects.get().state == "review" and not shelves.find("late parcel", "en", alice)
    edition = writing.publish(wording, actor=sam, note="First")
    assert (edition.number, edition.note, edition.steps[1]["choices"][0]["to"]) == (1, "First", "tell")
    assert [each.title for each in shelves.find("late parcel", "en", alice)] == ["Late parcel"]
    assert wording.procedure.owner == alice


def test_what_is_published_stays_until_the_next_version(edition, alice, sam):
    draft = saved(row(edition), alice, title="Changed")
    assert draft.has_changes and draft.published.title == "The parcel has not come"
    second = writing.publish(draft, actor=sam)
    assert second.number == 2 and writing.publish(row(edition), actor=sam) == second
    writing.restore(row(edition), edition, actor=alice)
    assert row(edition).title == "The parcel has not come" and row(edition).state == "draft"


def test_two_who_write_are_told(edition, alice):
    seen = row(edition).updated_at
    saved(row(edition), alice, seen=seen)
    with pytest.raises(writing.ChangedMeanwhile):
        saved(row(edition), alice, seen=seen)


def test_nothing_is_not_published(sam, chapter):
    wording = writing.begin(language="en", title="Empty", chapter=chapter, actor=sam)
    with pytest.raises(writing.NothingToDo):
        writing.publish(wording, actor=sam)


def test_what_is_archived_is_found_no_more(edition, alice, sam):
    with pytest.raises(writing.NotAllowed):
        writing.archive(row(edition), actor=alice)
    writing.archive(row(edition), actor=sam)
    assert not shelves.find("parcel", "en", sam) and row(edition).editions.count() == 1


def test_a_procedure_for_a_team_is_not_read_by_others(guide, orders, alice, mallory, sam):
    edition = guide(teams=[orders])
    pk = edition.wording.procedure_id
    assert access.procedure(alice, pk) and access.procedure(sam, pk)
    assert not access.procedures(mallory).exists() and not shelves.find("parcel", "en", mallory)
    with pytest.raises(writing.NotAllowed):
        writing.place(edition.wording.procedure, actor=alice, teams=[])


def test_it_is_found_in_the_words_of_its_languages(edition, guide, alice):
    guide("Посылка не пришла", language="ru", words="посылка, где заказ", of=edition.wording.procedure)
    assert [each.language for each in shelves.find("где моя посылка", "ru", alice)] == ["ru"]
    assert [each.language for each in shelves.find("lost parcels", "en", alice)] == ["en"]
    assert shelves.worded([edition.wording.procedure_id], "hu")[edition.wording.procedure_id].language == "en"


def test_owners_hear_once_that_it_is_to_be_read_again(edition, alice, sam):
    procedure = Procedure.objects.get()
    assert procedure.review_on is not None
    Procedure.objects.update(review_on=date(2026, 1, 31), owner=alice)
    assert reminding.remind(date(2026, 1, 30)) == 0
    assert reminding.remind(date(2026, 2, 1)) == 1 and reminding.remind(date(2026, 2, 2)) == 0
    assert mail.outbox[-1].to == ["alice@desk.example"] and "The parcel has not come" in mail.outbox[-1].body
    writing.confirm(Procedure.objects.get(), actor=alice)
    assert Procedure.objects.get().reminded_on is None
    assert not Procedure.objects.due(date(2026, 3, 1)).exists()


def test_who_does_not_answer_for_it_does_not_confirm_it(edition, bob):
    with pytest.raises(writing.NotAllowed):
        writing.confirm(edition.wording.procedure, actor=bob)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_months_later(day, months, then):
    assert writing.months_later(day, months) == then
