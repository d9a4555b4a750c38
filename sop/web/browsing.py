"""Where procedures are found and read."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from knowledge import markup
from sop import access, references, shelves, steps, training
from sop.models import Chapter, Wording
from sop.steps import Choice, Step

LONGEST = 200
FOUND = 20
ASKED = ("review", "draft", "due")
"""What those who write look for: what waits to be published, what is begun, what is to be read again."""


@dataclass
class Branch:
    """A category as the tree shows it: with how many procedures there are in it and below."""

    chapter: Chapter
    count: int
    parts: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    """A step as it is read: its text safe to be put out, its ways on by their number."""

    step: Step
    number: int
    html: SafeString
    choices: list[tuple[Choice, int | None]]
    links: list[references.Reference]


@staff_required
@require_safe
def procedures(request: StaffRequest) -> HttpResponse:
    """All procedures by category, or those that answer a question, or that somebody has to look at."""
    user = request.user
    query, asked = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("state", "")
    chapter = Chapter.objects.filter(slug=request.GET.get("category", "")).first()
    if query:
        rows = shelves.find(query, user.language, user, limit=FOUND)
    elif asked in ASKED:
        rows = _asked(user, asked)
    else:
        known = shelves.worded(access.procedures(user).values_list("pk", flat=True), user.language)
        rows = sorted(known.values(), key=_order)
        rows = [row for row in rows if chapter in row.procedure.chapter.path()] if chapter else rows
    context: dict[str, Any] = {"rows": rows, "query": query, "state": asked, "chapter": chapter}
    if "HX-Request" in request.headers:
        return render(request, "sop/_rows.html", context)
    context |= {"tree": _tree(user), "waiting": _waiting(user), "may_publish": access.may_publish(user)}
    return render(request, "sop/procedures.html", context)


@staff_required
@require_safe
def procedure(request: StaffRequest, pk: int) -> HttpResponse:
    """One procedure to be read, in the reader's language or the one asked for."""
    found = access.procedure(request.user, pk)
    asked = request.GET.get("language", "")
    row = shelves.worded([pk], asked, request.user.language).get(pk)
    if row is None:
        return _unpublished(request, pk)
    published = {each.language for each in found.wordings.exclude(published=None)}
    context = {
        "row": row,
        "shown": row.published,
        "procedure": found,
        "steps": steps_shown(steps.read(row.published.steps), request.user) if row.published else [],
        "languages": [(code, name) for code, name in settings.LANGUAGES if code in published],
        "is_due": bool(found.review_on and found.review_on <= timezone.localdate()),
        "needed_for": list(found.needed_for.select_related("parent__parent")),
        "is_waiting": bool(row.published and training.is_waiting(request.user, row.published)),
        "may_confirm": access.may_publish(request.user) or found.owner_id == request.user.pk,
    }
    return render(request, "sop/procedure.html", context)


def steps_shown(rows: list[Step], user: User) -> list[Shown]:
    """Steps with numbers, safe text and what they point to."""
    numbers = {step.key: number for number, step in enumerate(rows, 1)}
    found = references.of([link for step in rows for link in step.links], user)
    return [
        Shown(
            step,
            numbers[step.key],
            mark_safe(markup.clean(step.html)),  # noqa: S308  (cleaned once more)
            [(each, _target(each, numbers, numbers[step.key] + 1)) for each in step.choices],
            [found[link] for link in step.links if link in found],
        )
        for step in rows
    ]


def _target(choice: Choice, numbers: dict[str, int], following: int) -> int | None:
    """The number of the step that a decision leads to; None where it leads to the end."""
    if choice.to == steps.END or (not choice.to and following > len(numbers)):
        return None
    return numbers.get(choice.to, following)


def _unpublished(request: StaffRequest, pk: int) -> HttpResponse:
    """Where there is nothing to be read yet one goes on writing."""
    rows = access.written(request.user).filter(procedure=pk)
    if not rows.exists():
        raise Http404
    return render(request, "sop/unpublished.html", {"rows": rows.order_by("language")})


def _asked(user: User, state: str) -> list[Wording]:
    if state == "due":
        due = access.procedures(user).due(timezone.localdate()).order_by("review_on")
        known = shelves.worded(due.values_list("pk", flat=True), user.language)
        return [known[pk] for pk in due.values_list("pk", flat=True) if pk in known]
    rows = access.written(user).select_related("procedure__chapter__parent", "published")
    return list(rows.filter(state=state).order_by("-updated_at")[:100])


def _waiting(user: User) -> dict[str, int]:
    """How many there are of each sort that somebody has to look at."""
    counted = Counter(access.written(user).values_list("state", flat=True))
    due = access.procedures(user).due(timezone.localdate()).count()
    unread = len(training.waiting(user))
    return {"review": counted["review"], "draft": counted["draft"], "due": due, "unread": unread}


def _tree(user: User) -> list[Branch]:
    """The categories with something in them; counts hold what is below."""
    readable = access.published(user).values_list("procedure__chapter", "procedure").distinct()
    counted = Counter(chapter for chapter, _procedure in readable)
    branches = {each.pk: Branch(each, counted[each.pk]) for each in Chapter.objects.all()}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.chapter.parent_id or 0)
        (above.parts if above else roots).append(branch)
    return [each for each in roots if _summed(each)]


def _summed(branch: Branch) -> int:
    branch.parts = [each for each in branch.parts if _summed(each)]
    branch.count += sum(each.count for each in branch.parts)
    return branch.count


def _order(row: Wording) -> Any:
    procedure = row.procedure
    return [each.position for each in procedure.chapter.path()], procedure.position, procedure.pk
