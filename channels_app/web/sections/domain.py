"""What the domain's records say for this mailbox, and what to add to them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.web.sections.base import Section, SectionForm


class DomainForm(SectionForm):
    CONFIG = ("dkim_selectors",)

    dkim_selectors = forms.CharField(
        label=_("DKIM selectors"),
        max_length=200,
        required=False,
        help_text=_("Names of keys to look for beside the usual ones, with commas between them."),
    )


SECTION = Section("domain", _("Domain"), DomainForm)
