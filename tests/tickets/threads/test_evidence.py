"""How a message says to which ticket it belongs, and how sure that is."""

from uuid import uuid4

import pytest

from channels_app.messages import outbound_id, reply_token
from tickets import intake, lifecycle, replies, threads
from tickets.models import Citation, Ticket
from tickets.threads import evidence
from tickets.threads.cases import Evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(written) -> Ticket:
    return intake.receive(written(subject="Lamp")).ticket


def test_a_token_proves_more_than_an_answered_id_and_that_more_than_nothing(written, ticket):
    first = ticket.messages.get().external_id
    assert evidence.clue(written()) is None
    assert evidence.clue(written(references=(first,))) == (Evidence.CITES, ticket.pk)
    assert evidence.clue(written(token=reply_token(ticket.pk))) == (Evidence.TOKEN, ticket.pk)
    assert evidence.clue(written(references=(outbound_id(ticket.pk, "x.example"),))).is_strong


def test_a_message_of_ours_counts_where_it_is_now(written, ticket, other, alice):
    sent = replies.send(ticket, author=alice, body="Look", key=uuid4())
    type(sent).objects.filter(pk=sent.pk).update(ticket=other)
    inbound = written(references=(sent.external_id,), token=reply_token(ticket.pk))
    assert evidence.clue(inbound) == (Evidence.TOKEN, other.pk)


def test_of_several_answered_mails_the_nearest(written, ticket, other):
    near, far = (each.messages.get().external_id for each in (ticket, other))
    assert evidence.clue(written(references=("lost@x", near, far))).ticket_id == ticket.pk


@pytest.mark.parametrize("ids", [(), ("",), ("unknown@elsewhere.example",)])
def test_ids_that_nobody_knows_say_nothing(written, ticket, ids):
    assert evidence.clue(written(references=ids)) is None


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("Re: Lamp [#{0}]", ["ticket"]),
        ("[#{1}] Fwd: [#{0}] [#{1}]", ["other", "ticket"]),
        ("Lamp", []),
        ("[#999999999]", []),
    ],
)
def test_a_number_in_the_subject_is_a_weak_sign(written, ticket, other, subject, found):
    clues = list(evidence.numbered(written(subject=subject.format(ticket.number, other.number))))
    assert [each.ticket_id for each in clues] == [
        {"ticket": ticket.pk, "other": other.pk}[one] for one in found
    ]
    assert not any(each.is_strong for each in clues)


class TestBeginningsThatTheDeskNeverSaw:
    def test_an_opening_mail_leaves_the_ends_of_what_it_cites(self, written):
        ticket = intake.receive(written(references=("near@x", "between@x", "root@x"))).ticket
        assert set(Citation.objects.values_list("external_id", "ticket")) == {
            ("near@x", ticket.pk),
            ("root@x", ticket.pk),
        }
        clue = next(evidence.shared_roots(written(references=("other@x", "root@x"))))
        assert clue == (Evidence.ROOT, ticket.pk)
        assert not list(evidence.shared_roots(written(references=("between@x",))))

    def test_a_mail_that_cites_nothing_leaves_nothing(self, written):
        intake.receive(written())
        assert not Citation.objects.exists()
        assert not list(evidence.shared_roots(written()))

    def test_no_more_than_a_few_are_looked_at(self, written):
        for number in range(evidence.ROOTS_TRIED + 2):
            ticket = Ticket.objects.create(customer=intake.receive(written()).customer, subject=str(number))
            threads.remember(written(references=("root@x",)), ticket)
        found = list(evidence.shared_roots(written(references=("root@x",))))
        assert len(found) <= evidence.ROOTS_TRIED


class TestMachines:
    SAME = {"automatic": True, "subject": "Backup failed on host 3"}

    def test_a_machine_that_writes_under_one_subject_has_one_unfinished_ticket(self, written, alice):
        ticket = intake.receive(written(**self.SAME)).ticket
        again = written(**self.SAME)
        assert evidence.like_before(again, ticket.customer) == (Evidence.CITES, ticket.pk)
        assert evidence.like_before(written(**{**self.SAME, "subject": ""}), ticket.customer) is None
        assert evidence.like_before(again, None) is None
        lifecycle.resolve(ticket, actor=alice)
        assert evidence.like_before(again, ticket.customer) is None

    def test_what_a_person_wrote_under_it_is_no_machines(self, written):
        ticket = intake.receive(written(subject=self.SAME["subject"])).ticket
        assert evidence.like_before(written(**self.SAME), ticket.customer) is None


def test_nobody_is_met_by_asking_who_a_sender_is(written, ticket):
    assert evidence.sender(written()) == ticket.customer
    stranger = type(written().sender)(identity_kind="email", identity="new@mail.example")
    assert evidence.sender(written(sender=stranger)) is None
