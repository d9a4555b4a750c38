"""Who a sender is."""

import threading

import pytest
from django.db import IntegrityError, connection

from channels_app.messages import Sender
from tickets import customers
from tickets.models import Customer, Identity, Organisation

pytestmark = pytest.mark.django_db


def sender(identity: str, name: str = "", kind: str = "email", language: str = "") -> Sender:
    return Sender(identity_kind=kind, identity=identity, name=name, language=language)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("email", " Carol@Mail.Example ", "carol@mail.example"),
        ("email", "Иван@Пример.рф", "иван@пример.рф"),
        ("email", "a" * 300 + "@mail.example", "a" * 254),
        ("phone", "+36 (1) 234-5678", "+3612345678"),
        ("phone", "06 1 234 5678", "0612345678"),
    ],
)
def test_an_identity_has_one_spelling(kind, given, kept):
    assert customers.normalise(kind, given) == kept
    assert customers.normalise(kind, kept) == kept


def test_an_unknown_sender_is_met_once():
    first = customers.resolve(sender("dora@mail.example", "Dora", language="hu"))
    again = customers.resolve(sender("DORA@mail.example"))
    assert first == again
    assert (first.name, first.language) == ("Dora", "hu")
    assert Identity.objects.get().value == "dora@mail.example"


def test_a_name_that_is_known_is_not_overwritten(carol):
    customers.resolve(sender("carol@mail.example", "Somebody Else"))
    carol.refresh_from_db()
    assert carol.name == "Carol Reyes"


def test_a_name_that_was_missing_is_filled_in():
    nameless = customers.resolve(sender("dora@mail.example"))
    assert customers.resolve(sender("dora@mail.example", "Dora")).name == "Dora"
    nameless.refresh_from_db()
    assert nameless.name == "Dora"


def test_further_identities_lead_to_the_same_customer(carol):
    Identity.objects.create(customer=carol, kind="email", value="carol@work.example")
    Identity.objects.create(customer=carol, kind="phone", value="+3612345678")
    assert customers.resolve(sender("Carol@Work.example")) == carol
    assert customers.find("phone", "+36 1 234 5678") == carol
    assert customers.find("email", "+36 1 234 5678") is None


@pytest.mark.parametrize(
    ("address", "belongs"),
    [
        ("ann@lakeside.example", True),
        ("ann@LAKESIDE.example", True),
        ("ann@gmail.com", False),
        ("ann@other.example", False),
    ],
)
def test_a_domain_tells_the_organisation_unless_anybody_may_write_from_it(address, belongs):
    lakeside = Organisation.objects.create(name="Lakeside", domains=["lakeside.example", "gmail.com"])
    assert (customers.resolve(sender(address)).organisation == lakeside) is belongs


@pytest.mark.django_db(transaction=True)
def test_two_mails_of_a_stranger_at_once_meet_one_customer():
    start, met = threading.Barrier(4), []

    def work() -> None:
        start.wait()
        try:
            met.append(customers.resolve(sender("eve@mail.example", "Eve")))
        except IntegrityError:  # who loses the race has left nothing behind and calls again
            met.append(customers.resolve(sender("eve@mail.example", "Eve")))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert len(met) == 4
    assert set(met) == {Customer.objects.get()}
