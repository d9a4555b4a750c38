"""Saved views: made from the filters of a list, changed, put in order and removed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Team, User
from tickets import access, orders, views
from tickets.models import View
from tickets.narrowing import VIEWS
from tickets.web import narrowing, place

ME, EVERYBODY = "me", "everybody"


class ViewForm(narrowing.NarrowForm):
    """A view: its name, whose it is, what it stands on, the filters, the order and the columns."""

    title = forms.CharField(label=pgettext_lazy("of a view", "Name"), max_length=60)
    whose = forms.ChoiceField(label=gettext_lazy("For whom"))
    view = forms.ChoiceField(
        label=gettext_lazy("Out of"), choices=[(view.name, view.title) for view in VIEWS.values()]
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order"), choices=[(order.name, order.title) for order in orders.ORDERS.values()]
    )
    columns = narrowing.Several(
        label=gettext_lazy("Shown in each row"), choices=View.Column.choices, required=False
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        self.teams = [
            team for team in Team.objects.all() if access.may_shape(user, owner_id=None, team_id=team.pk)
        ]
        choices: list[tuple[str, Any]] = [(ME, _("Me"))]
        choices += [(f"team-{team.pk}", team.name) for team in self.teams]
        if access.may_shape(user, owner_id=None, team_id=None):
            choices.append((EVERYBODY, _("Everybody")))
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]
        self.user = user

    def filters(self) -> dict[str, str]:
        """What the view is to hold, in the words of `TicketFilter`."""
        return {**self.words(), "view": self.cleaned_data["view"]}

    def home(self) -> dict[str, Any]:
        """Whose the view is."""
        whose = self.cleaned_data["whose"]
        team = next((team for team in self.teams if whose == f"team-{team.pk}"), None)
        return {"owner": self.user if whose == ME else None, "team": team}

    def blame(self, nonsense: views.Nonsense) -> None:
        for name in nonsense.errors:
            self.add_error(name if name in self.fields else None, _("This filter cannot be."))


@staff_required
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """All views this colleague may use, with a way to change their own."""
    found = [
        (view, access.may_shape(request.user, owner_id=view.owner_id, team_id=view.team_id))
        for view in access.views(request.user).select_related("team")
    ]
    return render(request, "tickets/views.html", {"views": found, "here": "views"})


@staff_required
def new(request: StaffRequest) -> HttpResponse:
    """A new view, filled with the filters that the address holds."""
    if request.method == "POST":
        return _save(request, None, ViewForm(request.POST, user=request.user))
    asked = place.read(request)
    initial = {
        **narrowing.spread(asked.narrow),
        **({"team": str(asked.team)} if asked.team else {}),
        "view": asked.standard.name,
        "order": asked.by,
        "columns": asked.columns,
        "whose": ME,
    }
    return _form(request, None, ViewForm(initial=initial, user=request.user))


@staff_required
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A saved view to be changed; filters in the address stand instead of its own."""
    view = _shapeable(request, pk)
    if request.method == "POST":
        return _save(request, view, ViewForm(request.POST, user=request.user))
    asked = place.read(request, view)
    whose = ME if view.owner_id else f"team-{view.team_id}" if view.team_id else EVERYBODY
    initial = {
        **narrowing.spread(asked.narrow),
        "title": view.title,
        "view": asked.standard.name,
        "order": asked.by,
        "columns": view.columns,
        "whose": whose,
    }
    return _form(request, view, ViewForm(initial=initial, user=request.user))


@staff_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    view = _shapeable(request, pk)
    views.remove(view, actor=request.user)
    messages.success(request, _("The view “%(title)s” is gone. Its tickets are not.") % {"title": view.title})
    return redirect("tickets:views")


def _shapeable(request: StaffRequest, pk: int) -> View:
    view = access.view(request.user, pk)
    if not access.may_shape(request.user, owner_id=view.owner_id, team_id=view.team_id):
        raise PermissionDenied
    return view


def _save(request: StaffRequest, view: View | None, form: ViewForm) -> HttpResponse:
    if not form.is_valid():
        return _form(request, view, form)
    given = {
        "title": form.cleaned_data["title"],
        "order": form.cleaned_data["order"],
        "columns": form.cleaned_data["columns"],
        "filters": form.filters(),
        **form.home(),
    }
    try:
        if view is None:
            view = views.make(actor=request.user, **given)
        else:
            view = views.change(view, actor=request.user, **given)
    except views.Nonsense as nonsense:
        form.blame(nonsense)
        return _form(request, view, form)
    except views.TooManyViews:
        form.add_error(
            None, _("There are %(most)d such views already: remove one first.") % {"most": views.MOST}
        )
        return _form(request, view, form)
    messages.success(request, _("The view “%(title)s” is saved.") % {"title": view.title})
    return redirect(f"{reverse('tickets:list')}?view={view.pk}")


def _form(request: StaffRequest, view: View | None, form: ViewForm) -> HttpResponse:
    context = {"form": form, "view": view, "here": "views"}
    return render(request, "tickets/view.html", context, status=422 if form.errors else 200)
