"""How answers go out."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.web.sections.base import SECURITY, Section, SectionForm, password, port


class SendingForm(SectionForm):
    CONFIG: ClassVar[tuple[str, ...]] = (
        "from_name",
        "smtp_host",
        "smtp_port",
        "smtp_security",
        "smtp_user",
        "plus_addressing",
    )
    SECRETS = ("smtp_password",)
    GUARDED = (("smtp_password", "smtp_host"),)

    from_name = forms.CharField(label=_("Name in the From line"), max_length=80, required=False)
    smtp_host = forms.CharField(label=_("Server"), max_length=253, required=False)
    smtp_port = port(_("Port"), 587)
    smtp_security = forms.ChoiceField(label=_("Encryption"), choices=SECURITY, initial="starttls")
    smtp_user = forms.CharField(label=_("User name"), max_length=254, required=False)
    smtp_password = password(_("Password"))
    plus_addressing = forms.BooleanField(
        label=_("The server takes support+anything@ for support@"), required=False
    )


SECTION = Section("sending", _("Going out"), SendingForm)
