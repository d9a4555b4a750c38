"""What stands below a help centre in Django admin: its domains and its channels."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge import centres
from knowledge.models import CentreChannel, Domain, HelpCentre

PASTED = re.compile(r"^(?:https?://)?([^/]*?)\.?/?$", re.IGNORECASE)


def is_first(centre: HelpCentre) -> bool:
    """Whether it is the one that answers for what is no other's."""
    first = HelpCentre.objects.first()
    return first is None or first.pk == centre.pk


class DomainForm(forms.ModelForm):
    """A name as people paste it, brought to how browsers send it."""

    name = forms.CharField(label=gettext_lazy("Domain"), max_length=300, help_text="help.example.com")

    def clean_name(self) -> str:
        given = PASTED.sub(r"\1", self.cleaned_data["name"].strip()).lower()
        try:
            name = given if given.isascii() else given.encode("idna").decode("ascii")
        except UnicodeError:
            name = given
        if name in centres.of_the_desk():
            raise ValidationError(
                _("This is the desk's own address, where colleagues sign in. Take another name.")
            )
        return name


class DomainInline(admin.TabularInline):
    model = Domain
    form = DomainForm
    extra = 1


class ChannelFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """The contact form's mailbox is one of these: else its requests would show at another centre."""
        super().clean()
        centre: Any = self.instance
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        own = {each["channel"].pk for each in rows if each.get("channel") and not each.get("DELETE")}
        if centre.mailbox_id is None or centre.mailbox_id in own:
            return
        others = CentreChannel.objects.exclude(centre=centre.pk).filter(channel=centre.mailbox_id)
        if not is_first(centre) or others.exists():
            raise ValidationError(_("The mailbox of the contact form has to be among these channels."))


class ChannelInline(admin.TabularInline):
    model = CentreChannel
    formset = ChannelFormSet
    extra = 1
