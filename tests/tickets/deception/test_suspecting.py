"""What is written down about a sender soon after a message came."""

import pytest

from channels_app.messages import Authenticity, Sender
from tickets import intake, reactions
from tickets.deception import suspecting
from tickets.models import Customer, Identity, Message, Organisation
from tickets.web import doubts

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(written):
    """A mail of this sender after its reactions."""

    def receive(name: str, address: str, **more) -> Message:
        sender = Sender(identity_kind="email", identity=address, name=name)
        message = intake.receive(written(sender=sender, **more))
        reactions.drain()
        message.refresh_from_db()
        return message

    return receive


def codes(message: Message) -> list[str]:
    return [each["code"] for each in message.doubts or ()]


def test_nothing_is_odd_about_carol(received):
    message = received("Carol Reyes", "carol@mail.example")
    assert message.doubts is None and doubts.line(message) is None


def test_our_own_domain_and_those_of_organisations_are_imitated(received):
    Organisation.objects.create(name="Lakeside", domains=["lakeside.example", "lakeside.hu"])
    imitation = received("Office", "office@lakeslde.example")
    assert imitation.doubts == [{"code": "imitates", "like": "lakeside.example"}]
    line = doubts.line(imitation)
    assert line.tone == "danger" and line.reasons == [
        "lakeslde.example looks like lakeside.example, but it is another domain."
    ]
    assert codes(received("Office", "office@paypa1.com")) == ["imitates"]


def test_a_colleague_who_writes_from_elsewhere(received, alice):
    message = received("Alice Hartmann", "alice.h@mail.example")
    assert codes(message) == ["colleague"] and doubts.line(message).tone == "danger"


def test_somebody_of_an_organisation_from_outside(received):
    lakeside = Organisation.objects.create(name="Lakeside", domains=["lakeside.example"])
    petra = Customer.objects.create(name="Petra Weiss", organisation=lakeside)
    Identity.objects.create(customer=petra, kind="email", value="petra@lakeside.example")
    message = received("Petra Weiss", "petra@mail.example")
    assert message.doubts == [{"code": "partner", "like": "Lakeside"}]
    assert doubts.line(message).tone == "warn"
    assert codes(received("Petra Weiss", "petra.weiss@lakeside.example")) == []


def test_a_namesake_with_a_recent_ticket_is_mentioned_and_several_are_not(received):
    received("Carol Reyes", "carol@mail.example")
    second = received("carol reyes", "carol@other.example")
    assert second.doubts == [{"code": "namesake", "like": "carol@mail.example"}]
    line = doubts.line(second)
    assert line.tone == "info" and line.advice == ""
    assert codes(received("Carol Reyes", "carol@third.example")) == []


def test_answers_to_another_domain(received):
    message = received("Carol Reyes", "carol@mail.example", reply_to=("x@evil.example",))
    assert codes(message) == ["answers_elsewhere"]
    assert "x@evil.example" in doubts.line(message).reasons[0]


def test_a_failed_check_is_told_even_before_any_reaction(written):
    forged = intake.receive(written(authenticity=Authenticity.FAIL))
    line = doubts.line(forged)
    assert line.tone == "danger" and "mail.example" in line.reasons[0]


def test_the_page_says_it_above_the_message(client, alice, received):
    message = received("info@bank.com", "x@evil.example")
    client.force_login(alice)
    html = client.get(f"/tickets/{message.ticket.number}/").content.decode()
    assert "The name says info@bank.com, but the mail came from x@evil.example." in html
    assert "Make sure who it is" in html


def test_what_we_write_is_never_suspected(ticket, alice):
    note = Message(ticket=ticket, direction=Message.Direction.NOTE, author=alice, text="x")
    note.save()
    assert suspecting.suspect([note]) == 0 and doubts.line(note) is None


def test_a_batch_of_mails_costs_no_more_queries_than_one(written, django_assert_max_num_queries):
    sender = Sender(identity_kind="email", identity="carol@mail.example", name="Carol Reyes")
    sent = [intake.receive(written(sender=sender)) for _number in range(10)]
    with django_assert_max_num_queries(5):
        suspecting.suspect(sent)
