"""Forms of those who write articles."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import Company
from knowledge import centres, markup
from knowledge.models import Article, Category, HelpCentre, Translation, Version
from tickets.models import Organisation


class BeginForm(forms.Form):
    """A new article: what it is called, in which language, on which shelf."""

    title = forms.CharField(label=_("Title"), max_length=160)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("No category")
    )


class WritingForm(forms.Form):
    """The text itself; `html` is what the editor made, `body` the same in plain text, or all there is."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("Shown below the title in lists and by search engines."),
    )
    body = forms.CharField(required=False, strip=False)
    html = forms.CharField(required=False)

    @classmethod
    def of(cls, row: Translation | Version) -> "WritingForm":
        return cls(
            initial={
                "title": row.title,
                "summary": row.summary,
                "body": markup.text(row.html),
                "html": row.html,
            }
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["html"] = data.get("html") or markup.paragraphs(data.get("body") or "")
        return data


class NamedCentres(forms.ModelMultipleChoiceField):
    """The first one goes by the company's name while it has none of its own."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name or Company.load().name


class PlaceForm(forms.Form):
    """Where an article stands, who may read it, what goes with it."""

    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("No category")
    )
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Article.Audience.choices)
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.all(), label=_("Organisations"), required=False
    )
    related = forms.ModelMultipleChoiceField(
        Article.objects.prefetch_related("translations"), label=_("Related articles"), required=False
    )

    everywhere = forms.BooleanField(label=_("In all help centres, also in later ones"), required=False)
    centres = NamedCentres(
        HelpCentre.objects.all(),
        label=_("Otherwise in these help centres"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, article: Article) -> None:
        initial = {
            "category": article.category_id,
            "audience": article.audience,
            "organisations": list(article.organisations.values_list("pk", flat=True)),
            "related": list(article.related.values_list("pk", flat=True)),
            "everywhere": article.everywhere,
            "centres": list(article.centres.values_list("pk", flat=True)),
        }
        super().__init__(data, initial=initial, prefix="place")
        others = self.fields["related"]
        others.queryset = others.queryset.exclude(pk=article.pk)  # type: ignore[attr-defined]
        if not Organisation.objects.exists():
            del self.fields["organisations"]
        if len(centres.every()) == 1 and article.everywhere:
            del self.fields["everywhere"], self.fields["centres"]

    def values(self) -> dict[str, Any]:
        """As `writing.place` takes them."""
        data = self.cleaned_data
        return {
            "category": data["category"],
            "audience": data["audience"],
            "organisations": [each.pk for each in data.get("organisations", [])],
            "related": [each.pk for each in data["related"]],
            "everywhere": data.get("everywhere", True),
            "centres": [each.pk for each in data.get("centres", [])],
        }
