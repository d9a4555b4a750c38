"""Typing errors: what is offered instead, and that nothing of others' tickets shows."""

import pytest

from tickets import assignment, filters, intake, search
from tickets.customers import erasing
from tickets.models import Word
from tickets.search import completing, hits

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(written):
    def make(text: str, **fields):
        message = intake.receive(written(text=text, **{"subject": "-", **fields}))
        search.index([message.pk])
        return message.ticket

    return make


def test_a_typing_error_is_mended(say, alice):
    say("Where is my parcel with the kettle?")
    assert filters.corrections(alice, "parcle") == ["parcel"]
    assert filters.corrections(alice, "parcle kettel") == ["parcel kettle"]
    assert filters.corrections(alice, "zeppelin") == filters.corrections(alice, "") == []


@pytest.mark.parametrize(("wrong", "right"), [("посылкка", "посылка"), ("csmoag", "csomag")])
def test_in_every_language(say, alice, wrong, right):
    say("посылка csomag", language="ru")
    assert filters.corrections(alice, wrong) == [right]


def test_what_narrows_the_search_stays(say, alice):
    say("Where is my parcel?")
    assert filters.corrections(alice, "parcle is:new") == ["parcel is:new"]
    assert filters.corrections(alice, "parcle is:closed") == []


def test_words_of_others_are_not_offered(say, alice, mallory, returns):
    secret = say("The merger with Blackwood")
    assert filters.corrections(mallory, "blackwod") == []
    assert filters.corrections(alice, "blackwod") == ["blackwood"]
    assignment.move(secret, returns, actor=alice)
    assert filters.corrections(alice, "blackwod") == []
    assert filters.corrections(mallory, "blackwod") == ["blackwood"]


def test_a_word_of_others_does_not_keep_ones_own_from_being_offered(say, alice, mallory, returns):
    say("parcle")
    assignment.move(say("parcel"), returns, actor=alice)
    assert filters.corrections(mallory, "parcle") == ["parcel"]


def test_words_go_with_who_is_erased(say, ada):
    ticket = say("My name is Featherstonehaugh")
    assert Word.objects.filter(text="featherstonehaugh").exists()
    erasing.erase(ticket.customer, actor=ada, words="")
    assert not Word.objects.filter(text="featherstonehaugh").exists()


def test_numbers_and_addresses_are_no_words(say):
    say("Order 20931 from carol@mail.example at https://shop.example/x, card 4111-1111")
    assert not {word for word in Word.objects.values_list("text", flat=True) if not word.isalpha()}


def test_hits_are_told_in_the_forms_of_the_text(say, alice):
    ticket = say("My Parcels were lost. " + "Nothing else. " * 30 + "The parcel is yellow.", language="en")
    found = hits.of("parcel", type(ticket).objects.filter(pk=ticket.pk))
    assert found.forms == ["Parcels", "parcel"]
    assert found.excerpts[ticket.number].startswith("My Parcels were lost.")


def test_an_excerpt_shows_what_is_around_the_hit():
    marked = "word " * 60 + "the \x02kettle\x03 is\nbroken " + "more " * 60
    said = hits.excerpt(marked)
    assert said.startswith("… ") and said.endswith("…") and "the kettle is broken" in said
    assert hits.excerpt("nothing") == ""


def test_suggestions_complete_the_piece_at_the_caret(alice):
    def texts(typed, caret=None):
        return [
            each.text for each in completing.suggest(typed, len(typed) if caret is None else caret, alice)
        ]

    assert "is:" in texts("i") and "from:" in texts("fr")
    assert texts("lamp is:res") == ["lamp is:resolved "]
    assert texts("lamp -is:clo") == ["lamp -is:closed "]
    assert texts("agent:bo") == []
    assert texts("is:res lamp", 6) == ["is:resolved lamp"]
    assert texts("agent:al") == ['agent:"Alice Hartmann" ']
    assert texts('agent:"alice h') == ['agent:"Alice Hartmann" ']


def test_suggestions_are_of_what_one_may_see(say, alice, mallory):
    say("Hello")
    ask = lambda user, typed: [each.shown for each in completing.suggest(typed, len(typed), user)]  # noqa: E731
    assert ask(alice, "from:car") == ['from:"Carol Reyes"']
    assert ask(mallory, "from:car") == []
    assert 'from:"Carol Reyes"' in ask(alice, "carol@")
    assert ask(mallory, "carol@") == []
