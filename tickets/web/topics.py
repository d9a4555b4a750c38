"""What a ticket is about: a menu of the desk's topics, asked for when it is opened."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, properties
from tickets.classification import topics
from tickets.web.forms import TopicForm
from tickets.web.respond import changed, refused


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: StaffRequest, number: int) -> HttpResponse:
    """The topics, a page of their own or the menu below the button; one of them is given to the ticket."""
    ticket = access.ticket(request.user, number)
    if request.method != "POST":
        name = "_topic_menu" if "HX-Request" in request.headers else "topic"
        return render(request, f"tickets/{name}.html", {"ticket": ticket, "topics": topics.offered()})
    form = TopicForm(request.POST)
    if not form.is_valid():
        return refused(request, ticket, _("That is not possible."))
    before, value = ticket.topic, form.cleaned_data["value"]
    properties.set_topic(ticket, value, actor=request.user)
    undo = {"url": reverse("tickets:topic", args=[ticket.number]), "name": "value", "value": before}
    said = _("#%(number)d has another topic.") % {"number": ticket.number}
    return changed(request, ticket, said, undo if before != value else None)
