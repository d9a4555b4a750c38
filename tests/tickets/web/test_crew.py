"""Who has what, on the screen: the board of supervisors, one colleague's place, one's own switch."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from helpdesk.accounts.models import AuditEntry
from tests.tickets.web.conftest import HTMX
from tickets import assignment, availability, intake
from tickets.models import Availability, Competence, HandBack, Skill, TeamRouting, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def routing(orders) -> TeamRouting:
    return TeamRouting.objects.create(team=orders, mode="turn")


def given(**changes: object) -> dict[str, object]:
    plain = {"state": "away", "reason": "", "capacity": 10, "languages": "", "newcomer_until": ""}
    plain |= {"call_breath": 60, "chat_breath": 30}
    return {**plain, **changes}


class TestBoard:
    def test_loads_work_and_what_nobody_has(self, as_, sam, alice, written):
        mine, free = (intake.receive(written(subject=name)).ticket for name in ("Mine", "Free"))
        assignment.assign(mine, alice, actor=alice)
        availability.be(alice, "paused", actor=alice, reason="lunch")
        shown = as_(sam).get("/crew/").content.decode()
        assert "Paused: Lunch" in shown
        assert "1 of 10" in shown
        assert f"#{free.number} Free" in shown.partition("Nobody has these")[2].partition("</section>")[0]
        assert f"#{mine.number} Mine" in shown

    def test_before_anybody_is_in_a_team_it_says_so(self, as_, ada):
        shown = as_(ada).get("/crew/").content.decode()
        assert "Nobody is in a team yet" in shown and "crew-bar" not in shown

    def test_what_is_not_theirs_is_not_on_it(self, as_, sam, mallory, returns, ticket):
        assignment.move(ticket, returns, actor=sam)
        shown = as_(sam).get("/crew/").content.decode()
        assert mallory.name not in shown
        assert f"#{ticket.number}" not in shown

    def test_agents_see_no_board(self, desk):
        assert desk.get("/crew/").status_code == 403

    def test_work_is_moved_and_undone(self, as_, sam, alice, bob, ticket):
        assignment.assign(ticket, alice, actor=alice)
        browser, given = as_(sam), {"number": ticket.number, "assignee": bob.pk, "back": "crew"}
        assert browser.post("/tickets/batches/", given).headers["Location"] == "/crew/"
        assert Ticket.objects.get().assignee == bob
        said = browser.post("/tickets/batches/", {**given, "assignee": alice.pk}, headers=HTMX)
        assert said.headers["HX-Trigger"] == "desk:changed"
        undo = said.content.decode().partition('hx-post="')[2].partition('"')[0]
        browser.post(undo, headers=HTMX)
        assert Ticket.objects.get().assignee == bob

    def test_on_a_phone_whoever_gets_the_chosen_is_picked_once(self, as_, sam, alice, bob, ticket):
        browser, chosen = as_(sam), {"number": ticket.number, "back": "crew"}
        bar = browser.get("/crew/").content.decode().partition('class="crew-bar"')[2].partition("</div>")[0]
        assert f'<option value="{bob.pk}">' in bar and '<option value="-">' in bar
        assert browser.post("/tickets/batches/", {**chosen, "assignee": "-"}, headers=HTMX).status_code == 422
        assert Ticket.objects.get().assignee is None
        browser.post("/tickets/batches/", {**chosen, "assignee": ["-", bob.pk]})  # by a button further down
        assert Ticket.objects.get().assignee == bob

    def test_few_queries_however_many_work(self, as_, sam, orders, written, django_assert_max_num_queries):
        browser = as_(sam)
        browser.get("/crew/")
        with django_assert_max_num_queries(24):
            browser.get("/crew/")


class TestOneColleague:
    def test_all_of_it_is_saved(self, as_, sam, alice):
        skill = Skill.objects.create(name="Warranty")
        sent = given(
            state="available",
            capacity=7,
            languages="en 3, hu",
            **{"most-email": 4, f"skill-{skill.pk}": 2},
            call_breath=0,
        )
        assert as_(sam).post(f"/crew/{alice.pk}/", sent).status_code == 302
        row = Availability.objects.get(user=alice)
        assert (row.state, row.capacity, row.per_kind) == ("available", 7, {"email": 4})
        assert (row.call_breath, row.chat_breath) == (0, 30)
        known = Competence.objects.filter(user=alice).values_list("language", "skill", "level")
        assert set(known) == {("en", None, 3), ("hu", None, 2), ("", skill.pk, 2)}
        assert AuditEntry.objects.filter(actor=sam, about=alice).count() == 3

    def test_languages_are_chosen_and_further_ones_written(self, as_, sam, alice):
        browser = as_(sam)
        sent = given(**{"speaks-en": 3, "speaks-ru": 1}, languages="de 2")
        assert browser.post(f"/crew/{alice.pk}/", sent).status_code == 302
        known = Competence.objects.filter(user=alice).values_list("language", "level")
        assert set(known) == {("en", 3), ("ru", 1), ("de", 2)}
        form = browser.get(f"/crew/{alice.pk}/").context["form"]
        assert [form[each].value() for each in ("speaks-en", "speaks-hu", "languages")] == [3, None, "de 2"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"capacity": -1},
            {"capacity": 501},
            {"languages": "hungarian"},
            {"state": "asleep"},
            {"call_breath": 3601},
        ],
    )
    def test_nonsense_is_said(self, as_, sam, alice, wrong):
        answer = as_(sam).post(f"/crew/{alice.pk}/", given(**wrong))
        assert answer.status_code == 422
        assert not Availability.objects.exists()

    def test_only_of_ones_own_teams(self, as_, sam, mallory, alice):
        assert as_(sam).get(f"/crew/{mallory.pk}/").status_code == 404
        assert as_(alice).post(f"/crew/{alice.pk}/", given()).status_code == 403


class TestOwnSwitch:
    def test_by_a_plain_form_and_in_the_page(self, desk, alice):
        assert desk.post("/availability/", {"state": "available"}).status_code == 302
        assert availability.of(alice).state == "available"
        sent = {"state": "paused", "reason": "lunch", "minutes": 30}
        shown = desk.post("/availability/", sent, headers=HTMX).content.decode()
        row = availability.of(alice)
        assert (row.state, row.reason, row.until is None) == ("paused", "lunch", False)
        assert 'id="there-word"' in shown

    def test_it_says_whether_new_tickets_come(self, desk, alice):
        come, none = "New tickets come to you", "No new tickets come to you now"
        for state, said, unsaid in (("paused", none, come), ("available", come, none), ("away", none, come)):
            shown = desk.post("/availability/", {"state": state}, headers=HTMX).content.decode()
            assert said in shown and unsaid not in shown, state
        availability.be(alice, "available", actor=alice)
        Availability.objects.update(breathes_until=now() + timedelta(minutes=1))
        assert none in desk.get("/availability/").content.decode()
        Availability.objects.update(state="paused", until=now(), breathes_until=None)
        assert come in desk.get("/availability/").content.decode()

    def test_nonsense_changes_nothing(self, desk):
        assert desk.post("/availability/", {"state": "asleep"}).status_code == 422
        assert not Availability.objects.exists()

    def test_it_is_beside_every_page_where_tickets_are_handed_out(self, desk, alice, routing):
        availability.be(alice, "available", actor=alice)
        assert 'id="there-word">Available<' in desk.get("/tickets/").content.decode()
        routing.mode = "off"
        routing.save()
        assert 'id="there-word"' not in desk.get("/tickets/").content.decode()


class TestBreath:
    def test_who_took_down_a_call_gets_breath_and_may_end_it(self, as_, desk, alice, sam, mailbox):
        availability.be(alice, "available", actor=alice)
        rang = {"direction": "in", "channel": mailbox.pk, "people": "+36 1 234 5678", "subject": "A lamp"}
        desk.post("/tickets/new/", {**rang, "body": "It does not shine.", "priority": "1"})
        until = availability.of(alice).breathes_until
        told = f"ets breath until {localtime(until):%H:%M}"
        assert told in desk.get("/availability/").content.decode()
        assert told in as_(sam).get("/crew/").content.decode()
        assert told not in desk.post("/availability/readiness/", headers=HTMX).content.decode()
        assert availability.of(alice).breathes_until is None
        assert told not in as_(sam).get("/crew/").content.decode()

    def test_writing_first_is_no_talk(self, desk, alice, mailbox):
        availability.be(alice, "available", actor=alice)
        first = {
            "direction": "out",
            "channel": mailbox.pk,
            "people": "dora@mail.example",
            "subject": "A lamp",
        }
        desk.post("/tickets/new/", {**first, "body": "It is here.", "priority": "1"})
        assert Ticket.objects.exists()
        assert availability.of(alice).breathes_until is None


class TestHandBack:
    def test_ones_own_ticket_goes_back(self, desk, alice, ticket):
        assignment.assign(ticket, alice, actor=alice)
        assert "Give it back, because" in desk.get(f"/tickets/{ticket.number}/").content.decode()
        desk.post(f"/tickets/{ticket.number}/hand-back/", {"value": "subject"}, headers=HTMX)
        assert Ticket.objects.get().assignee is None
        assert HandBack.objects.get().user == alice

    def test_anothers_stays(self, desk, bob, ticket):
        assignment.assign(ticket, bob, actor=bob)
        answer = desk.post(f"/tickets/{ticket.number}/hand-back/", {"value": "load"}, headers=HTMX)
        assert answer.status_code == 409
        assert Ticket.objects.get().assignee == bob
