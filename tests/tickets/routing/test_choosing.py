"""Who of a team gets a ticket, and why."""

from datetime import UTC, datetime, timedelta

import pytest

from tickets.routing.choosing import Candidate, Team, Wants, choose, is_full

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ANNA, BEN, CLEO = 1, 2, 3


def crew(**changes: dict) -> list[Candidate]:
    """Anna speaks Hungarian very well, Ben a little, Cleo knows skill 7 and is new; each may have ten."""
    plain: dict[int, dict] = {
        ANNA: {"languages": {"en": 2, "hu": 3}, "load": 3, "last_given": NOW},
        BEN: {"languages": {"en": 3, "hu": 1}, "load": 1, "last_given": NOW - timedelta(hours=1)},
        CLEO: {"languages": {"en": 2}, "skills": {7: 2}, "load": 2, "is_newcomer": True},
    }
    names = {"anna": ANNA, "ben": BEN, "cleo": CLEO}
    for name, change in changes.items():
        plain[names[name]] |= change
    return [Candidate(user=user, capacity=10, **given) for user, given in plain.items()]


TEAM = Team(languages={"en", "hu"}, skills={7})
TURN = Team(mode="turn", languages={"en", "hu"}, skills={7})


@pytest.mark.parametrize(
    ("wants", "team", "changes", "options", "who", "codes"),
    [
        pytest.param({}, TEAM, {}, {}, BEN, ["least"], id="least to do"),
        pytest.param({}, TURN, {}, {}, CLEO, ["turn"], id="in turn: who was given nothing yet"),
        pytest.param({"language": "hu"}, TEAM, {}, {}, BEN, ["language", "least"], id="language"),
        pytest.param(
            {"language": "hu", "is_hard": True}, TEAM, {}, {}, ANNA, ["language", "only"], id="hard: well"
        ),
        pytest.param(
            {"language": "hu"}, TEAM, {"ben": {"load": 10}}, {}, ANNA, ["language", "only"], id="room"
        ),
        pytest.param(
            {"language": "de"}, TEAM, {}, {}, BEN, ["nobody_speaks", "least"], id="nobody speaks it"
        ),
        pytest.param({"language": "de"}, Team(), {}, {}, BEN, ["least"], id="nothing known of languages"),
        pytest.param({"skills": frozenset({7})}, TEAM, {}, {}, CLEO, ["skill", "only"], id="skill"),
        pytest.param(
            {"skills": frozenset({9})}, TEAM, {}, {}, BEN, ["nobody_knows", "least"], id="skill of nobody"
        ),
        pytest.param({"is_hard": True}, TURN, {}, {}, BEN, ["turn"], id="newcomers are spared"),
        pytest.param({}, TEAM, {}, {"previous": ANNA}, ANNA, ["knows"], id="previous first"),
        pytest.param(
            {}, TEAM, {"anna": {"load": 10}}, {"previous": ANNA}, BEN, ["least"], id="previous is full"
        ),
        pytest.param(
            {},
            Team(previous_first=False),
            {},
            {"previous": ANNA},
            BEN,
            ["least"],
            id="previous does not count",
        ),
        pytest.param({}, TEAM, {}, {"refused": {BEN}}, CLEO, ["refused", "least"], id="given back"),
        pytest.param(
            {"channel": "email"},
            TEAM,
            {"ben": {"most": {"email": 1}, "held": {"email": 1}}},
            {},
            CLEO,
            ["least"],
            id="most of a channel",
        ),
        pytest.param({"effort": 8}, TEAM, {}, {}, BEN, ["least"], id="effort"),
        pytest.param({"effort": 9}, TEAM, {}, {}, BEN, ["only"], id="effort leaves one"),
        pytest.param(
            {}, TEAM, {"ben": {"load": 2}}, {}, CLEO, ["least"], id="equal: whoever waited for longer"
        ),
    ],
)
def test_who_gets_it_and_why(wants, team, changes, options, who, codes):
    chosen = choose(Wants(**wants), crew(**changes), team, **options)
    assert chosen.candidate.user == who
    assert [reason["code"] for reason in chosen.reasons] == codes


@pytest.mark.parametrize(
    ("wants", "changes", "options"),
    [
        pytest.param({"effort": 10}, {}, {}, id="too heavy for all"),
        pytest.param({"language": "hu"}, {}, {"refused": {ANNA, BEN}}, id="all who speak it gave it back"),
        pytest.param({"skills": frozenset({7})}, {"cleo": {"load": 10}}, {}, id="it waits for who knows it"),
    ],
)
def test_nobody_can_take_it_now(wants, changes, options):
    assert choose(Wants(**wants), crew(**changes), TEAM, **options) is None


@pytest.mark.parametrize(
    ("wants", "members", "who", "codes"),
    [
        pytest.param(
            {"language": "hu", "skills": frozenset({7})},
            [({"en", "hu"}, ()), ({"en", "hu"}, ()), ({"en"}, {7})],
            BEN,
            ["language", "nobody_has_all", "least"],
            id="nobody has both: the language counts",
        ),
        pytest.param(
            {"language": "hu", "skills": frozenset({7})},
            [({"en", "hu"}, ()), ({"en", "hu"}, ()), ({"en"}, {7}), ({"hu"}, {7})],
            None,
            [],
            id="somebody has both, and is not there: it waits",
        ),
    ],
)
def test_it_does_not_wait_for_somebody_whom_the_team_does_not_have(wants, members, who, codes):
    team = Team(languages={"en", "hu"}, skills={7}, members=members)
    chosen = choose(Wants(**wants), crew(), team)
    assert (chosen.candidate.user if chosen else None) == who
    assert [reason["code"] for reason in chosen.reasons] == codes if chosen else not codes


def test_who_knows_all_of_it_a_little_gets_what_is_hard_before_it_waits_for_nobody():
    team = Team(languages={"en", "hu"}, skills={7}, members=[({"hu"}, ()), ({"hu"}, {7}), ({"en"}, {7})])
    wants = Wants(language="hu", skills=frozenset({7}), is_hard=True)
    assert choose(wants, crew(ben={"skills": {7: 1}}), team).candidate.user == BEN


def test_a_team_of_newcomers_works_too():
    people = [each for each in crew() if each.is_newcomer]
    assert choose(Wants(is_hard=True), people, TEAM).candidate.user == CLEO


def test_what_is_given_counts_at_once():
    people = crew()
    given = []
    while chosen := choose(Wants(channel="email", effort=2), people, TEAM):
        chosen.candidate.take(Wants(channel="email", effort=2), NOW)
        given.append(chosen.candidate.user)
    assert sorted(given) == [ANNA] * 3 + [BEN] * 4 + [CLEO] * 4
    assert all(each.load <= each.capacity for each in people)
    assert not is_full(people), "a lighter one would fit"
    assert choose(Wants(), people, TEAM)
