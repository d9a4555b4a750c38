"""What is new and wants to be read, confirmed here or answered about; and the paths of newcomers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from sop import access, paths, questions, steps, training
from sop.models import Edition, PathStop
from sop.web.browsing import steps_shown


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: StaffRequest) -> HttpResponse:
    """What one has still to read, changed passages marked; posted to it is that one has."""
    if request.method == "POST":
        return _confirmed(request, _edition(request, request.POST.get("edition", "")))
    found = training.changes(training.waiting(request.user), request.user)
    context = {
        "changes": [(each, questions.read(each.edition.questions)) for each in found],
        "paths": paths.of(request.user),
        "may_publish": access.may_publish(request.user),
    }
    return render(request, "sop/reading.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """One version whole, to be read and confirmed; answers that were wrong are explained."""
    edition = _edition(request, str(pk))
    if request.method == "POST":
        return _confirmed(request, edition)
    return _shown(request, edition)


@staff_required
@require_POST
def article(request: StaffRequest, pk: int) -> HttpResponse:
    """The article of one's path was read."""
    stops = PathStop.objects.filter(path__learners__user=request.user).exclude(article=None)
    stop = get_object_or_404(stops.select_related("article"), pk=pk)
    if stop.article is None:
        raise Http404
    paths.read_article(stop.article, user=request.user)
    messages.success(request, _("Noted: you have read it."))
    return redirect("sop:reading")


def _edition(request: StaffRequest, asked: str) -> Edition:
    mine = Edition.objects.filter(wording__procedure__in=access.procedures(request.user))
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    return get_object_or_404(mine.select_related("wording__procedure"), pk=pk)


def _confirmed(request: StaffRequest, edition: Edition) -> HttpResponse:
    if edition.questions:
        graded = training.answer(edition, request.POST.dict(), user=request.user)
        if not all(each.is_right for each in graded):
            return _shown(request, edition, graded)
    else:
        training.acknowledge(edition, user=request.user)
    messages.success(request, _("Noted: you have read it."))
    return redirect("sop:reading")


def _shown(
    request: StaffRequest, edition: Edition, graded: list[questions.Graded] | None = None
) -> HttpResponse:
    rows = steps.read(edition.steps)
    numbers = {step.key: number for number, step in enumerate(rows, 1)}
    asked = graded or [questions.Graded(each, None) for each in questions.read(edition.questions)]
    context: dict[str, Any] = {
        "edition": edition,
        "steps": steps_shown(rows, request.user),
        "questions": [(each, numbers.get(each.question.step)) for each in asked],
        "graded": graded is not None,
        "is_read": training.has_read(request.user, edition.wording),
    }
    return render(request, "sop/reading_one.html", context, status=422 if graded else 200)
