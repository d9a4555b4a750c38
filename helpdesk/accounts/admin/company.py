"""The company's own settings, in Django admin."""

from typing import Any

from django.contrib import admin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import Company
from helpdesk.accounts.web.forms import CompanyForm
from helpdesk.showcase import Audited, Explained

BOUNDS = {  # days and minutes
    "reopen_days": (0, 3650),
    "silent_days": (0, 3650),
    "bin_days": (1, 3650),  # what was deleted by mistake can be brought back for a day at least
    "flood_mails": (0, 1_000_000),
    "flood_minutes": (1, 1440),
    "promise_minutes": (1, 10_080),
    "reading_days": (0, 365),
    "audit_days": (30, 36_500),  # nobody wipes away what they did yesterday
}


class WholeCompanyForm(CompanyForm):
    class Meta(CompanyForm.Meta):
        fields = [
            *("name", "language", "time_zone", "open_desk", "reopen_days", "silent_days", "bin_days"),
            *(
                "flood_mails",
                "flood_minutes",
                "promise_minutes",
                "reading_days",
                "day_ends",
                "quote",
                "two_factor",
                "audit_days",
            ),
        ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (least, most) in BOUNDS.items():
            field = self.fields[name]
            field.validators += [MinValueValidator(least), MaxValueValidator(most)]
            field.widget.attrs.update(min=least, max=most)


@admin.register(Company)
class CompanyAdmin(Audited, Explained):
    stays = _("There is one company, and it stays.")
    form = WholeCompanyForm
    list_display = ("name", "open_desk", "reopen_days", "bin_days")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not Company.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = 1  # the one row there is
        super().save_model(request, obj, form, change)
