"""What a row of each table means: the columns, which record a row is about, and how it is taken in."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.widgets import ForeignKeyWidget

from channels_app.messages import InboundMessage, Sender
from helpdesk.accounts.models import Team, User
from tickets import assignment, customers, intake, lifecycle, properties
from tickets import fields as custom_fields
from tickets.exchange import formats
from tickets.models import Customer, CustomField, Identity, ImportRun, Message, Organisation, Ticket

CUSTOM = "custom."
"""Before the key of a custom field, in the name of its column."""


class ListWidget(widgets.Widget):
    """Several words in one cell, parted by commas."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return [word for part in str(value or "").split(",") if (word := part.strip())]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ", ".join(value or [])


class KnownWidget(ForeignKeyWidget):
    """A record that has to be there already, named by one of its columns."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value, row, **kwargs)
        except self.model.DoesNotExist as missing:
            named = {"what": self.model._meta.verbose_name, "value": value}
            raise ValueError(_("There is no %(what)s called “%(value)s”.") % named) from missing


class CustomColumn(fields.Field):
    """A custom field as a column of its own, `custom.` before its key; an empty cell takes the value away."""

    def __init__(self, custom: CustomField) -> None:
        self.custom = custom
        super().__init__(attribute="custom", column_name=f"{CUSTOM}{custom.key}")

    def get_value(self, instance: Any) -> Any:
        return instance.custom.get(self.custom.key)

    def export(self, instance: Any, **kwargs: Any) -> str:
        value = self.get_value(instance)
        return "" if value is None else custom_fields.written(self.custom, value)

    def clean(self, row: Any, **kwargs: Any) -> Any:
        try:
            return custom_fields.typed(self.custom, str(row[self.column_name]))
        except custom_fields.Wrong as wrong:
            raise ValueError(f"{self.column_name}: {wrong}") from wrong

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        given = {self.custom.key: self.clean(row, **kwargs)}
        instance.custom = custom_fields.changed(self.custom.of, instance.custom, given)


class Table(resources.ModelResource):
    """One row is one record. Only the columns that a file has are taken; the others stay as they are."""

    owner = ""
    """Whose custom fields are columns here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        own = [CustomColumn(custom) for custom in custom_fields.of(self.owner)]
        self.fields |= {column.column_name: column for column in own}

    def rows(self, records: QuerySet[Any]) -> Any:
        """Each record as a mapping of its columns, fetched a chunk at a time."""
        columns = self.get_export_headers()
        for record in records.iterator(chunk_size=500):
            yield dict(zip(columns, self.export_resource(record), strict=True))


class OrganisationTable(Table):
    owner = CustomField.Of.ORGANISATION
    domains = fields.Field("domains", "domains", ListWidget())

    class Meta:
        model = Organisation
        fields = ("name", "domains", "notes")
        import_id_fields = ("name",)
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        clean_model_instances = True


class CustomerTable(Table):
    """A customer is known by any of the addresses in the row."""

    owner = CustomField.Of.CUSTOMER
    emails = fields.Field(column_name="emails")
    phones = fields.Field(column_name="phones")
    organisation = fields.Field("organisation", "organisation", KnownWidget(Organisation, "name"))

    class Meta:
        model = Customer
        fields = (*("name", "emails", "phones", "organisation", "language", "time_zone", "country", "notes"),)
        import_id_fields = ()
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        clean_model_instances = True

    def get_instance(self, instance_loader: Any, row: formats.Row) -> Customer | None:
        found = {customer for kind, value in _identities(row) if (customer := customers.find(kind, value))}
        if len(found) > 1:
            raise ValidationError(_("These addresses belong to different customers."))
        return next(iter(found), None)

    def before_import_row(self, row: formats.Row, **kwargs: Any) -> None:
        if not _identities(row):
            raise ValidationError(_("A customer needs an address in “emails” or “phones”."))

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        known = set(instance.identities.values_list("kind", "value")) if instance.pk else set()
        new = set(_identities(row)) - known
        return not new and super().skip_row(instance, original, row, import_validation_errors)

    def after_save_instance(self, instance: Customer, row: formats.Row, **kwargs: Any) -> None:
        for kind, value in _identities(row):
            Identity.objects.get_or_create(kind=kind, value=value, defaults={"customer": instance})

    def dehydrate_emails(self, customer: Customer) -> str:
        return self._addresses(customer, Identity.Kind.EMAIL)

    def dehydrate_phones(self, customer: Customer) -> str:
        return self._addresses(customer, Identity.Kind.PHONE)

    def _addresses(self, customer: Customer, kind: str) -> str:
        return (
            ", ".join(each.value for each in customer.identities.all() if each.kind == kind)
            if customer.pk
            else ""
        )


