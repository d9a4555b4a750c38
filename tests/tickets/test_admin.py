"""Tickets, deliveries, reactions and customers as an admin sees them."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tickets import bin, fates, intake, reactions, replies, search
from tickets.models import Customer, Delivery, Event, Identity, Message, Organisation, Reaction, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, ada):
    client.force_login(ada)
    return client


def listing(model) -> str:
    return reverse(f"admin:tickets_{model._meta.model_name}_changelist")


def act(office, model, action: str, *rows) -> str:
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return office.post(listing(model), data, follow=True).content.decode()


def test_tickets_are_restored_and_it_is_told(office, ticket, written, alice, ada):
    bin.delete(ticket, actor=alice)
    on_desk = intake.receive(written()).ticket
    assert "Done for 1 row." in act(office, Ticket, "restore", ticket, on_desk)
    ticket.refresh_from_db()
    assert ticket.is_on_desk
    assert ticket.events.filter(kind=Event.Kind.FOLDER_CHANGED).last().user == ada
    assert not on_desk.events.filter(kind=Event.Kind.FOLDER_CHANGED).exists()


@pytest.fixture
def failed(ticket, alice) -> Delivery:
    delivery = replies.send(ticket, author=alice, body="Tomorrow", key=uuid4()).deliveries.get()
    fates.delivery_failed(delivery, "no such mailbox")
    return delivery


@pytest.mark.parametrize(("action", "state"), [("resend", "pending"), ("drop", "dropped")])
def test_a_failed_delivery_is_sent_again_or_given_up_once(office, failed, ada, action, state):
    assert "Done for 1 row." in act(office, Delivery, action, failed)
    assert "Done for 0 rows." in act(office, Delivery, action, failed)
    failed.refresh_from_db()
    assert failed.state == state
    assert failed.message.ticket.events.get(kind=Event.Kind.DELIVERY_RETRIED).user == ada


def test_a_reaction_that_was_given_up_is_tried_once_more(office, ticket):
    Reaction.objects.update(parked_at=timezone.now(), attempts=5, error="boom")
    assert reactions.drain() == 0
    act(office, Reaction, "unpark", *Reaction.objects.all())
    assert not Reaction.objects.filter(parked_at__isnull=False).exists()
    assert reactions.drain() > 0
    assert not Reaction.objects.exists()


def test_waiting_reactions_are_left_alone(office, ticket):
    before = list(Reaction.objects.values_list("pk", "due_at"))
    act(office, Reaction, "unpark", *Reaction.objects.all())
    assert list(Reaction.objects.values_list("pk", "due_at")) == before


def test_tickets_are_searched_as_on_the_desk(office, ticket, written):
    other = intake.receive(written(subject="Kettle", text="Broken kettles")).ticket
    search.index(Message.objects.values_list("pk", flat=True))
    for query, found, missed in (("kettle", other, ticket), (f"%23{ticket.number}", ticket, other)):
        content = office.get(f"{listing(Ticket)}?q={query}").content.decode()
        assert f">{found.number}<" in content
        assert f">{missed.number}<" not in content


def test_records_lead_to_each_other(office, ticket, alice):
    message = ticket.messages.get()
    page = office.get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()
    for model in (Message, Event):
        assert f"{listing(model)}?ticket__id__exact={ticket.pk}" in page
    narrowed = f"{listing(Delivery)}?message__ticket__id__exact={ticket.pk}"
    assert narrowed in page
    assert office.get(narrowed).status_code == 200
    assert reverse("admin:tickets_customer_change", args=[ticket.customer_id]) in page
    assert reverse("tickets:ticket", args=[ticket.number]) in page
    listed = office.get(f"{listing(Message)}?ticket__id__exact={ticket.pk}").content.decode()
    assert reverse("admin:tickets_message_change", args=[message.pk]) in listed


def test_mails_words_cannot_become_markup(office, written):
    intake.receive(written(subject="<script>go()</script>", text="<img onerror=go()>"))
    content = office.get(listing(Ticket)).content.decode()
    assert "<script>go()" not in content
    assert "&lt;script&gt;go()" in content


def identity(customer: Customer, value: str, kind: str = "email") -> dict:
    known = customer.identities.get()
    return {
        "name": customer.name,
        "importance": customer.importance,
        "identities-TOTAL_FORMS": "2",
        "identities-INITIAL_FORMS": "1",
        "identities-0-id": known.pk,
        "identities-0-customer": customer.pk,
        "identities-0-kind": known.kind,
        "identities-0-value": known.value,
        "identities-1-customer": customer.pk,
        "identities-1-kind": kind,
        "identities-1-value": value,
    }


def test_a_second_address_is_kept_in_its_one_spelling(office, carol):
    url = reverse("admin:tickets_customer_change", args=[carol.pk])
    assert office.post(url, identity(carol, " Carol@Work.Example ")).status_code == 302
    assert set(carol.identities.values_list("value", flat=True)) == {
        "carol@mail.example",
        "carol@work.example",
    }


def test_an_address_belongs_to_one_customer(office, carol):
    eve = Customer.objects.create(name="Eve")
    Identity.objects.create(customer=eve, kind="email", value="eve@mail.example")
    url = reverse("admin:tickets_customer_change", args=[carol.pk])
    assert office.post(url, identity(carol, "EVE@mail.example")).status_code == 200
    assert carol.identities.count() == 1


def test_domains_have_one_spelling(office):
    form = {"name": "Lakeside", "domains": " @Lakeside.Example, lake.example ,lake.example", "notes": ""}
    assert office.post(reverse("admin:tickets_organisation_add"), form).status_code == 302
    assert Organisation.objects.get().domains == ["lake.example", "lakeside.example"]
