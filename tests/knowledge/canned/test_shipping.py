import pytest

from knowledge.canned import keeping, shipping
from knowledge.canned.models import CannedResponse
from tickets import macros, placeholders

pytestmark = pytest.mark.django_db


def test_the_starter_set_is_sound_in_every_language():
    found = list(shipping.shipped())
    assert len(found) >= 60
    assert len({each.shortcut for each in found}) == len({each.key for each in found}) == len(found)
    for each in found:
        assert set(each.bodies) == set(shipping.LANGUAGES)
        assert all(each.topics)
        assert not each.steps or macros.sound(each.steps) == each.steps
        for body in each.bodies.values():
            assert "…" not in body
            assert placeholders.unknown(body) == []


def test_it_is_loaded_once_and_what_was_changed_stays(ada, company, made):
    made("Ours", shortcut="late")
    assert shipping.load("hu") == len(list(shipping.shipped()))
    late = CannedResponse.objects.get(origin="delivery-late")
    assert (late.title, late.shortcut, late.wordings.count()) == ("Késik a csomag", "", 3)
    assert [topic.key for topic in late.topics.all()] == ["delivery"]
    keeping.change(late, actor=ada, title="Ours now")
    CannedResponse.objects.get(origin="return-how").delete()
    assert shipping.load() == 1
    late.refresh_from_db()
    assert late.title == "Ours now"
