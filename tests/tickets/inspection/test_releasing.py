"""Held files let go."""

import pytest

from tests.tickets.inspection.test_checking import checked, sent  # noqa: F401  (a fixture)
from tickets.inspection import opening, releasing
from tickets.models import Attachment, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(sent) -> Attachment:  # noqa: F811
    return checked(sent("setup.exe", b"MZ" + bytes(300)))


def test_a_supervisor_releases_and_it_is_told(held, sam):
    releasing.release(held, actor=sam)
    releasing.release(held, actor=sam)
    held.refresh_from_db()
    assert opening.is_open(held) and held.released_by == sam
    told = held.message.ticket.events.filter(kind=Event.Kind.FILE_RELEASED)
    assert [(event.user, event.data) for event in told] == [
        (sam, {"attachment": held.pk, "dangers": ["program"]})
    ]


@pytest.mark.parametrize("person", ["alice", "mallory"])
def test_an_agent_does_not(held, person, request):
    with pytest.raises(releasing.NotYours):
        releasing.release(held, actor=request.getfixturevalue(person))


def test_one_with_a_virus_only_an_admin(held, sam, ada):
    Attachment.objects.filter(pk=held.pk).update(state="infected", virus="X")
    held.refresh_from_db()
    with pytest.raises(releasing.NotYours):
        releasing.release(held, actor=sam)
    releasing.release(held, actor=ada)
    held.refresh_from_db()
    assert held.state == "released"


def test_what_is_not_held_is_left_alone(sent, sam):  # noqa: F811
    file = checked(sent("a.txt", b"x"))
    releasing.release(file, actor=sam)
    file.refresh_from_db()
    assert file.state == "clean" and not Event.objects.filter(kind=Event.Kind.FILE_RELEASED).exists()
