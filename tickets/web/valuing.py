"""One value edited where it stands: asked for, it becomes a form; sent, it is a value again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, directory, fields, properties
from tickets.models import Customer, CustomField, Organisation, Ticket
from tickets.web import value_fields, values
from tickets.web.respond import CHANGED
from tickets.web.values import CUSTOM, Value

Fresh = Callable[[], Sequence[Value]]
reading_or_writing = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Edited:
    """A value under the pen: its field, what stands in it, and how it is saved and shown anew."""

    field: forms.Field
    now: Any
    save: Callable[[Any], object]
    fresh: Fresh
    back: str
    """The page it stands on."""


@staff_required
@reading_or_writing
def of_ticket(request: StaffRequest, number: int, name: str) -> HttpResponse:
    """A custom field of a ticket."""
    ticket = access.ticket(request.user, number)
    custom = _own(CustomField.Of.TICKET, name)

    def save(value: Any) -> None:
        properties.set_custom(ticket, {custom.key: value}, actor=request.user)

    def fresh() -> list[Value]:
        return values.of_ticket(Ticket.objects.get(pk=ticket.pk), [custom])

    back = reverse("tickets:ticket", args=[number])
    edited = Edited(value_fields.CustomValueField(custom), ticket.custom.get(custom.key), save, fresh, back)
    return _edit(request, name, edited)


@staff_required
@reading_or_writing
def of_customer(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """A column or a custom field of a customer."""
    customer = access.customer(request.user, pk)
    own = {} if not name.startswith(CUSTOM) else {name: _own(CustomField.Of.CUSTOMER, name)}

    def fresh() -> list[Value]:
        row = Customer.objects.select_related("organisation").get(pk=pk)
        plain = [values.name_of(row), *values.of_customer(row), values.notes_of(row)]
        return [*plain, *values.customers_own(row, list(own.values()))]

    edited = Edited(
        _field(name, own, value_fields.customers(customer, request.user)),
        _now(customer, name, own),
        lambda value: directory.change_customer(customer, _given(name, own, value), actor=request.user),
        fresh,
        reverse("tickets:customer", args=[pk]),
    )
    return _edit(request, name, edited)


@staff_required
@reading_or_writing
def of_organisation(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """A column or a custom field of an organisation."""
    row = access.organisation(request.user, pk)
    own = {} if not name.startswith(CUSTOM) else {name: _own(CustomField.Of.ORGANISATION, name)}

    def fresh() -> list[Value]:
        now = Organisation.objects.get(pk=pk)
        plain = [*values.of_organisation(now), values.notes_of(now)]
        return [*plain, *values.organisations_own(now, list(own.values()))]

    edited = Edited(
        _field(name, own, value_fields.organisations()),
        _now(row, name, own),
        lambda value: directory.change_organisation(row, _given(name, own, value), actor=request.user),
        fresh,
        reverse("tickets:organisation", args=[pk]),
    )
    return _edit(request, name, edited)


def _edit(request: StaffRequest, name: str, edited: Edited) -> HttpResponse:
    """The form, the value after it was saved, or with `show` the value as it is."""
    form = value_fields.form(edited.field, edited.now, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _saved(form, edited):
        if "HX-Request" not in request.headers:
            return redirect(edited.back)
        response = _shown(request, name, edited, just_saved=True)
        response["HX-Trigger"] = CHANGED
        return response
    if request.method != "POST" and "show" in request.GET and "HX-Request" in request.headers:
        return _shown(request, name, edited, just_saved=True)
    fragment = "_value_form" if "HX-Request" in request.headers else "value"
    names = getattr(edited.field, "names", ())
    ticks = isinstance(edited.field.widget, forms.CheckboxSelectMultiple)
    context = {"form": form, "url": request.path, "back": edited.back, "names": names, "ticks": ticks}
    return render(request, f"tickets/{fragment}.html", context)


def _saved(form: forms.Form, edited: Edited) -> bool:
    """Whether the verb took it; else the form says why not."""
    try:
        edited.save(form.cleaned_data["value"])
    except (fields.Wrong, *REFUSALS) as refusal:
        form.add_error("value", _why(refusal))
        return False
    return True


REFUSALS = (directory.NameTaken, directory.DomainTaken, directory.Everybodys)


def _why(refusal: Exception) -> str:
    if isinstance(refusal, directory.NameTaken):
        return _("Another organisation is called so.")
    if isinstance(refusal, directory.DomainTaken):
        return _("Another organisation has the domain %(domain)s.") % {"domain": refusal}
    if isinstance(refusal, directory.Everybodys):
        return _("Anybody may have an address at %(domain)s.") % {"domain": refusal}
    return str(refusal)


def _shown(request: StaffRequest, name: str, edited: Edited, *, just_saved: bool) -> HttpResponse:
    value = next((each for each in edited.fresh() if each.name == name), None)
    if value is None:
        raise Http404
    return render(request, "tickets/_value.html", {"value": value, "just_saved": just_saved})


def _own(owner: str, name: str) -> CustomField:
    """The custom field in use of this name; raises Http404."""
    wanted = name.removeprefix(CUSTOM)
    found = next((each for each in fields.of(owner) if each.key == wanted), None)
    if found is None or not name.startswith(CUSTOM):
        raise Http404
    return found


def _field(
    name: str, own: Mapping[str, CustomField], columns: Mapping[str, Callable[[], forms.Field]]
) -> forms.Field:
    if name in own:
        return value_fields.CustomValueField(own[name])
    if name not in columns:
        raise Http404
    return columns[name]()


def _now(row: Customer | Organisation, name: str, own: Mapping[str, CustomField]) -> Any:
    """What stands there, as the control shows it."""
    if name in own:
        return row.custom.get(own[name].key)
    value = getattr(row, name, "")
    if isinstance(value, list):
        return ", ".join(value)
    return str(value) if isinstance(value, Organisation) else value


def _given(name: str, own: Mapping[str, CustomField], value: Any) -> dict[str, Any]:
    """What the verb is given."""
    return {"custom": {own[name].key: value}} if name in own else {name: value}
