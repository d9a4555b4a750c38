"""Two customers that are one person: joined, parted, and what came meanwhile."""

import pytest

from channels_app.messages import Sender
from tests.people import Write
from tickets import access, assignment, customers, intake, reactions
from tickets.customers import blocking, erasing, uniting
from tickets.models import Customer, Event, Identity, Message, Ticket, Union

pytestmark = pytest.mark.django_db
HOME = Sender(identity_kind="email", identity="carol@home.example", name="C. Reyes", language="en")


@pytest.fixture
def home(written: Write) -> Ticket:
    """The same Carol, from home."""
    return intake.receive(written(sender=HOME)).ticket


def owners(*tickets: Ticket) -> list[int]:
    return [Ticket.objects.get(pk=each.pk).customer_id for each in tickets]


def test_tickets_messages_and_identities_go_to_the_one_that_goes_on(ticket, home, carol, alice):
    union = uniting.unite(home.customer, carol, actor=alice)
    assert owners(ticket, home) == [carol.pk, carol.pk]
    assert set(Message.objects.values_list("customer", flat=True)) == {carol.pk}
    assert set(carol.identities.values_list("value", flat=True)) == {"carol@mail.example", HOME.identity}
    assert customers.resolve(HOME) == carol
    assert (union.source_id, union.ticket_ids) == (home.customer_id, [home.pk])
    told = Event.objects.get(kind="customers_united")
    assert (told.user, told.data["customer"], told.data["other"]) == (alice, carol.pk, home.customer_id)
    assert home.customer not in access.customers(alice)


def test_what_the_one_lacks_is_taken_from_the_other(ticket, home, carol, alice):
    Customer.objects.filter(pk=carol.pk).update(notes="Kind", custom={"card": "oak"})
    other = Customer.objects.filter(pk=home.customer_id)
    other.update(country="GB", notes="Calls", importance=3, custom={"card": "birch", "number": 7})
    union = uniting.unite(home.customer, carol, actor=alice)
    carol.refresh_from_db()
    assert (carol.name, carol.country, carol.importance) == ("Carol Reyes", "GB", 3)
    assert carol.notes == "Kind\n\nCalls"
    assert carol.custom == {"card": "oak", "number": 7}
    Customer.objects.filter(pk=carol.pk).update(country="FR")
    uniting.part(union, actor=alice)
    carol.refresh_from_db()
    assert (carol.country, carol.notes, carol.importance) == ("FR", "Kind", 1), "what changed since stays"
    assert carol.custom == {"card": "oak"}


def test_parted_each_has_their_own_and_what_came_since_stays(ticket, home, carol, alice, written):
    union = uniting.unite(home.customer, carol, actor=alice)
    since = intake.receive(written(sender=HOME, subject="Since")).ticket
    uniting.part(union, actor=alice)
    uniting.part(union, actor=alice)
    assert owners(ticket, home, since) == [carol.pk, home.customer_id, carol.pk]
    assert customers.resolve(HOME) == home.customer
    assert home.customer in access.customers(alice)
    assert Event.objects.filter(kind="customers_parted").count() == 1


def test_a_chain_is_taken_apart_in_any_order(ticket, home, carol, alice, written):
    third = intake.receive(written(sender=Sender(identity_kind="email", identity="c@work.example"))).ticket
    first = uniting.unite(home.customer, carol, actor=alice)
    second = uniting.unite(carol, third.customer, actor=alice)
    assert owners(ticket, home, third) == [third.customer_id] * 3
    uniting.part(first, actor=alice)
    assert owners(ticket, home, third) == [third.customer_id, home.customer_id, third.customer_id]
    uniting.part(second, actor=alice)
    assert owners(ticket, home, third) == [carol.pk, home.customer_id, third.customer_id]


def test_and_the_other_way_round(ticket, home, carol, alice, written):
    third = intake.receive(written(sender=Sender(identity_kind="email", identity="c@work.example"))).ticket
    first = uniting.unite(home.customer, carol, actor=alice)
    second = uniting.unite(carol, third.customer, actor=alice)
    uniting.part(second, actor=alice)
    assert owners(ticket, home, third) == [carol.pk, carol.pk, third.customer_id]
    uniting.part(first, actor=alice)
    assert owners(ticket, home) == [carol.pk, home.customer_id]


def test_joining_into_one_who_was_joined_goes_to_the_end(home, carol, alice, written):
    third = intake.receive(written(sender=Sender(identity_kind="email", identity="c@work.example"))).ticket
    uniting.unite(home.customer, carol, actor=alice)
    union = uniting.unite(third.customer, home.customer, actor=alice)
    assert union.target_id == carol.pk


def test_one_customer_is_not_two(home, carol, alice):
    with pytest.raises(uniting.CannotUnite):
        uniting.unite(carol, carol, actor=alice)
    uniting.unite(home.customer, carol, actor=alice)
    with pytest.raises(uniting.CannotUnite):
        uniting.unite(carol, home.customer, actor=alice)
    assert Union.objects.count() == 1


def test_who_was_erased_is_joined_with_nobody(home, carol, ada):
    erasing.erase(carol, words=erasing.REDACT, actor=ada)
    with pytest.raises(uniting.CannotUnite):
        uniting.unite(home.customer, carol, actor=ada)


def test_a_mail_that_was_being_read_meanwhile_is_gathered(ticket, home, carol, alice):
    """It knew the customer as they were before."""
    union = uniting.unite(home.customer, carol, actor=alice)
    Ticket.objects.filter(pk=home.pk).update(customer=home.customer_id)
    Identity.objects.create(customer=home.customer, kind="phone", value="+361")
    reactions.drain()
    assert owners(home) == [carol.pk]
    assert customers.find("phone", "+361") == carol
    uniting.part(union, actor=alice)
    assert owners(home) == [home.customer_id]
    assert customers.find("phone", "+361") == home.customer


def test_a_join_shows_nobody_tickets_of_a_team_they_do_not_see(ticket, home, carol, ada, returns, mallory):
    assignment.move(home, returns, actor=ada)
    uniting.unite(home.customer, carol, actor=ada)
    assert [each.pk for each in access.tickets(mallory).filter(customer=carol)] == [home.pk]


def test_the_block_of_the_one_that_goes_on_holds(home, carol, alice, written):
    blocking.block(carol, actor=alice)
    uniting.unite(home.customer, carol, actor=alice)
    assert intake.receive(written(sender=HOME)).ticket.folder == Ticket.Folder.SPAM
