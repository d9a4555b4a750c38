"""A folded template says what Django's own would, in every language."""

import pytest
from django.template import Context, Engine
from django.urls import NoReverseMatch, set_script_prefix
from django.utils import translation

from tickets.models import Ticket

LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "static": "django.templatetags.static",
    "desk": "tickets.templatetags.desk",
}


def drawn(given: dict[str, str], *, folded: bool, **values: object) -> str:
    inner = ("django.template.loaders.locmem.Loader", given)
    loaders = [("helpdesk.templating.Loader", [inner])] if folded else [inner]
    engine = Engine(loaders=loaders, libraries=LIBRARIES)
    template = engine.get_template("page")
    template.render(Context(values))
    return template.render(Context(values))


@pytest.mark.parametrize(
    "source",
    [
        "<p>{% icon 'mail' %}{% translate 'Reply' context 'verb' %} & {% translate 'Spam' %}</p>",
        "{% if many %}{% translate 'Note' %}{% icon 'x' %}{% else %}{% icon 'y' %}{{ who }}{% endif %}",
        "{% for n in numbers %}{% translate 'Note' %} {% url 'tickets:ticket' n %}, {% endfor %}",
        "{% url 'tickets:ticket' number as there %}<a href='{{ there }}'>{% url 'tickets:list' %}</a>",
        "{% translate 'Note' as word %}{{ word }}{% translate who %}",
        "{% icon name %}{% icon 'mail' css=name %}{% comment %}no{% endcomment %}",
        "{% autoescape off %}{% translate 'Note' %}{{ who }}{% endautoescape %}{{ who }}",
        "{% with a=1 %}{% translate 'Note' %}{% translate 'Spam' %}{{ a }}{% endwith %}",
        "{% url 'tickets:attachment' number who %}|{% url 'tickets:attachment' number 'a%d.pdf' %}",
    ],
)
def test_folding_changes_nothing(source):
    given = {"page": "{% load i18n static desk %}" + source}
    values = {"many": True, "who": "Bob & <b>", "numbers": [1001, 7], "number": 1002, "name": "star"}
    for language in ("en", "ru", "hu", "en"):
        with translation.override(language):
            assert drawn(given, folded=True, **values) == drawn(given, folded=False, **values)


class Parcel:
    """All that a template can ask a thing for."""

    name = "Oak <table>"
    sizes = {"items": "wide", "first": 1}

    def __init__(self) -> None:
        self.taken = 0

    def weight(self) -> int:
        return 7

    def between(self, low: int, high: int) -> int:
        return high - low

    def take(self) -> int:
        self.taken += 1
        return self.taken

    take.alters_data = True  # type: ignore[attr-defined]

    @property
    def owner(self) -> str:
        raise Ticket.DoesNotExist

    @property
    def broken(self) -> str:
        raise AttributeError("of its own")


@pytest.mark.parametrize(
    "source",
    [
        "{{ parcel.name }}{{ parcel.weight }}{{ parcel.nothing }}{{ nothing }}{{ nothing.at.all }}!",
        "{{ parcel.sizes.items }}{{ parcel.sizes.first }}{{ parcel.sizes.keys|length }}{{ parcel.between }}",
        "{{ parcel.take }}{{ parcel.taken }}{{ parcel.owner }}{{ numbers.1 }}{{ numbers.9 }}{{ who.upper }}",
        "{% if parcel.nothing %}a{% elif not nothing and parcel.name == 'Oak <table>' %}b{% endif %}",
        "{% if nothing or parcel.sizes.first > 0 %}{{ parcel.name|upper }}{{ price }}{% endif %}",
        "{% for n in numbers %}{{ forloop.counter }}{{ n }}{% include 'part' with line=n only %}{% endfor %}",
        "{% with word=who %}{% include 'part' with line=word %}{% endwith %}{{ line }}{% include 'part' %}",
        "{% include 'whole' %}{% include name %}{{ request }}{{ True }}{{ csrf_token }}",
        "{% translate 'Note' %}!{% language 'hu' %}{% translate 'Note' %}!{% endlanguage %}{{ price }}"
        "{% translate 'Note' %}!",
    ],
)
def test_what_is_quicker_draws_the_same(source):
    given = {
        "page": "{% load i18n static desk %}" + source,
        "part": "[{{ line }}{% if who %}{{ who }}{% endif %}{% cycle 'a' 'b' %}]",
        "base": "<b>{% block title %}{% endblock %}</b>",
        "whole": "{% extends 'base' %}{% block title %}{{ who }}{% endblock %}",
    }
    values = {"parcel": Parcel(), "numbers": [3, 4], "who": "Bob & <b>", "price": 1234.5, "name": "part"}
    for language in ("en", "hu"):
        with translation.override(language):
            assert drawn(given, folded=True, **values) == drawn(given, folded=False, **values)


def test_what_fails_in_a_property_is_an_error_as_before():
    for folded in (True, False):
        with pytest.raises(AttributeError, match="of its own"):
            drawn({"page": "{{ parcel.broken }}"}, folded=folded, parcel=Parcel())


def test_one_template_speaks_all_languages():
    inner = ("django.template.loaders.locmem.Loader", {"page": "{% load i18n %}{% translate 'Note' %}!"})
    template = Engine(loaders=[("helpdesk.templating.Loader", [inner])], libraries=LIBRARIES).get_template(
        "page"
    )
    said = []
    for language in ("en", "ru", "hu", "ru"):
        with translation.override(language):
            said.append(template.render(Context()))
    assert said[1] == said[3] == "Заметка!"
    assert len(set(said)) == 3


def test_one_template_stands_below_every_brand():
    """Whoever reads first: addresses in the help centre of a brand have its path before them, no other's."""
    source = "{% load i18n %}<a href='{% url 'tickets:list' %}'>!</a>{% url 'tickets:ticket' n %}"
    inner = ("django.template.loaders.locmem.Loader", {"page": source})
    engine = Engine(loaders=[("helpdesk.templating.Loader", [inner])], libraries=LIBRARIES)
    template = engine.get_template("page")
    for path in ("/", "/brands/outlet/", "/"):
        set_script_prefix(path)
        assert template.render(Context({"n": 7})) == f"<a href='{path}tickets/'>!</a>{path}tickets/7/"


def test_a_page_that_extends_another_is_folded_too():
    given = {
        "base": "<b>{% block title %}{% endblock %}</b>{% block body %}none{% endblock %}",
        "page": "{% extends 'base' %}{% load i18n %}{% block title %}{% translate 'Note' %}!{% endblock %}",
    }
    assert drawn(given, folded=True) == "<b>Note!</b>none"


def test_an_address_that_nobody_serves_is_an_error_as_before():
    with pytest.raises(NoReverseMatch):
        drawn({"page": "{% url 'tickets:nowhere' 1 %}"}, folded=True)
    assert drawn({"page": "{% url 'tickets:nowhere' 1 as there %}{{ there }}."}, folded=True) == "."
