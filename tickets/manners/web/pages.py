"""The notes on countries and languages: read by everybody, written by admins."""

from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, admin_required, staff_required
from tickets.manners import access, notes, shipped
from tickets.manners.models import CountryNote
from tickets.manners.places import Place, Words
from tickets.web import values

EMPTY = Words("", "")


class NoteForm(forms.ModelForm):
    """The facts of a place, and what is said of it in each language of the desk."""

    class Meta:
        model = CountryNote
        fields = notes.FIELDS

    def __init__(self, *args: Any, place: Place | None, **options: Any) -> None:
        given = {name: getattr(place, name) for name in notes.FIELDS} if place else {"formality": "formal"}
        super().__init__(*args, **{**options, "initial": given})
        for code, name in settings.LANGUAGES:
            said = place.words.get(code, EMPTY) if place else EMPTY
            self._add(f"address_{code}", gettext_lazy("Address and names"), name, said.address)
            self._add(f"care_{code}", gettext_lazy("What else to mind"), name, said.care)

    def _add(self, name: str, title: Any, language: str, initial: str) -> None:
        area = forms.Textarea(attrs={"rows": 3})
        field = forms.CharField(max_length=notes.LONGEST, required=False, widget=area, initial=initial)
        field.label = f"{title} ({language})"
        self.fields[name] = field

    @property
    def words(self) -> dict[str, Words]:
        """What was written, by language; a language nobody wrote in is left out."""
        given = self.cleaned_data
        found = {
            code: Words(given[f"address_{code}"].strip(), given[f"care_{code}"].strip())
            for code, _name in settings.LANGUAGES
        }
        return {code: said for code, said in found.items() if any(said)}


@staff_required
@require_safe
def places(request: StaffRequest) -> HttpResponse:
    """All notes, by name: countries, then languages."""
    if (asked := request.GET.get("code", "")).isalpha():
        return redirect("manners:place", asked[:3])
    language = get_language() or "en"
    found = sorted(
        ((_name(place.code, language), place, place.said(language)) for place in notes.every().values()),
        key=lambda each: (not each[1].is_country, each[0]),
    )
    known = notes.every()
    context = {
        "places": found,
        "may": access.may_write(request.user),
        "others": [each for each in values.countries(language) if each[0] not in known],
    }
    return render(request, "manners/places.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: StaffRequest, code: str) -> HttpResponse:
    """One note; a country without one has a blank page for admins."""
    language, may = get_language() or "en", access.may_write(request.user)
    if not _is_known(code):
        raise Http404
    found = notes.every().get(code)
    if found is None and not may:
        raise Http404
    if request.method == "POST" and not may:
        raise PermissionDenied
    name = _name(code, language)
    form = NoteForm(request.POST or None, place=found)
    if request.method == "POST" and form.is_valid():
        facts = {field: form.cleaned_data[field] for field in notes.FIELDS}
        notes.write(code, actor=request.user, words=form.words, **facts)
        messages.success(request, _("The note on %(place)s is saved.") % {"place": name})
        return redirect("manners:places")
    context = {
        "place": found,
        "code": code,
        "name": name,
        "form": form if may else None,
        "said": found.said(language) if found else EMPTY,
        "is_shipped": code in shipped.places(),
    }
    return render(request, "manners/place.html", context, status=422 if form.errors else 200)


@admin_required
@require_POST
def restoration(request: StaffRequest, code: str) -> HttpResponse:
    """Back to what came with the desk; one's own note is gone."""
    try:
        notes.restore(code, actor=request.user)
    except notes.NoSuchNote as error:
        raise Http404 from error
    name = _name(code, get_language() or "en")
    messages.success(request, _("What you wrote on %(place)s is taken back.") % {"place": name})
    return redirect("manners:places")


def _name(code: str, language: str) -> str:
    """What the place is called in the reader's language."""
    if code.isupper():
        return values.country_name(code)
    return str(Locale.parse(language[:2]).languages.get(code, code))


def _is_known(code: str) -> bool:
    english = Locale("en")
    return len(code) == 2 and code in (english.territories if code.isupper() else english.languages)
