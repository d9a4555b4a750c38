"""Whose a shared thing is to be, as programs say it."""

from types import SimpleNamespace

import pytest
from rest_framework.serializers import ValidationError

from helpdesk.rest import whose

REQUEST = SimpleNamespace(user="Alice")


@pytest.mark.parametrize(
    ("given", "owner", "team"),
    [
        ({"whose": "me"}, "Alice", None),
        ({"whose": "team", "team": "Returns"}, None, "Returns"),
        ({"whose": "everybody"}, None, None),
    ],
    ids=["one's own", "a team's", "everybody's"],
)
def test_it_is_said_in_the_words_of_the_verbs(given, owner, team):
    assert whose.home({**given, "title": "Late"}, REQUEST) == {"title": "Late", "owner": owner, "team": team}


def test_unsaid_it_stays_whose_it_is():
    assert whose.home({"title": "Late"}, REQUEST) == {"title": "Late"}


@pytest.mark.parametrize(
    "given", [{"whose": "team"}, {"whose": "me", "team": "Returns"}, {"team": "Returns"}]
)
def test_only_what_is_for_a_team_names_one(given):
    with pytest.raises(ValidationError, match="names it"):
        whose.checked(given, "A macro for a team names it.")
    assert whose.checked({"whose": "team", "team": "Returns"}, "") == {"whose": "team", "team": "Returns"}
