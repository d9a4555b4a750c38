"""Whom the desk believes about who wrote."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.web.sections.base import Section, SectionForm
from helpdesk import domains


class SendersForm(SectionForm):
    CONFIG: ClassVar[tuple[str, ...]] = ("authserv_id", "passing_on", "forwarders")

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

    forwarders = forms.CharField(
        label=_("Forwarders whose seal is believed"),
        max_length=2000,
        required=False,
        help_text=_(
            "Domains of mailing lists and forwarding services, with commas between them. What they found out "
            "about the sender counts (ARC), if the server above found the seal whole."
        ),
    )

    def kept(self) -> dict[str, Any]:
        kept = super().kept()
        lists = {name: ", ".join(kept.get(name) or ()) for name in ("passing_on", "forwarders")}
        return {**kept, **lists}

    def clean_passing_on(self) -> list[str]:
        return _listed(self.cleaned_data["passing_on"])

    def clean_forwarders(self) -> list[str]:
        named = _listed(self.cleaned_data["forwarders"])
        if wrong := [one for one in named if not domains.registered(one)]:
            raise forms.ValidationError(
                _("These are no domains: %(names)s"), params={"names": ", ".join(wrong)}
            )
        return named


def _listed(text: str) -> list[str]:
    given = text.replace(";", ",").split(",")
    return list(dict.fromkeys(one.strip().lower().lstrip("@") for one in given if one.strip()))


SECTION = Section("senders", _("Senders"), SendersForm)
