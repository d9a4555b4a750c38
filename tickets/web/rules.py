"""The rules of the desk: listed in their order, switched, moved, taken away, taken back to a version."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, admin_required, staff_required
from tickets.models import RuleVersion
from tickets.rules import access, keeping, starting, winding
from tickets.web import rule_words
from tickets.web.rule_names import Names

Page = require_http_methods(["GET", "HEAD", "POST"])


@staff_required
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """All rules in their order, each in words."""
    access.insist_on_reading(request.user)
    names = Names()
    rows = [(rule, rule_words.told(rule, names)) for rule in access.rules(request.user)]
    context = {"rules": rows, "may": access.may_set_up(request.user), "here": "rules"}
    context["unshipped"] = context["may"] and starting.missing()
    return render(request, "tickets/rules/list.html", context)


@admin_required
@Page
def switch(request: StaffRequest, pk: int) -> HttpResponse:
    """On or off; of time that has passed on tickets already, it is asked what is to become of them."""
    rule = access.rule(request.user, pk)
    on = not rule.is_active
    if request.method != "POST":
        context = {"rule": rule, "overdue": winding.count(rule, timezone.now()), "here": "rules"}
        return render(request, "tickets/rules/switch.html", context)
    try:
        keeping.switch(rule, on=on, actor=request.user, overdue_too="overdue_too" in request.POST)
    except keeping.Wrong as wrong:
        messages.error(request, _("It cannot be switched on: %(why)s") % {"why": wrong})
        return redirect("tickets:rule", pk)
    said = _("“%(name)s” is on.") if on else _("“%(name)s” is off.")
    messages.success(request, said % {"name": rule.name})
    return redirect("tickets:rules")


@admin_required
@require_POST
def place(request: StaffRequest, pk: int) -> HttpResponse:
    """One up or down."""
    keeping.shift(access.rule(request.user, pk), up="up" in request.POST, actor=request.user)
    return redirect(f"{reverse('tickets:rules')}#rule-{pk}")


@admin_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    rule = access.rule(request.user, pk)
    keeping.remove(rule, actor=request.user)
    messages.success(request, _("The rule “%(name)s” is gone.") % {"name": rule.name})
    return redirect("tickets:rules")


@admin_required
@require_POST
def restoring(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """The rule says again what it said then."""
    rule = access.rule(request.user, pk)
    version = RuleVersion.objects.filter(rule=rule, number=number).select_related("rule").first()
    if version is None:
        raise Http404
    try:
        keeping.restore(version, actor=request.user)
        messages.success(request, _("It says again what version %(number)d said.") % {"number": number})
    except keeping.Wrong as wrong:
        messages.error(request, _("That version makes no sense any more: %(why)s") % {"why": wrong})
    return redirect("tickets:rule", pk)


@admin_required
@require_POST
def starter_set(request: StaffRequest) -> HttpResponse:
    """The rules that a desk may begin with, switched off."""
    count = starting.load(request.user.language)
    text = ngettext(
        "%(count)d rule was added, switched off.", "%(count)d rules were added, switched off.", count
    )
    messages.success(request, text % {"count": count})
    return redirect("tickets:rules")
