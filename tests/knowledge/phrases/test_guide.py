"""The pairs, how they are found, and what a reply is held against."""

import json
import re
import uuid

import pytest

from knowledge.phrases import access, facts, forms, keeping, pack, questions, shipping
from knowledge.phrases.models import PhrasePair, SparedPhrase
from tickets import intake, replies

LETTERS = r"[\p{L}\p{M}\p{N}_]"
GIVEN = {"language": "en", "avoid": "you must", "prefer": "please"}


def found(phrase: str, language: str, text: str) -> bool:
    """As a browser would; Python has no \\p, but its \\w knows all letters."""
    source = forms.whole([[phrase]], language).replace(LETTERS, r"\w")
    return re.search(source, forms.plain(text)) is not None


@pytest.mark.parametrize(
    ("phrase", "language", "text", "is_there"),
    [
        ("you must", "en", "Well, You  must send it", True),
        ("apologize", "en", "we are apologizing", True),
        ("can't", "en", "we can’t do it", True),
        ("=but", "en", "butter", False),
        ("problem", "en", "no problems here", True),
        ("проблема", "ru", "С этой проблемой поможем", True),
        ("ещё", "ru", "еще", True),
        ("вы должны", "ru", "и вы должны прислать", True),
        ("probléma", "hu", "a problémájukkal", True),
        ("=de", "hu", "dehogy", False),
        ("kellemetlenség", "hu", "az okozott kellemetlenségekért", True),
    ],
)
def test_a_phrase_is_found_in_its_forms(phrase, language, text, is_there):
    assert found(phrase, language, text) is is_there


def test_nothing_in_a_pattern_is_for_python_alone():
    source = forms.whole([[each.avoid.splitlines()[0]] for each in shipping.shipped()], "ru")
    assert "\\w" not in source and '\\"' not in source and "\\-" not in source


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hello. When will my refund come? Thanks.", [("When will my refund come?", ["refun", "come"])]),
        ("Где моя посылка? Где моя посылка?", [("Где моя посылка?", ["посыл"])]),
        (
            "Mikor érkezik a kanapé?\nÉs a szék?",
            [("Mikor érkezik a kanapé?", ["érkez", "kanap"]), ("És a szék?", ["szék"])],
        ),
        ("Why? What?", []),
    ],
)
def test_questions_are_read_with_the_words_of_an_answer(text, asked):
    assert [(each.text, each.stems) for each in questions.asked([text])] == asked


@pytest.mark.django_db
class TestKeeping:
    def test_supervisors_and_admins_shape_the_guide(self, alice, sam, company):
        with pytest.raises(keeping.NotYours):
            keeping.make(actor=alice, **GIVEN)
        made = keeping.make(actor=sam, **{**GIVEN, "avoid": " you  must \n\nyou have to", "prefer": "-"})
        assert (made.phrases, made.better) == (["you must", "you have to"], ["–"])
        for verb in (keeping.remove, keeping.change):
            with pytest.raises(keeping.NotYours):
                verb(made, actor=alice)

    @pytest.mark.parametrize(
        "given", [{"avoid": " \n"}, {"avoid": "*"}, {"prefer": ""}, {"avoid": "a\n" * 21}]
    )
    def test_a_pair_that_says_nothing_is_refused(self, given, sam, company):
        with pytest.raises(keeping.Refused):
            keeping.make(actor=sam, **{**GIVEN, **given})

    def test_each_has_a_list_of_words_to_be_spared(self, alice, bob):
        for _again in range(2):
            keeping.spare("  Unfortunately ", user=alice)
        assert [each.words for each in access.spared(alice)] == ["unfortunately"]
        assert not access.spared(bob)
        keeping.mark_again("unfortunately", user=alice)
        assert not SparedPhrase.objects.exists()

    def test_what_ships_is_loaded_once_and_stays_as_it_was_changed(self, sam, company):
        assert shipping.load() == len(list(shipping.shipped()))
        for language in shipping.LANGUAGES:
            pairs = PhrasePair.objects.filter(language=language)
            assert pairs.count() >= 60
            assert all(pair.better and pair.why for pair in pairs)
        first = PhrasePair.objects.filter(language="hu").first()
        keeping.change(first, actor=sam, why="Ours")
        assert shipping.load() == 0
        first.refresh_from_db()
        assert first.why == "Ours"

    def test_the_longest_phrase_comes_first_in_the_pack(self, company):
        keeping.make(actor=None, **{**GIVEN, "avoid": "must\nyou must know"})
        keeping.make(actor=None, **{**GIVEN, "avoid": "gone", "is_active": False})
        made = pack.pack("en")
        assert [pair["prefer"] for pair in made["pairs"]] == [["please"], ["please"]]
        assert made["pattern"].index("know") < made["pattern"].rindex("must")
        assert "gone" not in made["pattern"]


