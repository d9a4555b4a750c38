"""The mailboxes of the desk, for admins: how each is doing, and its settings, section by section."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from channels_app import access
from channels_app.models import Channel
from channels_app.web import connecting
from channels_app.web.sections import SECTIONS
from helpdesk.accounts.guard import StaffRequest, admin_required


@admin_required
@require_safe
def mailboxes(request: StaffRequest) -> HttpResponse:
    found = access.channels(request.user).filter(kind=Channel.Kind.EMAIL).select_related("team")
    return render(request, "channels/mailboxes.html", {"mailboxes": found, "here": "mailboxes"})


@connecting.hide_passwords
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: StaffRequest, pk: int, slug: str = SECTIONS[0].slug) -> HttpResponse:
    """One section of a mailbox's page; what is posted belongs to this section alone."""
    channel = access.channel(request.user, pk)
    section = next((one for one in SECTIONS if one.slug == slug), None)
    if section is None:
        raise Http404
    form = (
        section.form(request.POST if request.method == "POST" else None, channel=channel)
        if section.form
        else None
    )
    context = {
        "channel": channel,
        "section": section,
        "sections": SECTIONS,
        "form": form,
        "here": "mailboxes",
    }
    what = request.POST.get("test", "")
    if form and what in connecting.FORMS:  # a browser without scripts
        outcomes = connecting.tried(form, what, sender=channel.address, to=request.user.email)
        context |= {"outcomes": outcomes, "what": what}
    elif form and form.is_valid():
        form.save(actor=request.user)
        messages.success(request, _("The mailbox is saved."))
        return redirect("channels:mailbox-section", channel.pk, section.slug)
    context |= section.context(request, channel)
    return render(request, "channels/mailbox.html", context, status=422 if form and form.errors else 200)
