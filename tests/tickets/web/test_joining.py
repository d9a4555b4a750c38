"""Doubts, joins and splits on the screen: what is shown to whom, what a click does, and how it is undone."""

import re
from uuid import uuid4

import pytest

from channels_app.messages import Sender, reply_token
from tests.tickets.web.conftest import HTMX
from tickets import assignment, intake, merging, replies
from tickets.models import Doubt, Event, Message, Move, Ticket

pytestmark = pytest.mark.django_db

EVE = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve Adams")


@pytest.fixture
def doubt(written, ticket) -> Doubt:
    inbound = written(
        sender=EVE, subject="Re: Where is my parcel?", text="I know.", token=reply_token(ticket.pk)
    )
    return intake.receive(inbound).doubt


def page(browser, ticket: Ticket) -> str:
    return browser.get(f"/tickets/{ticket.number}/").content.decode()


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


class TestDoubt:
    def test_both_tickets_propose_with_the_reason(self, desk, doubt, ticket):
        for one, other in ((doubt.ticket, ticket), (ticket, doubt.ticket)):
            shown = page(desk, one)
            assert f'<a href="/tickets/{other.number}/">#{other.number}' in shown
            assert "eve@elsewhere.example took no part in it so far." in shown
            assert ("Join it" in shown, "Keep as its own ticket" in shown) == (True, True)

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_joined_from_its_own_page_one_goes_on_to_the_other(self, desk, doubt, ticket, headers):
        given = {"into": ticket.number, "shown": doubt.ticket.number}
        response = desk.post(f"/tickets/{doubt.ticket.number}/join/", given, headers=headers)
        where = response["HX-Redirect"] if headers else response.url
        assert where == f"/tickets/{ticket.number}/"
        assert doubt.message in ticket.messages.all()
        shown = page(desk, ticket)
        assert f"#{doubt.ticket.number} was joined into this by Alice Hartmann" in shown
        assert "took no part" not in shown

    def test_joined_from_the_other_page_one_stays_there(self, desk, doubt, ticket):
        given = {"into": ticket.number, "shown": ticket.number}
        response = desk.post(f"/tickets/{doubt.ticket.number}/join/", given, headers=HTMX)
        assert response.status_code == 200
        assert b"I know." in response.content
        assert f"#{doubt.ticket.number} is now part of #{ticket.number}.".encode() in response.content

    def test_undone_from_either_page(self, desk, doubt, ticket):
        for shown in (ticket, doubt.ticket):
            move = merging.join(fresh(doubt.ticket), ticket, actor=ticket_owner())
            assert f'name="pick" value="{move.pk}"' in page(desk, shown)
            desk.post(f"/tickets/{shown.number}/join/undo/", {"pick": move.pk})
            assert doubt.ticket.messages.get() == doubt.message
            assert "Join it" in page(desk, ticket)

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_kept_apart_and_undone_for_ever(self, desk, doubt, ticket, headers):
        desk.post(f"/tickets/{doubt.ticket.number}/apart/", {"shown": ticket.number}, headers=headers)
        for one in (ticket, doubt.ticket):
            shown = page(desk, one)
            assert "Join it" not in shown
            assert "by Alice Hartmann" in shown
            assert f'action="/tickets/{one.number}/apart/undo/"' in shown
        desk.post(f"/tickets/{ticket.number}/apart/undo/", {"pick": doubt.pk}, headers=headers)
        assert "Join it" in page(desk, ticket)

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x>'])
    def test_words_of_others_are_words(self, desk, ticket, written, text):
        sender = Sender(identity_kind="email", identity="eve@elsewhere.example", name=text)
        intake.receive(written(sender=sender, subject=text, token=reply_token(ticket.pk)))
        assert text not in page(desk, ticket)


