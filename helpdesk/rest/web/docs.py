"""The description of the API as a page to read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.rest.problems import CODES
from helpdesk.rest.web import reading


@staff_required
@require_safe
def docs(request: StaffRequest) -> HttpResponse:
    context = {
        "chapters": reading.chapters(),
        "sheets": reading.sheets(),
        "problems": CODES,
        "example": f'curl {request.build_absolute_uri("/api/v1/tickets/")} -H "Authorization: Bearer hd_…"',
        "here": "api",
    }
    return render(request, "rest/docs.html", context)
