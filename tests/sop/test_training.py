"""A changed procedure is put before those whom it concerns, until they have read it."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from helpdesk.accounts.models import Team
from sop import nudging, overview, questions, training, writing
from sop.models import Edition, Reminder
from tests.sop.conftest import STEPS, row
from tests.sop.web.test_pages import typed
from tickets.models import Notification
from tickets.telling import digests, mail

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
    [standing] = overview.standings()
    assert (standing.read, standing.missing) == (1, [sam])


def test_what_nobody_has_read_before_is_shown_without_marks(guide, client, alice):
    first = guide("A lost key")
    Edition.objects.filter(pk=first.pk).update(is_to_be_read=True)
    client.force_login(alice)
    page = client.get("/procedures/reading/").content.decode()
    assert "Look at the tracking" in page and "<ins>" not in page


def test_an_ordinary_change_asks_nobody(edition, alice):
    assert training.waiting(alice) == [] and overview.standings() == []


def test_only_those_of_its_teams_are_asked(changed, sam, alice, mallory, orders):
    writing.place(changed.wording.procedure, actor=sam, teams=[orders])
    assert training.waiting(alice) == [changed] and training.waiting(mallory) == []
    assert set(overview.standings()[0].missing) == {alice, sam}


def test_each_reads_it_in_their_own_language(changed, guide, alice, bob, sam):
    other = guide("Посылка не пришла", language="ru", of=changed.wording.procedure)
    alice.language = "ru"
    alice.save()
    assert training.waiting(alice) == [] and training.waiting(bob) == [changed]
    writing.save(row(other), title="Новое", summary="", words="", rows=STEPS, actor=sam)
    second = writing.publish(row(other), actor=sam, is_to_be_read=True)
    assert training.waiting(alice) == [second]
    assert {each.wording.language: each.missing for each in overview.standings()}["ru"] == [alice]


def test_who_has_read_what_is_for_those_who_answer_for_it(client, changed, alice, sam):
    client.force_login(alice)
    assert client.get("/procedures/reading/overview/").status_code == 403
    client.force_login(sam)
    assert "0 of 2 have read it" in client.get("/procedures/reading/overview/").content.decode()
    training.acknowledge(changed, user=alice)
    people = client.get("/procedures/reading/overview/?by=person&missing=1").content.decode()
    assert "Sam" in people and "Alice" not in people
    told = client.get("/procedures/reading/overview/?csv=1")
    rows = list(csv.reader(StringIO(told.content.decode("utf-8-sig"))))
    assert [(row[3], bool(row[6])) for row in rows[1:]] == [(alice.name, True), (sam.name, False)]
    assert not overview.standings(team=Team.objects.create(name="Elsewhere"))


def test_what_a_spreadsheet_would_compute_is_made_harmless(client, changed, alice, sam):
    alice.name = "=HYPERLINK(1)"
    alice.save()
    client.force_login(sam)
    assert "'=HYPERLINK(1)" in client.get("/procedures/reading/overview/?csv=1").content.decode()


def test_a_correction_published_later_asks_nobody_anew_and_takes_nothing_back(changed, alice, bob, sam):
    training.acknowledge(changed, user=alice)
    writing.save(row(changed), title="The parcel has not come!", summary="", words="", rows=STEPS, actor=sam)
    small = writing.publish(row(changed), actor=sam)
    assert training.waiting(alice) == [] and training.waiting(bob) == [small]
    [change] = training.changes([small], bob)
    said = [piece.text for line in change.lines for piece in line.pieces if piece.kind != "same"]
    assert "In short" in " ".join(said)  # against what there was before all were asked


QUESTIONS = [
    {"text": "How often?", "answers": ["Once", "", "Twice"], "right": "2", "why": "See.", "step": "look"},
    {"text": "", "answers": ["", ""]},
]


@pytest.fixture
def asked(changed, sam):
    told = {"title": changed.title, "summary": "", "words": "", "rows": changed.steps, "actor": sam}
    writing.save(row(changed), **told, questions=QUESTIONS)
    return writing.publish(row(changed), actor=sam, is_to_be_read=True)


def test_questions_are_answered_until_all_is_right(asked, client, alice, sam):
    with pytest.raises(training.QuestionsFirst):
        training.acknowledge(asked, user=alice)
    client.force_login(alice)
    page = client.get(f"/procedures/reading/{asked.pk}/").content.decode()
    assert "How often?" in page and "See." not in page
    wrong = client.post(f"/procedures/reading/{asked.pk}/", {"q1": "0"})
    assert wrong.status_code == 422
    assert "See." in wrong.content.decode() and 'href="#step-1"' in wrong.content.decode()
    assert training.waiting(alice) == [asked]
    client.post(f"/procedures/reading/{asked.pk}/", {"q1": "1"})
    assert training.waiting(alice) == []
    [standing] = overview.standings()
    [hard] = standing.hard
    assert (hard[0].text, hard[1]) == ("How often?", 1)
    assert [place.tries for place in standing.places if place.user == alice] == [2]


@pytest.mark.parametrize(
    "row",
    [
        {"text": "One answer?", "answers": ["Yes", ""], "right": "0"},
        {"text": "None right?", "answers": ["Yes", "No"], "right": ""},
        {"text": "An empty one right?", "answers": ["Yes", "No", ""], "right": "2"},
        {"text": "", "answers": ["Yes", "No"], "right": "0"},
    ],
    ids=lambda row: row["text"] or "no words",
)
def test_a_question_is_whole_or_refused(row):
    with pytest.raises(questions.Unfinished):
        questions.clean([row])


def test_questions_are_written_with_the_procedure(client, edition, sam):
    client.force_login(sam)
    address = f"/procedures/{edition.wording.procedure_id}/en/"
    form = typed(row(edition), questions="1", **{"q0-text": "Why?", "q0-answer0": "So", "q0-answer1": "Not"})
    refused = client.post(address, form | {"save": "1"}).content.decode()
    assert "Question 1 wants two answers" in refused and 'value="Not"' in refused
    client.post(address, form | {"save": "1", "q0-right": "1"})
    assert row(edition).questions[0]["right"] == 1
    client.post(address, typed(row(edition), save="1"))
    assert row(edition).questions  # a form without the fields leaves them


def test_who_has_not_read_for_days_is_reminded_once(changed, alice, sam, company):
    later = timezone.now() + timedelta(days=4)
    training.acknowledge(changed, user=sam)
    assert nudging.nudge(timezone.now()) == 0
    assert (nudging.nudge(later), nudging.nudge(later)) == (1, 0)
    line = Notification.objects.get()
    assert (line.user, line.ticket, mail.path(line)) == (alice, None, "/procedures/reading/")
    assert digests.send_due(later + timedelta(days=1)) == 1
    assert "wait" in outgoing.outbox[-1].body and "/procedures/reading/" in outgoing.outbox[-1].body
    company.reading_days = 0
    company.save()
    Reminder.objects.all().delete()
    assert nudging.nudge(later) == 0


def test_a_line_about_no_ticket_leads_from_the_bell(changed, alice, sam, client):
    nudging.nudge(timezone.now() + timedelta(days=4))
    client.force_login(alice)
    line = Notification.objects.get(user=alice)
    assert "for you to read it" in client.get("/notifications/").content.decode()
    assert client.post(f"/notifications/{line.pk}/opening/")["Location"] == "/procedures/reading/"
