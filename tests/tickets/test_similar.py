"""Similar tickets: by the rare words of the subject, of others, and only those one may see."""

import pytest

from channels_app.messages import Sender
from tickets import intake, search, similar
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


def asks(written, name: str, subject: str) -> Ticket:
    sender = Sender(identity_kind="email", identity=f"{name}@mail.example", name=name)
    ticket = intake.receive(written(sender=sender, subject=subject, text="Hello")).ticket
    search.index(Message.objects.filter(ticket=ticket).values_list("pk", flat=True))
    return ticket


def test_those_with_the_most_rare_words_come_first(written, alice):
    mine = asks(written, "carol", "Marlow lamp flickers at night")
    one = asks(written, "dan", "The lamp is too bright")
    two = asks(written, "eve", "My Marlow lamp flickers")
    asks(written, "finn", "Where is my parcel?")
    assert similar.find(mine, alice) == [two, one]


def test_the_same_customer_s_and_what_one_may_not_see_are_left_out(written, alice, returns):
    mine = asks(written, "carol", "Marlow lamp flickers")
    asks(written, "carol", "Marlow lamp flickers again")
    theirs = asks(written, "eve", "Marlow lamp flickers")
    Ticket.objects.filter(pk=theirs.pk).update(team=returns)
    assert similar.find(mine, alice) == []


def test_inflected_words_are_the_same(written, alice):
    mine = asks(written, "carol", "Лампа мерцает")
    other = asks(written, "dan", "Две лампы мерцают")
    Message.objects.update(language="ru")
    search.index(Message.objects.values_list("pk", flat=True))
    assert similar.find(mine, alice) == [other]


def test_common_words_find_nothing(written, alice, monkeypatch):
    monkeypatch.setattr(similar, "RARE", 0)
    mine = asks(written, "carol", "parcel")
    for number in range(7):
        asks(written, f"x{number}", "parcel")
    assert similar.find(mine, alice) == []


@pytest.mark.parametrize("subject", ["", "???", "' | \\ & !"])
def test_odd_subjects_find_nothing(written, alice, subject):
    assert similar.find(asks(written, "carol", subject), alice) == []
