"""A customer's own requests at the help centre: asked for by mail, read, answered and closed there."""

import hashlib
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app import downloads
from channels_app.files import Missing
from channels_app.messages import Authenticity, InboundMessage, Sender
from helpdesk.rest import pace
from helpdesk.rest.problems import Problem
from knowledge import visiting
from knowledge.models import HelpCentre
from knowledge.web import centre, help, limits, place, rating, visitor
from knowledge.web.contact import FilesField, stored
from tickets import intake, lifecycle, ratings
from tickets.expected import telling
from tickets.inspection import opening
from tickets.models import Customer, Message, Ticket

MAILS_A_MINUTE = 2
View = Callable[..., HttpResponseBase]


class AddressForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    attached = FilesField(label=gettext_lazy("Files"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)


def visiting_customer(view: View) -> View:
    """The view gets the customer; whoever is none is asked for their address."""

    @wraps(view)
    def visited(request: HttpRequest, language: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        customer = visitor.of(request)
        if customer is None:
            return redirect("knowledge:help-requests", language)
        return view(request, language, customer, *args, **kwargs)

    return visited


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(5, "help-link", methods=("POST",))
@place.spoken
def requests(request: HttpRequest, language: str) -> HttpResponse:
    """The visitor's requests, or the question where to send the link; the answer never tells who is known."""
    customer = visitor.of(request)
    form = AddressForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "language": language, "noindex": True}
    context["languages"] = place.elsewhere("knowledge:help-requests")
    context["back"] = back = visitor.way_back(request)
    if customer and back:
        return redirect(visitor.here(back))
    if customer:
        rows = [(row, stage(row)) for row in visiting.requests(customer, centre.current(request))]
        return help.page(request, "requests", customer=customer, rows=rows, **context)
    if request.method == "POST" and form.is_valid():
        _send(form.cleaned_data["email"], language, centre.current(request), back)
        return help.page(request, "sent", email=form.cleaned_data["email"], **context)
    return help.page(request, "address", **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(20, "help-enter")
@place.spoken
def enter(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """The link of the mail: a button lets in, so that programs which look at links do not."""
    customer = visiting.invited(token, centre=centre.current(request))
    back = visitor.way_back(request)
    context = {"language": language, "noindex": True, "valid": customer is not None, "back": back}
    if request.method == "POST" and customer:
        visitor.let_in(request, customer)
        where = reverse("knowledge:help-requests", args=[language])
        return redirect(visitor.here(back) if back else where)
    return help.page(request, "enter", **context)


@require_POST
@place.spoken
def leave(request: HttpRequest, language: str) -> HttpResponse:
    request.session.pop(visitor.SESSION, None)
    return redirect("knowledge:help", language)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(10, "help-answer", methods=("POST",))
@place.spoken
@visiting_customer
def request_page(request: HttpRequest, language: str, customer: Customer, number: int) -> HttpResponse:
    """One request: what was said, and a field to answer."""
    ticket = visiting.request(customer, number, centre.current(request))
    posted = request.method == "POST"
    form = AnswerForm(request.POST, request.FILES) if posted else AnswerForm(initial={"key": uuid.uuid4()})
    said = visiting.messages(customer, ticket)
    if posted and form.is_valid():
        last = next((each.external_id for each in reversed(said) if each.external_id), "")
        message = _answer(customer, ticket, form.cleaned_data, last, language)
        return redirect("knowledge:help-request", language, message.ticket.number)
    return _shown(request, language, ticket, said, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(10, "help-rate", methods=("POST",))
@place.spoken
@visiting_customer
def rate(request: HttpRequest, language: str, customer: Customer, number: int) -> HttpResponse:
    """The customer's word on how it was handled; one that comes too late leads to the page as it is."""
    ticket = visiting.request(customer, number, centre.current(request))
    if request.method != "POST":  # a page with an error was opened anew, or in another language
        return redirect("knowledge:help-request", language, number)
    form = rating.RatingForm(request.POST)
    if not form.is_valid():
        answer = AnswerForm(initial={"key": uuid.uuid4()})
        said = visiting.messages(customer, ticket)
        return _shown(request, language, ticket, said, form=answer, rate_form=form)
    with suppress(ratings.NotNow):
        ratings.rate(ticket, form.cleaned_data["score"], form.cleaned_data["comment"], customer=customer)
    return redirect(f"{reverse('knowledge:help-request', args=[language, number])}#rating")


@require_POST
@limits.at_most(10, "help-answer")
@place.spoken
@visiting_customer
def close(request: HttpRequest, language: str, customer: Customer, number: int) -> HttpResponse:
    """The customer needs nothing more."""
    lifecycle.close(visiting.request(customer, number, centre.current(request)), actor=customer)
    return redirect("knowledge:help-request", language, number)


@never_cache
@require_safe
@place.spoken
@visiting_customer
def file(request: HttpRequest, language: str, customer: Customer, pk: int) -> HttpResponseBase:
    """A file of one's own request, to be saved; one that is held for colleagues is not given."""
    found = visiting.attachment(customer, pk, centre.current(request))
    if not opening.is_open(found):
        raise Http404
    try:
        response = downloads.answer(found.sha256, found.size)
    except Missing as error:
        raise Http404 from error
    response["Content-Type"] = "application/octet-stream"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name or 'file')}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def stage(ticket: Ticket) -> str:
    """Where a request stands, in a customer's words: "received", "working", "yours" or "done"."""
    if ticket.is_finished:
        return "done"
    if ticket.status == Ticket.Status.WAITING:
        return "yours"
    return "received" if ticket.status == Ticket.Status.NEW else "working"


def _shown(
    request: HttpRequest,
    language: str,
    ticket: Ticket,
    said: list[Message],
    *,
    form: AnswerForm,
    rate_form: rating.RatingForm | None = None,
) -> HttpResponse:
    """The page of one request, with the forms as they were filled in."""
    return help.page(
        request,
        "request",
        ticket=ticket,
        stage=stage(ticket),
        said=said,
        told=telling.on_page(ticket, language, timezone.now()),
        form=form,
        language=language,
        noindex=True,
        languages=place.elsewhere("knowledge:help-request", ticket.number),
        rate_url=reverse("knowledge:help-rate", args=[language, ticket.number]),
        **rating.context(ticket, rate_form),
    )


def _send(address: str, language: str, at: HelpCentre, back: str) -> None:
    """One address gets few of these mails, whoever asks."""
    try:
        pace.take(f"help-link-to:{hashlib.sha256(address.lower().encode()).hexdigest()}", MAILS_A_MINUTE)
    except Problem:
        return
    visiting.invite(address, language, centre=at, back=back)


def _answer(customer: Customer, ticket: Ticket, data: dict[str, Any], last: str, language: str) -> Any:
    """The answer on its ticket, by the door that mail comes through; the link has proved who writes."""
    files = tuple(stored(each) for each in data["attached"])
    text = data["text"].replace("\r\n", "\n")
    identity = customer.identities.filter(kind="email").order_by("pk").first()
    inbound = InboundMessage(
        channel_id=ticket.channel_id or 0,
        sender=Sender(identity_kind="email", identity=identity.value if identity else "", language=language),
        external_id=f"{data['key']}@form",
        digest=hashlib.sha256("\x00".join([text, *(each.sha256 for each in files)]).encode()).hexdigest(),
        subject=ticket.subject,
        text=text,
        to=(ticket.channel.address,) if ticket.channel else (),
        references=(last,) if last else (),
        files=files,
        language=language,
        received_at=timezone.now(),
        authenticity=Authenticity.PASS,
    )
    return intake.receive(inbound)
