import uuid

import pytest

from knowledge.models import HelpCentre, Suggestion
from knowledge.suggestions import posting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company")]


def test_one_is_noted_decided_united_and_commented(program, sam, alice, carol):
    till = program(sam)
    made = till.post("suggestions/", {"title": "Wrap gifts", "language": "en"})
    assert (made.status_code, made.json()["shown"], made.json()["votes"]) == (201, "waiting", 0)
    place = f"suggestions/{made.json()['id']}/"
    told = till.patch(place, {"shown": "public", "status": "planned", "answer": "From May on."}).json()
    assert (told["status"], told["answer"]) == ("planned", "From May on.")
    assert till.get("suggestions/?status=planned&order=-votes").json()["results"] == [told]
    assert till.get("suggestions/?shown=hidden").json()["results"] == []
    wish = posting.post(
        "Gift paper", "", language="en", customer=carol, key=uuid.uuid4(), centre=HelpCentre(pk=1)
    )
    into = made.json()["id"]
    assert till.post(f"suggestions/{wish.pk}/joining/", {"into": into}).json()["votes"] == 1
    assert till.post(f"suggestions/{wish.pk}/joining/", {"into": into}).status_code == 409
    assert till.post(f"{place}comments/", {"text": "Soon"}).status_code == 201
    assert [row["text"] for row in till.get(f"{place}comments/").json()["results"]] == ["Soon"]
    agent = program(alice)
    assert agent.patch(place, {"status": "done"}).status_code == 403
    assert agent.get(place).json()["merged_into"] is None
    assert Suggestion.objects.get(pk=wish.pk).merged_into_id == into
