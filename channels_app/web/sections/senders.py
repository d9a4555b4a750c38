"""Whom the desk believes about who wrote."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.web.sections.base import Section, SectionForm


class SendersForm(SectionForm):
    CONFIG: ClassVar[tuple[str, ...]] = ("authserv_id",)

    authserv_id = forms.CharField(
        label=_("Server whose check of senders we trust"),
        max_length=400,
        required=False,
        help_text=_("As it stands first in Authentication-Results. Known for the large providers."),
    )


SECTION = Section("senders", _("Senders"), SendersForm)