class TestWhoMaySee:
    @pytest.fixture
    def hidden(self, doubt, returns, alice) -> Doubt:
        """The ticket it may belong to is another team's."""
        assignment.move(doubt.other, returns, actor=alice)
        return doubt

    def test_nothing_of_somebody_elses_ticket_is_shown(self, desk, hidden):
        shown = page(desk, hidden.ticket)
        assert "somebody else's ticket, which you may not see" in shown
        assert f"#{hidden.other.number}" not in shown
        assert "Carol" not in shown.partition('class="notice rounded belonging"')[2].partition("</div>")[0]
        assert ("Join it" in shown, "Ask a supervisor" in shown) == (False, True)
        assert "Keep as its own ticket" in shown

    def test_the_other_team_is_told_without_the_mail(self, as_, mallory, hidden):
        shown = page(as_(mallory), hidden.other)
        assert "a mail belongs here that is a ticket of another team" in shown
        assert "eve@elsewhere.example" not in shown
        assert ("Join it" in shown, "Keep as its own ticket" in shown) == (False, False)

    def test_a_guessed_click_joins_nothing(self, desk, as_, mallory, hidden):
        own, other = hidden.ticket.number, hidden.other.number
        assert desk.post(f"/tickets/{own}/join/", {"into": other}).status_code == 404
        assert as_(mallory).post(f"/tickets/{own}/join/", {"into": other}).status_code == 404
        assert as_(mallory).post(f"/tickets/{own}/apart/").status_code == 404
        assert as_(mallory).post(f"/tickets/{other}/apart/undo/", {"pick": hidden.pk}).status_code == 404
        assert not Move.objects.exists()

    def test_supervisors_are_asked_and_decide(self, desk, as_, sam, hidden):
        desk.post(f"/tickets/{hidden.ticket.number}/escalation/")
        assert "The supervisors see both tickets and decide." in page(desk, hidden.ticket)
        given = {"into": hidden.other.number, "shown": hidden.ticket.number}
        as_(sam).post(f"/tickets/{hidden.ticket.number}/join/", given)
        assert hidden.message in hidden.other.messages.all()
        assert "part of somebody else's ticket now" in page(desk, hidden.ticket)

    def test_who_sees_one_side_cannot_undo(self, desk, doubt, ticket, returns, alice):
        move = merging.join(doubt.ticket, ticket, actor=alice)
        assignment.move(fresh(doubt.ticket), returns, actor=alice)
        assert "join/undo" not in page(desk, ticket)
        assert desk.post(f"/tickets/{ticket.number}/join/undo/", {"pick": move.pk}).status_code == 404


class TestByHand:
    """From the ticket's own page: into another one of its customer, or one whose number is typed."""

    def test_others_of_the_customer_are_offered_and_one_takes_it_in(self, desk, ticket, written):
        other = intake.receive(written(subject="The same again")).ticket
        intake.receive(written(subject="Between colleagues"))
        Ticket.objects.filter(subject="Between colleagues").update(is_internal=True)
        assert (
            "Between colleagues"
            not in desk.get(f"/tickets/{ticket.number}/join/").content.decode().split("<fieldset")[1]
        )
        assert "The same again" in desk.get(f"/tickets/{ticket.number}/join/").content.decode()
        answer = desk.post(f"/tickets/{ticket.number}/join/", {"chosen": "1", "into": other.number})
        assert answer.url == f"/tickets/{other.number}/"
        assert other.messages.count() == 2
        told = re.search(r'class="toast".*?hx-post="([^"]+)"', page(desk, other))
        assert told and "join/undo" in page(desk, other), "and it can be undone there, in the toast too"
        assert "Undone." in desk.post(told[1], headers=HTMX).content.decode()
        assert other.messages.count() == 1

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_the_toast_of_another_move_is_refused(self, desk, ticket, written, headers):
        other, third = (intake.receive(written(subject=each)).ticket for each in ("The same", "And more"))
        move = merging.join(other, third, actor=ticket_owner())
        away = f"/tickets/{ticket.number}/join/undo/?pick={move.pk}"
        assert desk.post(away, headers=headers).status_code == 404

    def test_a_typed_number_counts(self, desk, ticket, written):
        other = intake.receive(written(subject="The same again")).ticket
        given = {"chosen": "1", "into": ticket.number, "typed": f" #{other.number}"}
        assert desk.post(f"/tickets/{ticket.number}/join/", given).url == f"/tickets/{other.number}/"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "such as #1044"),
            ("x", "such as #1044"),
            ("999999", "no ticket with this number"),
            ("own", "one already"),
        ],
    )
    def test_what_cannot_be_is_said_at_the_field(self, desk, ticket, typed, said):
        given = {"chosen": "1", "typed": str(ticket.number) if typed == "own" else typed}
        answer = desk.post(f"/tickets/{ticket.number}/join/", given)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)


