"""A procedure on a ticket: the same ticks for everybody, the version kept, deviations with their reason."""

import pytest

from sop import following, writing
from sop.models import Following
from tests.sop.conftest import row
from tickets.models import Event, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(ticket, edition, alice) -> Following:
    return following.begin(ticket, edition, actor=alice)


def told(ticket) -> list[tuple[str, str]]:
    rows = Event.objects.filter(ticket=ticket, kind__startswith="procedure_").order_by("id")
    return [(each.kind, each.data.get("what") or each.data.get("outcome", "")) for each in rows]


def test_it_is_walked_by_two_and_done_as_written(begun, ticket, edition, alice, bob):
    assert following.begin(ticket, edition, actor=bob) == begun
    following.tick(begun, "look", done=True, actor=alice)
    following.tick(begun, "look", done=True, actor=bob)
    following.choose(begun, "moves", "1", actor=bob)
    assert [step.key for step in following.way(begun, begun.marks.all()).steps] == ["look", "moves", "tell"]
    assert not following.is_done(begun, begun.marks.all())
    following.tick(begun, "tell", done=True, actor=alice)
    ended = following.end(begun, actor=alice)
    assert (ended.outcome, ended.edition.number) == ("done", 1)
    assert begun.marks.get(step="look").by == alice
    assert told(ticket) == [
        ("procedure_begun", ""),
        ("procedure_marked", "done"),
        ("procedure_marked", "chosen"),
        ("procedure_marked", "done"),
        ("procedure_ended", "done"),
    ]
    assert Event.objects.filter(ticket=ticket, data__edition=edition.pk).count() == 5


def test_the_version_that_was_begun_is_followed_to_its_end(begun, edition, sam):
    changed = [{"key": "only", "title": "Only this"}]
    writing.save(row(edition), title="New", summary="", words="", rows=changed, actor=sam)
    writing.publish(row(edition), actor=sam)
    following.tick(begun, "look", done=True, actor=sam)
    with pytest.raises(following.NoSuchStep):
        following.tick(begun, "only", done=True, actor=sam)


def test_leaving_out_asks_for_a_reason_and_is_a_note(begun, ticket, alice):
    with pytest.raises(following.NoReason):
        following.leave_out(begun, "look", reason=" ", actor=alice)
    following.leave_out(begun, "look", reason="The carrier's page is down", actor=alice)
    note = Message.objects.get(ticket=ticket, direction="note")
    assert "The carrier's page is down" in note.text and begun.marks.get().note == note
    following.choose(begun, "moves", "1", actor=alice)
    following.tick(begun, "tell", done=True, actor=alice)
    with pytest.raises(following.NoReason):
        following.end(begun, actor=alice)
    assert following.end(begun, reason="Enough", actor=alice).outcome == "otherwise"


def test_what_is_only_if_needed_is_not_missed(begun, alice):
    for step in ("look", "search", "tell"):
        following.tick(begun, step, done=True, actor=alice)
    following.choose(begun, "moves", "2", actor=alice)
    assert following.is_done(begun, begun.marks.all())


def test_an_undone_decision_is_open_again(begun, alice):
    following.choose(begun, "moves", "2", actor=alice)
    following.tick(begun, "moves", done=False, actor=alice)
    assert not following.way(begun, begun.marks.all()).is_whole
    with pytest.raises(following.NoSuchStep):
        following.choose(begun, "moves", "7", actor=alice)


def test_what_was_ended_is_taken_up_first(begun, ticket, edition, alice):
    following.end(begun, reason="Found meanwhile", actor=alice)
    with pytest.raises(following.Ended):
        following.tick(begun, "look", done=True, actor=alice)
    following.resume(begun, actor=alice)
    following.tick(begun, "look", done=True, actor=alice)
    following.end(begun, reason="Again", actor=alice)
    anew = following.begin(ticket, edition, actor=alice)
    assert anew != begun and following.resume(begun, actor=alice) == anew
