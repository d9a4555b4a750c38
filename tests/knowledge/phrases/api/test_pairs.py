import pytest

from knowledge.phrases import keeping
from knowledge.phrases.models import PhrasePair

pytestmark = pytest.mark.django_db
PAIR = {"language": "en", "avoid": "no problem", "prefer": "gladly", "why": "It sounds curt."}


def test_one_is_made_read_changed_and_removed_by_a_supervisor(program, sam):
    till = program(sam)
    made = till.post("phrase-pairs/", PAIR)
    assert (made.status_code, made.json()["context"]) == (201, "any")
    place = f"phrase-pairs/{made.json()['id']}/"
    assert till.patch(place, {"prefer": "with pleasure\ngladly"}).json()["prefer"].startswith("with pleasure")
    assert [row["avoid"] for row in till.get("phrase-pairs/?language=en").json()["results"]] == ["no problem"]
    assert till.get("phrase-pairs/?language=hu").json()["results"] == []
    assert till.delete(place).status_code == 204 and not PhrasePair.objects.exists()


def test_agents_read_it_and_change_nothing(program, alice):
    pair = keeping.make(actor=None, **PAIR)
    till = program(alice)
    assert till.get(f"phrase-pairs/{pair.pk}/").json()["avoid"] == "no problem"
    assert till.post("phrase-pairs/", PAIR).status_code == 403
    assert till.delete(f"phrase-pairs/{pair.pk}/").status_code == 403


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"avoid": "=*"}, "#/avoid"),
        ({"prefer": "\n".join("x" * 21)}, "#/prefer"),
        ({"language": "english"}, "#/language"),
        ({"context": "nowhere"}, "#/context"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_pointed_at(given, pointer, program, sam):
    answer = program(sam).post("phrase-pairs/", {**PAIR, **given})
    assert answer.status_code == 400 and answer.json()["errors"][0]["pointer"].startswith(pointer)
