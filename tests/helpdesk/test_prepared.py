"""Queries compiled once give what the ORM gives."""

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.models import Count
from django.utils import timezone

from channels_app.models import Channel, InboundRecord
from helpdesk.prepared import Lookup, Lookups, insert, insert_all, insert_with, once, update
from tickets.models import Attachment, Customer, Delivery, Identity, Message, Ticket

pytestmark = pytest.mark.django_db

by_value = Lookup(lambda kind, value: Identity.objects.filter(kind=kind, value=value), str, str)
by_key = Lookup(lambda pk: Channel.objects.filter(pk=pk, is_active=True), int)
subjects = Lookup(lambda pk: Ticket.objects.filter(pk=pk).only("subject"), int)


def test_a_lookup_finds_what_the_query_would(carol, mailbox):
    assert by_value("email", "carol@mail.example") == [carol.identities.get()]
    assert by_value("email", "value 1") == []
    assert by_value("email", "carol@mail.example")[0].customer == carol


def test_values_are_converted_as_the_orm_does(mailbox):
    Channel.objects.update(aliases=["info@desk.example"], secrets={"imap_password": "hush"})
    found = by_key(mailbox.pk)[0]
    assert (found.aliases, found.secrets["imap_password"]) == (["info@desk.example"], "hush")
    Channel.objects.update(is_active=False)
    assert by_key(mailbox.pk) == []


def test_columns_left_out_are_fetched_when_asked_for(ticket):
    found = subjects(ticket.pk)[0]
    assert found.get_deferred_fields() > {"preview", "status"}
    assert (found.subject, found.status) == (ticket.subject, "new")


def test_a_changed_row_is_as_if_these_fields_had_been_saved(ticket):
    ticket.subject, ticket.tags, ticket.verdict = "Ё' %s", ["late", 'a "b", c'], {"topic": "warranty"}
    ticket.preview = "not to be saved"
    update(ticket, "subject", "tags", "verdict")
    found = Ticket.objects.get(pk=ticket.pk)
    assert (found.subject, found.tags, found.verdict) == (ticket.subject, ticket.tags, ticket.verdict)
    assert found.preview != ticket.preview


def test_an_inserted_row_is_as_if_it_had_been_saved(carol, mailbox):
    made = insert(Ticket(customer=carol, channel=mailbox, subject="Ё' %s", tags=["late", 'a "b", c']))
    same = Ticket.objects.get(pk=made.pk)
    assert [getattr(same, field.attname) for field in Ticket._meta.fields] == [
        getattr(made, field.attname) for field in Ticket._meta.fields
    ]
    assert made.number >= 1001
    made.subject = "changed"
    made.save()
    assert Ticket.objects.count() == 1


def test_a_broken_constraint_is_told(carol):
    with pytest.raises(IntegrityError):
        insert(Identity(customer=carol, kind="email", value="carol@mail.example"))


def test_two_rows_of_which_one_belongs_to_the_other_are_one_statement(django_assert_num_queries):
    dora = Customer(name="Dora", custom={"tier": "gold"})
    home = Identity(kind="email", value="dora@mail.example")
    with django_assert_num_queries(1):
        insert_with(dora, home, by="customer")
    same, its = Customer.objects.get(pk=dora.pk), Identity.objects.get(pk=home.pk)
    for made, found in ((dora, same), (home, its)):
        for field in made._meta.fields:
            assert getattr(found, field.attname) == getattr(made, field.attname)
    with pytest.raises(IntegrityError):
        insert_with(Customer(), Identity(kind="email", value="dora@mail.example"), by="customer")


def test_what_does_not_change_is_asked_once_within_a_block(mailbox, django_assert_num_queries):
    steady = Lookup(lambda pk: Channel.objects.filter(pk=pk), int, once=True)
    with django_assert_num_queries(1), once():
        assert steady(mailbox.pk) == steady(mailbox.pk) == [mailbox]
    with django_assert_num_queries(2):
        assert steady(mailbox.pk) == steady(mailbox.pk)


letters = Lookup(
    lambda ticket: Message.objects.filter(ticket=ticket).select_related("ticket__customer").order_by("id"),
    int,
)
files = Lookup(lambda messages: Attachment.objects.filter(message__any_of=messages).order_by("id"), list)
counted = Lookup(lambda pk: Ticket.objects.filter(pk=pk).annotate(length=Count("messages")), int)


def test_what_is_joined_in_comes_along(ticket, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = letters(ticket.pk)
        assert [each.ticket.customer.pk for each in found] == [ticket.customer_id]
    assert counted.first(ticket.pk).length == 1
    assert counted.first(2**40) is None


def test_one_statement_finds_the_files_of_any_number_of_messages(ticket):
    message = ticket.messages.get()
    kept = [Attachment.objects.create(message=message, name=name, sha256="0" * 64, size=1) for name in "ab"]
    assert files([message.pk, 5, 6]) == kept
    assert files([]) == []


def test_a_lookup_is_kept_for_each_key(ticket):
    by_status = Lookups(lambda status: Lookup(lambda pk: Ticket.objects.filter(pk=pk, status=status), int))
    assert by_status["new"](ticket.pk) == [ticket]
    assert by_status["closed"](ticket.pk) == []
    assert by_status["new"] is by_status["new"]


def test_many_rows_are_inserted_as_if_each_had_been_saved(carol, mailbox):
    ticket = insert(Ticket(customer=carol, channel=mailbox, subject="Lamp"))
    rows = [
        Message(
            ticket=ticket,
            direction=Message.Direction.OUT,
            channel=mailbox,
            key=uuid4(),
            recipients={"to": ["carol@mail.example"]},
            text=f'Line "{number}"\n Ё \\ %s',
            sent_at=timezone.now(),
        )
        for number in range(3)
    ]
    insert_all(rows)
    for row in rows:
        same = Message.objects.get(pk=row.pk)
        assert [getattr(same, field.attname) for field in Message._meta.fields] == [
            getattr(row, field.attname) for field in Message._meta.fields
        ]
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    insert_all([Delivery(message=row, provider_ids=["a b", "{c}"]) for row in rows])
    assert Delivery.objects.filter(message__in=rows, provider_ids__contains=["{c}"]).count() == 3
    insert_all([])


def test_models_with_bytes_are_not_inserted_as_json(mailbox):
    with pytest.raises(TypeError):
        insert_all([InboundRecord(channel=mailbox)])
