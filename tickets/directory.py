"""The customers' book: people and organisations as colleagues write them down."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from helpdesk import versions
from helpdesk.accounts.models import User
from tickets import customers, events
from tickets.models import Customer, Event, Identity, Organisation


class Taken(Exception):
    """The address belongs to a customer already; `owner` is who."""

    def __init__(self, owner: Customer, value: str) -> None:
        super().__init__(value)
        self.owner = owner
        self.value = value


class NameTaken(Exception):
    """Another organisation is called so."""


class Inhabited(Exception):
    """Customers belong to the organisation."""


class LastIdentity(Exception):
    """Without any identity nobody could find the customer, or answer them."""


@transaction.atomic
def add_customer(
    fields: Mapping[str, Any], identities: Sequence[tuple[str, str]], *, actor: User
) -> Customer:
    """A new customer with these identities, each a kind and a value. Raises Taken."""
    customer = Customer.objects.create(**fields)
    for kind, value in identities:
        _identify(customer, kind, value)
    events.record(None, Event.Kind.CUSTOMER_MADE, actor=actor, customer=customer.pk)
    return customer


@transaction.atomic
def change_customer(
    customer: Customer, given: Mapping[str, Any], *, actor: User, expected: str = ""
) -> Customer:
    """Give the customer these values; `expected` is the version that was read. Raises Stale."""
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    versions.check(customer, expected)
    changed = _change(customer, given)
    if changed:
        events.record(None, Event.Kind.CUSTOMER_CHANGED, actor=actor, customer=customer.pk, fields=changed)
    return customer


@transaction.atomic
def add_identity(customer: Customer, kind: str, value: str, *, actor: User) -> Identity:
    """From now on who writes from there is this customer; a second time gives the first. Raises Taken."""
    Customer.objects.select_for_update().get(pk=customer.pk)
    known = customer.identities.filter(kind=kind, value=customers.normalise(kind, value)).first()
    if known:
        return known
    identity = _identify(customer, kind, value)
    events.record(None, Event.Kind.CUSTOMER_CHANGED, actor=actor, customer=customer.pk, fields=["identities"])
    return identity


@transaction.atomic
def remove_identity(identity: Identity, *, actor: User) -> None:
    """Who writes from there from now on is somebody else. Raises LastIdentity."""
    customer = Customer.objects.select_for_update().get(pk=identity.customer_id)
    if not customer.identities.exclude(pk=identity.pk).exists():
        raise LastIdentity(str(identity))
    identity.delete()
    events.record(None, Event.Kind.CUSTOMER_CHANGED, actor=actor, customer=customer.pk, fields=["identities"])


@transaction.atomic
def add_organisation(fields: Mapping[str, Any], *, actor: User) -> Organisation:
    """A new organisation. Raises NameTaken."""
    _check_name(fields)
    made = Organisation.objects.create(**fields)
    events.record(None, Event.Kind.ORGANISATION_MADE, actor=actor, organisation=made.pk)
    return made


@transaction.atomic
def change_organisation(
    organisation: Organisation, given: Mapping[str, Any], *, actor: User, expected: str = ""
) -> Organisation:
    """Give the organisation these values; `expected` is the version that was read.

    Raises Stale and NameTaken.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    versions.check(organisation, expected)
    _check_name(given, but=organisation)
    changed = _change(organisation, given)
    if changed:
        told: dict[str, Any] = {"organisation": organisation.pk, "fields": changed}
        events.record(None, Event.Kind.ORGANISATION_CHANGED, actor=actor, **told)
    return organisation


@transaction.atomic
def remove_organisation(organisation: Organisation, *, actor: User) -> None:
    """Forget an organisation that nobody belongs to. Raises Inhabited."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.customers.exists():
        raise Inhabited(str(organisation))
    events.record(None, Event.Kind.ORGANISATION_REMOVED, actor=actor, organisation=organisation.pk)
    organisation.delete()


def _change(row: Model, given: Mapping[str, Any]) -> list[str]:
    """Set what differs, and give the names of it."""
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        row.save(update_fields=changed)
    return sorted(changed)


def _check_name(fields: Mapping[str, Any], but: Organisation | None = None) -> None:
    namesakes = Organisation.objects.filter(name=fields.get("name"))
    if but is not None:
        namesakes = namesakes.exclude(pk=but.pk)
    if namesakes.exists():
        raise NameTaken(fields["name"])


def _identify(customer: Customer, kind: str, value: str) -> Identity:
    owner = customers.find(kind, value)
    if owner is not None:
        raise Taken(owner, value)
    return Identity.objects.create(customer=customer, kind=kind, value=customers.normalise(kind, value))
