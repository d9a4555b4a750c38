"""Who has read what, for those who answer for it: by procedure, by person, as a file."""

import csv
from io import StringIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Team
from sop import access, overview, paths
from sop.models import Learner
from sop.overview import Reader, Standing

LONGEST = 100
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute when it stands first in a cell."""


@staff_required
@require_safe
def readers(request: StaffRequest) -> HttpResponse:
    """By procedure or by person; only what is missing, one team, or a name, as one asks."""
    if not access.may_publish(request.user):
        raise PermissionDenied
    asked = request.GET
    team = _team(asked.get("team", ""))
    query = asked.get("q", "").strip()[:LONGEST]
    missing = bool(asked.get("missing"))
    by_person = asked.get("by") == "person"
    found = overview.standings(team=team)
    if "csv" in asked:
        return _file(found)
    people, on_paths = (overview.readers(found), _on_paths()) if by_person else ([], {})
    context: dict[str, Any] = {
        "standings": [] if by_person else [each for each in found if _fits(each, query, missing)],
        "readers": [
            (each, on_paths.get(each.user.pk, ())) for each in people if _fits_person(each, query, missing)
        ],
        "by_person": by_person,
        "teams": Team.objects.order_by("position", "name"),
        "team": team,
        "query": query,
        "missing": missing,
        "left": sum(len(each.missing) for each in found),
    }
    return render(request, "sop/readers.html", context)


def _team(asked: str) -> Team | None:
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 10
    return Team.objects.filter(pk=int(asked)).first() if is_number else None


def _fits(standing: Standing, query: str, missing: bool) -> bool:
    wanted = query.lower() in standing.edition.title.lower()
    return wanted and bool(not missing or standing.missing)


def _fits_person(reader: Reader, query: str, missing: bool) -> bool:
    return query.lower() in reader.user.name.lower() and bool(not missing or reader.waiting)


def _on_paths() -> dict[int, list[paths.Progress]]:
    """Colleague → how far they are on their paths."""
    rows = Learner.objects.filter(path__is_active=True).select_related("path", "user")
    found: dict[int, list[paths.Progress]] = {}
    for each in paths.progress(rows):
        found.setdefault(each.learner.user_id, []).append(each)
    return found


def _file(found: list[Standing]) -> HttpResponse:
    """One line for each colleague and version; with a mark first, by which spreadsheets know UTF-8."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(
        [
            *(_("Procedure"), _("Language"), _("Version"), _("Colleague"), _("E-mail")),
            *(_("To be read since"), _("Read on"), _("Days waited"), _("Times answered")),
        ]
    )
    for standing in found:
        for place in standing.places:
            read_on = timezone.localtime(place.reading.at).date().isoformat() if place.reading else ""
            cells = [
                *(place.edition.title, standing.wording.language, place.edition.number),
                *(place.user.name, place.user.email),
                *(timezone.localtime(place.since).date().isoformat(), read_on),
                *("" if place.reading else place.days, place.tries or ""),
            ]
            rows.writerow([_harmless(each) for each in cells])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="readings.csv"'
    return response


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell
