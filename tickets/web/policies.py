"""The policies of times as admins keep them; what a change would do is said before it is saved."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from helpdesk import versions
from helpdesk.accounts.guard import StaffRequest, admin_required
from tickets.models import Customer, SlaEdition, SlaPolicy, Ticket
from tickets.sla import forecast, keeping, terms
from tickets.sla.forecast import Forecast
from tickets.sla.terms import Terms
from tickets.web import clock_words, times
from tickets.web.policy_forms import PolicyForm


@admin_required
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """The policies in order, and whether the open tickets have been gone through by them."""
    related = ("channel", "organisation", "team", "calendar")
    rows = [(each, _holds(each), _targets(each)) for each in SlaPolicy.objects.select_related(*related)]
    edition = SlaEdition.objects.order_by("-id").first()
    context = {"policies": rows, "going": edition and edition.finished_at is None, "here": "policies"}
    return render(request, "tickets/policies.html", context)


@admin_required
def new(request: StaffRequest) -> HttpResponse:
    return _change(request, SlaPolicy())


@admin_required
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    return _change(request, get_object_or_404(SlaPolicy, pk=pk))


@admin_required
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked once more, with what it would do."""
    policy = get_object_or_404(SlaPolicy, pk=pk)
    if request.method == "POST":
        keeping.remove(policy, actor=request.user)
        messages.success(request, _("The policy “%(name)s” is gone.") % {"name": policy.name})
        return redirect("tickets:policies")
    told = told_of(forecast.without(policy))
    return render(
        request, "tickets/policy_removal.html", {"policy": policy, "told": told, "here": "policies"}
    )


def _change(request: StaffRequest, policy: SlaPolicy) -> HttpResponse:
    """Saved at the second time, unless nothing open would change: the first says what it would do."""
    now = versions.of(policy) if policy.pk else ""
    if request.method != "POST":
        return _form(request, policy, PolicyForm(instance=policy), version=now)
    version = request.POST.get("version", "")
    form = PolicyForm(request.POST, instance=policy)
    if not form.is_valid():
        return _form(request, policy, form, version=version)
    if version and version != now:
        return _form(request, policy, form, version=now, stale=True)
    place = form.cleaned_data["place"]
    if "look" in request.POST or request.POST.get("seen") != seal(request.POST):
        found = forecast.forecast(forecast.with_policy(form.instance, place), timezone.now())
        if not found.is_empty or "look" in request.POST:
            return _form(request, policy, form, told=said(found), version=version)
    try:
        keeping.save(form.instance, place=place, actor=request.user, expected=version)
    except versions.Stale:
        now = versions.of(SlaPolicy.objects.get(pk=policy.pk))
        return _form(request, policy, form, version=now, stale=True)
    messages.success(request, _("The policy “%(name)s” is saved.") % {"name": form.instance.name})
    return redirect("tickets:policies")


def _form(
    request: StaffRequest,
    policy: SlaPolicy,
    form: PolicyForm,
    *,
    version: str,
    told: dict[str, Any] | None = None,
    stale: bool = False,
) -> HttpResponse:
    title = SlaPolicy.objects.filter(pk=policy.pk).values_list("name", flat=True).first() if policy.pk else ""
    context = {
        "form": form,
        "policy": policy,
        "title": title,
        "told": told,
        "seen": seal(request.POST) if told else "",
        "version": version,
        "stale": stale,
        "here": "policies",
    }
    status = 422 if form.errors else 409 if stale else 200
    return render(request, "tickets/policy.html", context, status=status)


def seal(given: QueryDict) -> str:
    """Tells whether a form was changed since what it would do was looked at."""
    apart = {"csrfmiddlewaretoken", "seen", "look", "version"}
    plain = sorted((name, values) for name, values in given.lists() if name not in apart)
    return hashlib.sha256(repr(plain).encode()).hexdigest()[:16]


def told_of(proposed: Sequence[Terms]) -> dict[str, Any]:
    return said(forecast.forecast(proposed, timezone.now()))


def said(found: Forecast) -> dict[str, Any]:
    """What would change, as sentences, each with some of the tickets."""
    words = {
        forecast.BREACHED: lambda n: ngettext(
            "%(count)d ticket would be overdue at once", "%(count)d tickets would be overdue at once", n
        ),
        forecast.EARLIER: lambda n: ngettext(
            "%(count)d ticket would be due earlier", "%(count)d tickets would be due earlier", n
        ),
        forecast.LATER: lambda n: ngettext(
            "%(count)d ticket would be due later", "%(count)d tickets would be due later", n
        ),
        forecast.BEGUN: lambda n: ngettext(
            "%(count)d ticket would get a due time", "%(count)d tickets would get a due time", n
        ),
        forecast.GONE: lambda n: ngettext(
            "%(count)d ticket would have no due time", "%(count)d tickets would have no due time", n
        ),
    }
    lines = [
        {
            "text": tell(count) % {"count": count},
            "tone": "danger" if name == forecast.BREACHED else "",
            "numbers": found.examples[name],
            "more": count > len(found.examples[name]),
        }
        for name, tell in words.items()
        if (count := found.counts.get(name, 0))
    ]
    return {"lines": lines, "looked_at": found.looked_at, "is_all": found.is_all}


def _holds(policy: SlaPolicy) -> str:
    """For which tickets, in words."""
    kinds, priorities = dict(Ticket.Kind.choices), dict(Ticket.Priority.choices)
    importances = dict(Customer.Importance.choices)
    named = [
        str(kinds[policy.kind]) if policy.kind else "",
        _("priority %(name)s at least") % {"name": priorities[policy.priority]} if policy.priority else "",
        _("customer: %(name)s at least") % {"name": importances[policy.importance]}
        if policy.importance
        else "",
        *(str(each or "") for each in (policy.channel, policy.organisation, policy.team)),
    ]
    return ", ".join(filter(None, named)) or _("all other tickets")


def _targets(policy: SlaPolicy) -> list[tuple[str, str]]:
    return [
        (clock_words.target(name), times.minutes(minutes))
        for name in terms.TARGETS
        if (minutes := getattr(policy, name))
    ]
