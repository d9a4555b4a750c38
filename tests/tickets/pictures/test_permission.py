"""Who allowed which pictures."""

import pytest

from channels_app.messages import Authenticity, Sender
from tickets import intake
from tickets.models import Event, Message, PicturePermission
from tickets.pictures import permission

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(written) -> Message:
    return intake.receive(written(html='<img data-src="https://far.example/p.png">'))


def told(message: Message) -> list[str]:
    events = message.ticket.events.filter(kind=Event.Kind.PICTURES_CHANGED).order_by("id")
    return [event.data["what"] for event in events]


def test_pictures_of_one_message(mail, written, alice):
    other = intake.receive(written())
    permission.show(mail, actor=alice)
    permission.show(mail, actor=alice)
    assert permission.granted([mail, other]) == {mail.pk: "shown"}
    assert told(mail) == ["shown"]


def test_pictures_of_a_sender_until_that_is_taken_back(mail, written, alice, bob):
    permission.show_always(mail, actor=alice)
    later = intake.receive(written(sender=Sender(identity_kind="email", identity="Carol@Mail.example")))
    stranger = intake.receive(written(sender=Sender(identity_kind="email", identity="dan@mail.example")))
    assert permission.granted([mail, later, stranger]) == {mail.pk: "always", later.pk: "always"}
    permission.hide(later, actor=bob)
    permission.hide(later, actor=bob)
    assert permission.granted([mail, later]) == {} and not PicturePermission.objects.exists()
    assert told(mail) + told(later) == ["always", "hidden"]


def test_a_forged_sender_profits_from_no_trust(mail, written, alice):
    permission.show_always(mail, actor=alice)
    forged = intake.receive(written(authenticity=Authenticity.FAIL))
    assert permission.granted([forged]) == {}
    with pytest.raises(permission.NoSender):
        permission.show_always(forged, actor=alice)
    permission.show(forged, actor=alice)
    assert permission.is_granted(forged)
