"""The phrase guide as it is kept: found, made, changed, removed; one's own list of spared words."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, admin_required, staff_required
from knowledge.phrases import access, keeping, shipping
from knowledge.phrases.models import PhrasePair

SHOWN = 300


class PairForm(forms.ModelForm):
    language = forms.ChoiceField(choices=settings.LANGUAGES)

    class Meta:
        model = PhrasePair
        fields = ("language", "avoid", "prefer", "why", "context", "is_active")
        widgets = {"avoid": forms.Textarea(attrs={"rows": 4}), "prefer": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named: Any = PhrasePair._meta.get_field("language")
        self.fields["language"].label = named.verbose_name.capitalize()


@staff_required
@require_safe
def pairs(request: StaffRequest) -> HttpResponse:
    """All pairs of a language, by words; beside them what one spares."""
    codes = [code for code, _name in settings.LANGUAGES]
    language = request.GET.get("language", "") or request.user.language[:2]
    language = language if language in codes else "en"
    query = request.GET.get("q", "").strip()[:100]
    found = access.pairs(request.user).filter(language=language)
    if query:
        found = found.filter(Q(avoid__icontains=query) | Q(prefer__icontains=query) | Q(why__icontains=query))
    context = {
        "pairs": found[:SHOWN],
        "query": query,
        "language": language,
        "languages": settings.LANGUAGES,
        "may": access.may_change(request.user),
        "spared": access.spared(request.user),
    }
    return render(request, "phrases/pairs.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    return _edited(request, None)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: StaffRequest, pk: int) -> HttpResponse:
    return _edited(request, access.pair(request.user, pk))


@staff_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.pair(request.user, pk)
    try:
        keeping.remove(found, actor=request.user)
    except keeping.NotYours as error:
        raise PermissionDenied from error
    messages.success(request, _("“%(words)s” is not marked any more.") % {"words": found})
    return redirect("phrases:pairs")


@admin_required
@require_POST
def shipped(request: StaffRequest) -> HttpResponse:
    """The pairs that come with the desk, as far as they are not there yet."""
    made = shipping.load()
    said = ngettext("%(count)d pair was added.", "%(count)d pairs were added.", made)
    messages.success(request, said % {"count": made})
    return redirect("phrases:pairs")


def _edited(request: StaffRequest, found: PhrasePair | None) -> HttpResponse:
    if not access.may_change(request.user):
        raise PermissionDenied
    form = PairForm(request.POST or None, instance=found, initial={"language": request.user.language[:2]})
    if request.method == "POST" and form.is_valid():
        try:
            if found is None:
                found = keeping.make(actor=request.user, **form.cleaned_data)
            else:
                found = keeping.change(found, actor=request.user, **form.cleaned_data)
        except keeping.Refused as refused:
            form.add_error(str(refused), _("Between one and twenty phrases, one a line."))
        else:
            messages.success(request, _("“%(words)s” is saved.") % {"words": found})
            return redirect("phrases:pairs")
    context = {"form": form, "pair": found}
    return render(request, "phrases/pair.html", context, status=422 if form.errors else 200)
