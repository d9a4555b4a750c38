"""Custom fields in Django admin: defined by admins, in the languages of the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.showcase import Audited
from tickets.models import CustomField, Ticket

LONGEST_LABEL = 80
MOST_OPTIONS = 200


class CustomFieldForm(forms.ModelForm):
    """A label for each language; a list as lines: the value that is kept, then what it is called."""

    ticket_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("shown on tickets of the kind"),
        choices=Ticket.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: on all tickets."),
    )
    lines = forms.CharField(
        label=gettext_lazy("list"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "One value a line. Behind a bar what it is called in each language, in the order of the "
            "labels above: "
            "gold | Gold | Золотой | Arany"
        ),
    )

    class Meta:
        model = CustomField
        fields = ("of", "key", "kind", "ticket_kinds", "position", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = [code for code, _name in settings.LANGUAGES]
        for code, name in settings.LANGUAGES:
            initial = (self.instance.labels or {}).get(code, "")
            label = _("label in %(language)s") % {"language": _(name)}
            self.fields[f"label_{code}"] = forms.CharField(
                label=label, max_length=LONGEST_LABEL, required=False, initial=initial
            )
        self.fields["lines"].initial = "\n".join(map(self._line, self.instance.options or []))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.instance.labels = {
            code: text for code in self.languages if (text := given.get(f"label_{code}", ""))
        }
        if not self.instance.labels:
            self.add_error(f"label_{self.languages[0]}", _("It needs a label in one language at least."))
        kind = given.get("kind", self.instance.kind)
        self.instance.options = self._options(given.get("lines", "")) if kind in CustomField.LISTED else []
        if kind in CustomField.LISTED and not self.instance.options:
            self.add_error("lines", _("What may be chosen?"))
        if given.get("of", self.instance.of) != CustomField.Of.TICKET:
            given["ticket_kinds"] = []
        return given

    def _line(self, option: dict[str, Any]) -> str:
        return " | ".join(
            [option["value"], *(option.get("labels", {}).get(code, "") for code in self.languages)]
        ).rstrip(" |")

    def _options(self, lines: str) -> list[dict[str, Any]]:
        options: list[dict[str, Any]] = []
        for line in filter(str.strip, lines.splitlines()):
            value, *names = (part.strip() for part in line.split("|"))
            if not value or len(value) > LONGEST_LABEL or "," in value:
                self.add_error("lines", _("This is no value: %(line)s") % {"line": line[:80]})
            elif any(each["value"] == value for each in options):
                self.add_error("lines", _("It is there twice: %(line)s") % {"line": value})
            labels = {
                code: name[:LONGEST_LABEL] for code, name in zip(self.languages, names, strict=False) if name
            }
            options.append({"value": value, "labels": labels})
        if len(options) > MOST_OPTIONS:
            self.add_error("lines", _("At most %(most)d values fit.") % {"most": MOST_OPTIONS})
        return options


@admin.register(CustomField)
class CustomFieldAdmin(Audited):
    """A field keeps its key and what it holds: rows have values by them. Switched off it is shown nowhere."""

    form = CustomFieldForm
    list_display = ("title", "of", "key", "kind", "position", "is_active")
    list_filter = ("of", "kind", "is_active")
    list_editable = ("position",)
    search_fields = ("key", "labels")
    ordering = ("of", "position", "id")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        labels = [f"label_{code}" for code, _name in settings.LANGUAGES]
        names = ["of", "key", "kind", *labels, "lines", "ticket_kinds", "position", "is_active"]
        return [(None, {"fields": names})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The labels are made by the form itself: the admin must not look for them among the columns."""
        return super().get_form(request, obj, change, **{**kwargs, "fields": CustomFieldForm.Meta.fields})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("of", "key", "kind") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its values would stay behind, without a name: it is switched off instead."""
        return False

    @admin.display(description=gettext_lazy("label"), ordering="key")
    def title(self, field: CustomField) -> str:
        return field.title