@pytest.mark.django_db
def test_a_reply_is_held_against_what_was_asked_since_the_last_answer(ticket, written, alice, company):
    assert facts.of(ticket)["questions"] == []
    replies.send(ticket, author=alice, body="What is the number of it?", key=uuid.uuid4())
    first = ticket.messages.filter(direction="out").get().external_id
    text = "TP-1. When will the sofa come?\n\nOn Monday alice wrote:\n> Is it red?"
    intake.receive(written(references=(first,), text=text))
    found = facts.of(ticket)
    assert [each["text"] for each in found["questions"]] == ["When will the sofa come?"]
    assert (found["language"], found["name"]) == (ticket.language, ["Carol", "Reyes"])


@pytest.mark.django_db
class TestPages:
    def test_the_composer_gets_the_pack_once_and_facts_of_its_ticket(self, client, alice, mallory, ticket):
        keeping.make(actor=None, **GIVEN)
        client.force_login(alice)
        keeping.spare("must", user=alice)
        answer = client.get("/phrases/packs/en/")
        assert json.loads(answer.content)["pairs"][0]["prefer"] == ["please"]
        again = client.get("/phrases/packs/en/", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
        assert client.get("/phrases/packs/e1/").status_code == 404
        told = client.get(f"/tickets/{ticket.number}/guide/").json()
        assert (told["spared"], told["name"]) == (["must"], ["Carol", "Reyes"])
        client.force_login(mallory)
        assert client.get(f"/tickets/{ticket.number}/guide/").status_code == 404

    def test_pairs_are_found_made_changed_and_removed(self, client, sam, alice, company):
        client.force_login(sam)
        form = {**GIVEN, "context": "request", "why": "An order", "is_active": "on"}
        client.post("/phrases/new/", form)
        pair = PhrasePair.objects.get()
        assert "you must" in client.get("/phrases/?language=en&q=order").content.decode()
        assert "you must" not in client.get("/phrases/?language=hu").content.decode()
        client.post(f"/phrases/{pair.pk}/", {**form, "avoid": "you shall"})
        assert client.post(f"/phrases/{pair.pk}/", {**form, "avoid": "*"}).status_code == 422
        pair.refresh_from_db()
        assert pair.avoid == "you shall"
        client.force_login(alice)
        assert client.get(f"/phrases/{pair.pk}/").status_code == 403
        assert client.post(f"/phrases/{pair.pk}/removal/").status_code == 403
        client.force_login(sam)
        client.post(f"/phrases/{pair.pk}/removal/")
        assert not PhrasePair.objects.exists()

    def test_ones_own_list_is_kept_on_the_page(self, client, alice, company):
        client.force_login(alice)
        client.post("/phrases/spared/", {"words": "Sorry"})
        assert "sorry" in client.get("/phrases/").content.decode()
        headers = {"Accept": "application/json"}
        assert (
            client.post("/phrases/spared/", {"words": "sorry", "again": "1"}, headers=headers).status_code
            == 204
        )
        assert not SparedPhrase.objects.exists()
