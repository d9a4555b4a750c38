"""Paths for newcomers, as supervisors make them, give them, and see how far everybody is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Team, User
from sop import access, paths, shelves
from sop.models import LearningPath, PathStop
from sop.web import stepping

Page = require_http_methods(["GET", "HEAD", "POST"])
SHIFTS = {"up": -1, "down": 1, "out": 0}


class PathForm(forms.Form):
    """What a path is called, and to whom it is given."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    about = forms.CharField(label=gettext_lazy("In one sentence"), max_length=300, required=False)
    team = forms.ModelChoiceField(
        Team.objects.all(), label=gettext_lazy("Team"), required=False, empty_label=gettext_lazy("No team")
    )
    on_joining = forms.BooleanField(
        label=gettext_lazy("Give it to everybody who joins the team from now on"), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("on_joining") and not given.get("team"):
            self.add_error("team", _("Which team do they join?"))
        return given


@staff_required
@require_safe
def pathways(request: StaffRequest) -> HttpResponse:
    _for_leads(request)
    rows = LearningPath.objects.select_related("team").prefetch_related("stops", "learners")
    return render(request, "sop/paths.html", {"paths": rows})


@staff_required
@Page
def new(request: StaffRequest) -> HttpResponse:
    return _page(request, LearningPath())


@staff_required
@Page
def path(request: StaffRequest, pk: int) -> HttpResponse:
    """What is on it, who is on it, and how far."""
    return _page(request, _path(request, pk))


@staff_required
@require_POST
def stops(request: StaffRequest, pk: int) -> HttpResponse:
    """One thing more to read, or another place for one."""
    found, given = _path(request, pk), request.POST
    act, _colon, stop = given.get("act", "").partition(":")
    if act in SHIFTS and stop.isascii() and stop.isdecimal() and len(stop) < 10:
        paths.shift(found, int(stop), SHIFTS[act], actor=request.user)
    elif found.stops.count() >= paths.MOST_STOPS:
        messages.error(request, _("A path has at most %(most)d parts.") % {"most": paths.MOST_STOPS})
    elif not _put(request, found):
        messages.error(request, _("Choose what is to be read."))
    return redirect("sop:path", pk)


@staff_required
@require_POST
def learners(request: StaffRequest, pk: int) -> HttpResponse:
    """A colleague is put on the path, or taken off it."""
    found = _path(request, pk)
    asked = request.POST.get("user", "")
    people = User.objects.people().at_work()
    user = get_object_or_404(people, pk=int(asked) if asked.isascii() and asked.isdecimal() else 0)
    if "off" in request.POST:
        paths.take_off(found, user, actor=request.user)
    else:
        paths.give(found, user, actor=request.user)
        messages.success(request, _("%(name)s finds it under New to read.") % {"name": user})
    return redirect("sop:path", pk)


@staff_required
@require_POST
def active(request: StaffRequest, pk: int) -> HttpResponse:
    """A path is put away, or taken up again; what was read stays read."""
    found = _path(request, pk)
    found.is_active = not found.is_active
    found.save(update_fields=["is_active"])
    return redirect("sop:path", pk)


def _page(request: StaffRequest, found: LearningPath) -> HttpResponse:
    _for_leads(request)
    known = {name: getattr(found, name) for name in ("title", "about", "team", "on_joining")}
    form = PathForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        paths.save(found, **form.cleaned_data, actor=request.user)
        messages.success(request, _("Saved."))
        return redirect("sop:path", found.pk)
    context: dict[str, Any] = {"form": form, "path": found}
    if found.pk:
        context |= _content(request, found)
    return render(request, "sop/path.html", context, status=422 if form.errors else 200)


def _content(request: StaffRequest, found: LearningPath) -> dict[str, Any]:
    readable = access.procedures(request.user).values_list("pk", flat=True)
    wordings = shelves.worded(readable, get_language() or "en")
    titles = dict(stepping.articles())
    rows = list(found.stops.select_related("procedure", "article"))
    there = {each.procedure_id for each in rows}
    taken = {str(each.article_id) for each in rows}
    learners_ = list(found.learners.select_related("user", "path", "given_by"))
    on_it = {each.user_id for each in learners_}
    people = User.objects.people().at_work().order_by("name")
    return {
        "stops": [(each, _title(each, wordings, titles)) for each in rows],
        "procedures": sorted(
            ((pk, row.title) for pk, row in wordings.items() if pk not in there), key=lambda each: each[1]
        ),
        "articles": [each for each in titles.items() if each[0] not in taken],
        "progress": paths.progress(learners_),
        "people": [each for each in people if each.pk not in on_it],
    }


def _title(stop: PathStop, wordings: dict[int, Any], titles: dict[str, str]) -> str:
    if stop.procedure_id:
        return wordings[stop.procedure_id].title if stop.procedure_id in wordings else ""
    return titles.get(str(stop.article_id), "")


def _put(request: StaffRequest, found: LearningPath) -> bool:
    """What was chosen is put at the end; False when nothing was that there is."""
    kind, _colon, key = request.POST.get("what", "").partition(":")
    pk = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else 0
    if kind == "procedure" and access.procedures(request.user).filter(pk=pk).exists():
        paths.put(found, procedure=pk, actor=request.user)
        return True
    if kind == "article" and key in dict(stepping.articles()):
        paths.put(found, article=pk, actor=request.user)
        return True
    return False


def _path(request: StaffRequest, pk: int) -> LearningPath:
    _for_leads(request)
    return get_object_or_404(LearningPath, pk=pk)


def _for_leads(request: StaffRequest) -> None:
    if not access.may_publish(request.user):
        raise PermissionDenied
