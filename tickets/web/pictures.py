"""Remote pictures: the pictures themselves, through us, and the permission to fetch them."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from tickets import access
from tickets.models import Message
from tickets.pictures import fetching, permission, waiting
from tickets.web.files import closed
from tickets.web.respond import changed, refused


@staff_required
@require_safe
def picture(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """One picture of a message whose pictures were allowed, fetched by the desk and never by the reader.

    It is named by its place in the mail, not by its address: nobody can have us fetch anything else.
    """
    message = access.message(request.user, pk)
    addresses = waiting.within(message.html).addresses
    if number >= len(addresses) or not addresses[number] or not permission.is_granted(message):
        raise Http404
    found = fetching.fetch(addresses[number])
    if found.trouble:
        raise Http404
    return closed(HttpResponse(found.content, content_type=found.content_type))


@staff_required
@require_POST
def show(request: StaffRequest, pk: int) -> HttpResponse:
    return _changed(request, pk, permission.show)


@staff_required
@require_POST
def show_always(request: StaffRequest, pk: int) -> HttpResponse:
    return _changed(request, pk, permission.show_always)


@staff_required
@require_POST
def hide(request: StaffRequest, pk: int) -> HttpResponse:
    return _changed(request, pk, permission.hide)


def _changed(request: StaffRequest, pk: int, verb: Callable[..., None]) -> HttpResponse:
    message: Message = access.message(request.user, pk)
    actor: User = request.user
    try:
        verb(message, actor=actor)
    except permission.NoSender:
        return refused(request, message.ticket, _("Nobody knows whether this sender is who they say."))
    return changed(request, message.ticket)
