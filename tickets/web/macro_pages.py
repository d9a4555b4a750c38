"""Macros as they are kept: listed, made, changed and removed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, macros, placeholders
from tickets.macros.keeping import MOST
from tickets.models import Macro
from tickets.web import macro_words
from tickets.web.macro_forms import MINE, MacroForm, initial


@staff_required
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """All macros this colleague may run, with a way to change those they may."""
    rows = [
        (macro, macro_words.summary(macro), _may(request, macro), macros.missing(macro, request.user))
        for macro in access.macros(request.user).select_related("team")
    ]
    return render(request, "tickets/macros.html", {"macros": rows, "here": "macros"})


@staff_required
def new(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request, None, MacroForm(request.POST, user=request.user))
    return _form(request, None, MacroForm(initial={"whose": MINE}, user=request.user))


@staff_required
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    macro = _shapeable(request, pk)
    if request.method == "POST":
        return _save(request, macro, MacroForm(request.POST, user=request.user))
    return _form(request, macro, MacroForm(initial=initial(macro), user=request.user))


@staff_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    macro = _shapeable(request, pk)
    macros.remove(macro, actor=request.user)
    messages.success(request, _("The macro “%(title)s” is gone.") % {"title": macro.title})
    return redirect("tickets:macros")


def _may(request: StaffRequest, macro: Macro) -> bool:
    return access.may_shape(request.user, owner_id=macro.owner_id, team_id=macro.team_id)


def _shapeable(request: StaffRequest, pk: int) -> Macro:
    macro = access.macro(request.user, pk)
    if not _may(request, macro):
        raise PermissionDenied
    return macro


def _save(request: StaffRequest, macro: Macro | None, form: MacroForm) -> HttpResponse:
    if not form.is_valid():
        return _form(request, macro, form)
    given = {"title": form.cleaned_data["title"], "steps": form.steps(), **form.home()}
    try:
        if macro is None:
            macro = macros.make(given.pop("title"), actor=request.user, **given)
        else:
            macro = macros.change(macro, actor=request.user, **given)
    except macros.Nonsense as nonsense:
        form.blame(nonsense)
        return _form(request, macro, form)
    except macros.TooManyMacros:
        form.add_error(None, _("There are %(most)d such macros already: remove one first.") % {"most": MOST})
        return _form(request, macro, form)
    messages.success(request, _("The macro “%(title)s” is saved.") % {"title": macro.title})
    return redirect("tickets:macros")


def _form(request: StaffRequest, macro: Macro | None, form: MacroForm) -> HttpResponse:
    context = {"form": form, "macro": macro, "here": "macros", "placeholders": placeholders.NAMES.items()}
    return render(request, "tickets/macro.html", context, status=422 if form.errors else 200)
