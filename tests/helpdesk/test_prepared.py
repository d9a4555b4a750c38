"""Queries compiled once give what the ORM gives."""

import pytest
from django.db import IntegrityError

from channels_app.models import Channel
from helpdesk.prepared import Lookup, insert
from tickets.models import Identity, Ticket

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