class TestJoinedTicket:
    def test_says_where_it_went_and_takes_no_answer(self, desk, doubt, ticket, alice):
        merging.join(doubt.ticket, ticket, actor=alice)
        shown = page(desk, doubt.ticket)
        assert f'This is part of <a href="/tickets/{ticket.number}/">#{ticket.number}' in shown
        assert 'id="composer"' not in shown
        given = {"body": "Late", "key": str(uuid4())}
        response = desk.post(f"/tickets/{doubt.ticket.number}/replies/", given)
        assert (response.status_code, b"Late" in response.content) == (422, True)
        assert not Message.objects.filter(direction="out").exists()

    def test_twice_is_told(self, desk, doubt, ticket, alice):
        merging.join(doubt.ticket, ticket, actor=alice)
        given = {"into": ticket.number, "shown": ticket.number}
        response = desk.post(f"/tickets/{doubt.ticket.number}/join/", given, headers=HTMX)
        assert (response.status_code, b"one already" in response.content) == (409, True)

    @pytest.mark.parametrize("given", [{}, {"into": "x"}, {"into": "0"}])
    def test_nonsense_is_refused(self, desk, ticket, given):
        assert desk.post(f"/tickets/{ticket.number}/join/", given, headers=HTMX).status_code == 409

    @pytest.mark.parametrize("given", [{}, {"pick": "x"}, {"pick": "999999"}])
    def test_undoing_what_is_not_there(self, desk, ticket, given):
        for verb in ("join/undo", "apart/undo"):
            assert desk.post(f"/tickets/{ticket.number}/{verb}/", given).status_code == 404

    def test_a_move_of_other_tickets_is_not_undone_here(self, desk, doubt, ticket, written, alice):
        move = merging.join(doubt.ticket, ticket, actor=alice)
        third = intake.receive(written()).ticket
        assert desk.post(f"/tickets/{third.number}/join/undo/", {"pick": move.pk}).status_code == 404


class TestSplit:
    @pytest.fixture
    def stray(self, ticket, written) -> Message:
        return intake.receive(
            written(subject="My invoice", text="It is wrong.", token=reply_token(ticket.pk))
        )

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_a_message_is_taken_out_and_put_back(self, desk, stray, ticket, headers):
        assert f'action="/messages/{stray.pk}/split/"' in page(desk, ticket)
        desk.post(f"/messages/{stray.pk}/split/", headers=headers)
        move = Move.objects.get()
        assert "It is wrong." not in page(desk, ticket)
        assert "It is wrong." in page(desk, move.target)
        assert f"A message became #{move.target.number} by Alice" in page(desk, ticket)
        desk.post(f"/tickets/{ticket.number}/join/undo/", {"pick": move.pk}, headers=headers)
        assert "It is wrong." in page(desk, ticket)

    def test_the_only_message_has_no_button(self, desk, ticket):
        assert "/split/" not in page(desk, ticket)
        message = ticket.messages.get()
        assert desk.post(f"/messages/{message.pk}/split/", headers=HTMX).status_code == 409

    def test_another_team_splits_nothing(self, as_, mallory, stray):
        assert as_(mallory).post(f"/messages/{stray.pk}/split/").status_code == 404

    def test_another_subject_is_shown_at_the_message(self, desk, stray, ticket):
        assert "Under another subject: <b>My invoice</b>" in page(desk, ticket)


class TestMarks:
    def test_unverified(self, desk, ticket, written):
        assert "nverified" not in page(desk, ticket)
        subject = f"Re: Where is my parcel? [#{ticket.number}]"
        assert intake.receive(written(subject=subject)).is_unverified
        assert "Unverified: nothing proves that the sender is who they say." in page(desk, ticket)

    def test_beside_a_graver_word_about_the_sender_it_is_a_chip(self, desk, ticket, written):
        intake.receive(written(token=reply_token(ticket.pk), authenticity="fail"))
        shown = page(desk, ticket)
        assert ("Unverified:" in shown, "unverified</span>" in shown) == (False, True)

    def test_a_newcomer_until_they_are_written_to(self, desk, ticket, written, alice):
        intake.receive(written(token=reply_token(ticket.pk), cc=("Anna@X.example",)))
        line = "<b>anna@x.example</b> was added by carol@mail.example and has not seen the earlier messages"
        assert line in page(desk, ticket)
        replies.send(ticket, author=alice, body="Look", key=uuid4(), cc=["anna@x.example"])
        assert line not in page(desk, ticket)

    def test_tickets_that_follow_each_other(self, desk, ticket, written):
        later = intake.receive(written()).ticket
        Ticket.objects.filter(pk=later.pk).update(follows=ticket)
        assert f'Follows <a href="/tickets/{ticket.number}/">' in page(desk, later)
        assert f'Followed by <a href="/tickets/{later.number}/">' in page(desk, ticket)

    def test_a_ticket_one_may_not_see_is_no_relative(self, desk, ticket, written, returns, alice):
        later = intake.receive(written()).ticket
        Ticket.objects.filter(pk=later.pk).update(follows=ticket)
        assignment.move(ticket, returns, actor=alice)
        assert "Follows" not in page(desk, later)


def ticket_owner():
    return Event.objects.model._meta.get_field("user").related_model.objects.get(email="alice@desk.example")
