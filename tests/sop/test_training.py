"""A changed procedure is put before those whom it concerns, until they have read it."""

import pytest

from sop import training, writing
from tests.sop.conftest import STEPS, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(edition, sam):
    rows = [{**STEPS[0], "title": "Look at the tracking twice"}, *STEPS[1:]]
    writing.save(row(edition), title=edition.title, summary="", words="", rows=rows, actor=sam)
    return writing.publish(row(edition), actor=sam, is_to_be_read=True)


def test_what_changed_is_put_before_everybody_until_read(changed, edition, alice, sam, client):
    assert training.waiting(alice) == [changed]
    [change] = training.changes([changed])
    new = [piece.text for line in change.lines for piece in line.pieces if piece.kind == "new"]
    assert new == [" twice"]
    client.force_login(alice)
    assert "<ins> twice</ins>" in client.get("/procedures/reading/").content.decode()
    client.post("/procedures/reading/", {"edition": changed.pk})
    client.post("/procedures/reading/", {"edition": changed.pk})
    assert training.waiting(alice) == [] and changed.readings.get().user == alice
    [standing] = training.overview()
    assert (standing.read, standing.missing) == (1, [sam])


def test_an_ordinary_change_asks_nobody(edition, alice):
    assert training.waiting(alice) == [] and training.overview() == []


def test_only_those_of_its_teams_are_asked(changed, sam, alice, mallory, orders):
    writing.place(changed.wording.procedure, actor=sam, teams=[orders])
    assert training.waiting(alice) == [changed] and training.waiting(mallory) == []
    assert set(training.overview()[0].missing) == {alice, sam}


def test_each_reads_it_in_their_own_language(changed, guide, alice, bob, sam):
    other = guide("Посылка не пришла", language="ru", of=changed.wording.procedure)
    alice.language = "ru"
    alice.save()
    assert training.waiting(alice) == [] and training.waiting(bob) == [changed]
    writing.save(row(other), title="Новое", summary="", words="", rows=STEPS, actor=sam)
    second = writing.publish(row(other), actor=sam, is_to_be_read=True)
    assert training.waiting(alice) == [second]
    assert {each.wording.language: each.missing for each in training.overview()}["ru"] == [alice]


def test_who_has_read_what_is_for_those_who_answer_for_it(client, changed, alice, sam):
    client.force_login(alice)
    assert client.get("/procedures/reading/overview/").status_code == 403
    client.force_login(sam)
    assert "0 of 2 have read it" in client.get("/procedures/reading/overview/").content.decode()
