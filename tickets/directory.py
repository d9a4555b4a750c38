"""The customers' book: people and organisations as colleagues write them down."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from helpdesk import versions
from helpdesk.accounts.models import User
from tickets import customers, events, fields
from tickets.models import Customer, CustomField, Event, Identity, Organisation


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


class DomainTaken(Exception):
    """Another organisation has this domain."""


class Everybodys(Exception):
    """Anybody may have an address at this domain: it says nothing about an organisation."""


class LastIdentity(Exception):
    """Without any identity nobody could find the customer, or answer them."""


@transaction.atomic
def add_customer(
    values: Mapping[str, Any], identities: Sequence[tuple[str, str]], *, actor: User
) -> Customer:
    """A new customer with these identities, each a kind and a value. Raises Taken and fields.Wrong."""
    customer = Customer.objects.create(**_with_custom(Customer(), values))
    for kind, value in identities:
        _identify(customer, kind, value)
    events.record(None, Event.Kind.CUSTOMER_MADE, actor=actor, customer=customer.pk)
    return customer


@transaction.atomic
def change_customer(
    customer: Customer, given: Mapping[str, Any], *, actor: User, expected: str = ""
) -> Customer:
    """Give the customer these values; of `custom` only those named change, None takes one away.

    `expected` is the version that was read. Raises Stale and fields.Wrong.
    """
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    versions.check(customer, expected)
    changed = _change(customer, _with_custom(customer, given))
    if changed:
        events.record(None, Event.Kind.CUSTOMER_CHANGED, actor=actor, customer=customer.pk, fields=changed)
    return customer


@transaction.atomic
def add_identity(customer: Customer, kind: str, value: str, *, actor: User) -> Identity:
    """From now on who writes from there is this customer; a second time gives the first. Raises Taken."""
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
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
def add_organisation(values: Mapping[str, Any], *, actor: User) -> Organisation:
    """A new organisation, and to it belong the customers who write from its domains and belong to none.

    Raises NameTaken, DomainTaken, Everybodys and fields.Wrong.
    """
    _check(values)
    organisation = Organisation.objects.create(**_with_custom(Organisation(), values))
    _adopt(organisation, organisation.domains, actor)
    events.record(None, Event.Kind.ORGANISATION_MADE, actor=actor, organisation=organisation.pk)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, given: Mapping[str, Any], *, actor: User, expected: str = ""
) -> Organisation:
    """Give the organisation these values; of `custom` only those named change.

    A new domain brings its customers.

    `expected` is the version that was read.
    Raises Stale, NameTaken, DomainTaken, Everybodys and fields.Wrong.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    versions.check(organisation, expected)
    _check(given, but=organisation)
    known = set(organisation.domains)
    changed = _change(organisation, _with_custom(organisation, given))
    if changed:
        kind = Event.Kind.ORGANISATION_CHANGED
        events.record(None, kind, actor=actor, organisation=organisation.pk, fields=changed)
    _adopt(organisation, [each for each in organisation.domains if each not in known], actor)
    return organisation


@transaction.atomic
def remove_organisation(organisation: Organisation, *, actor: User) -> None:
    """Forget an organisation that nobody belongs to. Raises Inhabited."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.customers.exists():
        raise Inhabited(str(organisation))
    events.record(None, Event.Kind.ORGANISATION_REMOVED, actor=actor, organisation=organisation.pk)
    organisation.delete()


def domains(written: Sequence[str]) -> list[str]:
    """Domains as they are kept: in small letters, without @, each once."""
    return list(dict.fromkeys(name for each in written if (name := each.strip().lower().lstrip("@"))))


def _change(row: Model, given: Mapping[str, Any]) -> list[str]:
    """Set what differs, and give the names of it."""
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        row.save(update_fields=changed)
    return sorted(changed)


def _with_custom(row: Customer | Organisation, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values, and among them the custom fields as they are with what is given of them."""
    if "custom" not in given:
        return dict(given)
    owner = CustomField.Of.CUSTOMER if isinstance(row, Customer) else CustomField.Of.ORGANISATION
    return {**given, "custom": fields.changed(owner, row.custom, given["custom"])}


def _check(given: Mapping[str, Any], but: Organisation | None = None) -> None:
    """Whether name and domains are free."""
    others = Organisation.objects.exclude(pk=but.pk) if but else Organisation.objects.all()
    if others.filter(name=given.get("name")).exists():
        raise NameTaken(given["name"])
    for domain in given.get("domains", ()):
        if domain in customers.FREE_MAIL:
            raise Everybodys(domain)
        if others.filter(domains__contains=[domain]).exists():
            raise DomainTaken(domain)


def _adopt(organisation: Organisation, domains: Sequence[str], actor: User) -> None:
    """Customers of these domains who belong nowhere belong to this organisation."""
    at = Q()
    for domain in domains:
        at |= Q(value__endswith=f"@{domain}")
    if not at:
        return
    theirs = Identity.objects.filter(at, kind=Identity.Kind.EMAIL).values("customer")
    found = Customer.objects.living().filter(organisation=None, pk__in=theirs).order_by("pk")
    for customer in found.select_for_update():
        change_customer(customer, {"organisation": organisation}, actor=actor)


def _identify(customer: Customer, kind: str, value: str) -> Identity:
    owner = customers.find(kind, value)
    if owner is not None:
        raise Taken(owner, value)
    identity = Identity.objects.create(customer=customer, kind=kind, value=customers.normalise(kind, value))
    if customer.organisation_id is None and (place := customers.organisation_of(identity.value)):
        customer.organisation = place
        customer.save(update_fields=["organisation"])
    return identity