class TicketTable(Table):
    """A row with the number of a ticket of the same customer changes it; any other opens a ticket.

    New tickets come in through the door, so that the same file twice opens none twice.
    """

    owner = CustomField.Of.TICKET
    customer = fields.Field(column_name="customer")
    customer_name = fields.Field(column_name="customer_name")
    text = fields.Field(column_name="text")
    team = fields.Field("team", "team", KnownWidget(Team, "name"))
    assignee = fields.Field("assignee", "assignee", KnownWidget(User, "email"))
    tags = fields.Field("tags", "tags", ListWidget())

    class Meta:
        model = Ticket
        fields = (
            *("number", "subject", "customer", "customer_name", "text", "status", "kind", "priority", "team"),
            *("assignee", "tags", "language", "created_at", "resolved_at"),
        )
        import_id_fields = ()
        skip_diff = True

    def get_instance(self, instance_loader: Any, row: formats.Row) -> Ticket | None:
        number = row.get("number", "")
        found = Ticket.objects.filter(number=number).first() if number.isdecimal() else None
        if found and _owner(row) and customers.find(*_owner(row)) != found.customer:  # type: ignore[misc]
            raise ValidationError(_("Ticket %(number)s belongs to another customer.") % {"number": number})
        return found

    def before_import_row(self, row: formats.Row, **kwargs: Any) -> None:
        if not _owner(row):
            raise ValidationError(_("A ticket needs the customer's address in “customer”."))

    def import_field(self, field: Any, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Times are kept by the desk; the rest is checked here and given to the verbs later."""
        if field.column_name in ("number", "created_at", "resolved_at"):
            return
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        errors = dict(import_validation_errors or {})
        for name in ("status", "kind", "priority"):
            try:
                instance._meta.get_field(name).clean(getattr(instance, name), instance)
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        run: ImportRun = kwargs["run"]
        wanted = {
            field.column_name: instance for field in self.get_import_fields() if field.column_name in row
        }
        ticket = _opened(row, run) if is_create else instance
        for name, change in _CHANGES.items():
            if name in wanted and (row[name] or not is_create):
                ticket = _changed(ticket, change, getattr(instance, name), run)
        if own := {name.removeprefix(CUSTOM) for name in wanted if name.startswith(CUSTOM)}:
            given = {key: instance.custom.get(key) for key in own}
            ticket = properties.set_custom(ticket, given, actor=run.user)
        instance.pk = ticket.pk

    def dehydrate_customer(self, ticket: Ticket) -> str:
        return next((each.value for each in ticket.customer.identities.all()), "")

    def dehydrate_customer_name(self, ticket: Ticket) -> str:
        return ticket.customer.name

    def dehydrate_text(self, ticket: Ticket) -> str:
        return next((message.text for message in ticket.opening), "")  # type: ignore[attr-defined]


_CHANGES: dict[str, Any] = {
    "team": assignment.move,
    "assignee": assignment.assign,
    "kind": properties.set_kind,
    "priority": properties.set_priority,
    "tags": properties.set_tags,
    "status": lifecycle.set_status,
}

TABLES: dict[str, type[Table]] = {
    ImportRun.Table.CUSTOMERS: CustomerTable,
    ImportRun.Table.ORGANISATIONS: OrganisationTable,
    ImportRun.Table.TICKETS: TicketTable,
}


def fetched(table: str, records: QuerySet[Any]) -> QuerySet[Any]:
    """The records with all that their rows show, so that a row costs no query of its own."""
    if table == ImportRun.Table.CUSTOMERS:
        return records.select_related("organisation").prefetch_related("identities")
    if table == ImportRun.Table.TICKETS:
        related = records.select_related("customer", "team", "assignee")
        first = Message.objects.filter(direction=Message.Direction.IN).order_by("ticket_id", "id")
        first = first.distinct("ticket_id").only("ticket_id", "text")
        return related.prefetch_related(
            "customer__identities", Prefetch("messages", first, to_attr="opening")
        )
    return records


def _identities(row: formats.Row) -> list[tuple[str, str]]:
    cells = ((Identity.Kind.EMAIL, row.get("emails", "")), (Identity.Kind.PHONE, row.get("phones", "")))
    return [
        (kind.value, customers.normalise(kind, value))
        for kind, cell in cells
        for value in cell.replace(";", ",").split(",")
        if value.strip()
    ]


def _owner(row: formats.Row) -> tuple[str, str] | None:
    value = row.get("customer", "")
    return (Identity.Kind.EMAIL if "@" in value else Identity.Kind.PHONE, value) if value else None


def _changed(ticket: Ticket, change: Any, value: Any, run: ImportRun) -> Ticket:
    try:
        return change(ticket, value, actor=run.user)
    except assignment.CannotTake as refusal:
        raise ValidationError(_("%(name)s may not see this ticket.") % {"name": refusal}) from refusal


def _moment(row: formats.Row, name: str) -> datetime | None:
    try:
        return widgets.DateTimeWidget().clean(row.get(name))
    except ValueError as error:
        raise ValidationError({name: str(error)}) from error


def _opened(row: formats.Row, run: ImportRun) -> Ticket:
    """The ticket of a row, opened by its first message; the same row again is the same message."""
    kind, value = _owner(row) or ("", "")
    digest = hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()
    if run.channel_id is None:
        raise ValidationError(_("Choose the mailbox that answers imported tickets."))
    created = _moment(row, "created_at")
    message: Message = intake.receive(
        InboundMessage(
            channel_id=run.channel_id,
            sender=Sender(identity_kind=kind, identity=value, name=row.get("customer_name", "")[:200]),
            external_id=f"import.{digest}",
            digest=digest,
            subject=row.get("subject", ""),
            text=row.get("text", "") or row.get("subject", ""),
            language=row.get("language", "")[:8],
            sent_at=created,
            bulk=True,  # nobody is told that a message of long ago has come
        )
    )
    if created:
        Ticket.objects.filter(pk=message.ticket_id).update(created_at=created, last_message_at=created)
        Message.objects.filter(pk=message.pk).update(created_at=created)
    return Ticket.objects.get(pk=message.ticket_id)
