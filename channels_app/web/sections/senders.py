"""Whom the desk believes about who wrote."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.web.sections.base import Section, SectionForm


class SendersForm(SectionForm):
    CONFIG: ClassVar[tuple[str, ...]] = ("authserv_id", "passing_on")

    authserv_id = forms.CharField(
        label=_("Server whose check of senders we trust"),
        max_length=400,
        required=False,
        help_text=_("As it stands first in Authentication-Results. Known for the large providers."),
    )
    passing_on = forms.CharField(
        label=_("Senders that pass on what others write"),
        max_length=2000,
        required=False,
        help_text=_(
            "Addresses or domains of contact forms, with commas between them. Reply-To names the customer."
        ),
    )

    def kept(self) -> dict[str, Any]:
        kept = super().kept()
        return {**kept, "passing_on": ", ".join(kept.get("passing_on") or ())}

    def clean_passing_on(self) -> list[str]:
        given = self.cleaned_data["passing_on"].replace(";", ",").split(",")
        return list(dict.fromkeys(one.strip().lower().lstrip("@") for one in given if one.strip()))


SECTION = Section("senders", _("Senders"), SendersForm)
