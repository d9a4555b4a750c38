"""Words of an enquiry are kept as one types, and can be undone while they wait, as replies are."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tickets import departing, drafts, enquiries, intake, merging, scheduling
from tickets.models import Draft, Enquiry, Message

pytestmark = pytest.mark.django_db
CARRIER = "claims@carrier.example"


def wait(ticket, alice, **given) -> Draft:
    what = {"to": [CARRIER], "subject": "TP-1 lost?", "body": "Where is it?", "key": uuid4(), **given}
    return scheduling.queue(
        ticket, author=alice, mode="aside", due_at=timezone.now() + timedelta(hours=1), **what
    )


def go(waiting: Draft) -> None:
    Draft.objects.filter(pk=waiting.pk).update(due_at=timezone.now())
    departing.drain()


def test_nothing_happens_before_it_is_due_and_then_it_is_asked(ticket, alice):
    waiting = wait(ticket, alice, html="<b>Where</b> is it?")
    assert not Enquiry.objects.exists()
    go(waiting)
    sent = Enquiry.objects.get().messages.get()
    assert (sent.to, sent.text, sent.html, sent.key) == (
        [CARRIER],
        "Where is it?",
        "<b>Where</b> is it?",
        waiting.key,
    )
    assert not Draft.objects.exists()


def test_taken_back_it_is_a_draft_of_that_enquiry(ticket, alice):
    first = enquiries.ask(ticket, author=alice, to=[CARRIER], subject="Q", body="?", key=uuid4())
    waiting = wait(ticket, alice, enquiry=first.enquiry)
    drafts.save(ticket, author=alice, mode="aside", body="Another", subject="New")
    drafts.save(ticket, author=alice, mode="aside", body="And besides", enquiry=first.enquiry)
    back = scheduling.take_back(waiting, actor=alice)
    assert back.body == "Where is it?\n\nAnd besides"
    assert ticket.drafts.open().get(enquiry=None).body == "Another"
    go(
        scheduling.queue(
            ticket,
            author=alice,
            mode="aside",
            draft=back,
            enquiry=first.enquiry,
            body="So?",
            key=uuid4(),
            to=[CARRIER],
            due_at=timezone.now() + timedelta(hours=1),
        )
    )
    assert first.enquiry.messages.count() == 2


def test_the_customer_is_not_asked_aside(ticket, alice):
    with pytest.raises(enquiries.ToTheCustomer):
        wait(ticket, alice, to=["carol@mail.example"])
    waiting = wait(ticket, alice)
    ticket.customer.identities.create(kind="email", value=CARRIER)
    go(waiting)
    assert Draft.objects.get().held == "nowhere"
    assert not Message.objects.filter(purpose="aside").exists()


def test_it_goes_along_when_the_ticket_is_joined(ticket, alice, written):
    waiting = wait(ticket, alice)
    drafts.save(ticket, author=alice, mode="aside", body="Begun")
    other = intake.receive(written(subject="Another")).ticket
    merging.join(ticket, other, actor=alice)
    go(waiting)
    assert Enquiry.objects.get().ticket == other
    assert other.drafts.get().body == "Begun"


def test_the_page_keeps_what_is_typed_and_what_is_sent_can_be_undone(client, ticket, alice):
    alice.undo_seconds = 10
    alice.save()
    client.force_login(alice)
    page = f"/tickets/{ticket.number}/enquiries/"
    kept = {"to": "claims@car", "subject": "TP-1?", "body": "Where", "html": "<script>x</script><b>Where</b>"}
    assert "Draft kept" in client.post(f"{page}draft/", kept).content.decode()
    shown = client.get(page).content.decode()
    assert (
        "claims@car" in shown
        and "TP-1?" in shown
        and "&lt;b&gt;Where" in shown
        and "script&gt;x" not in shown
    )
    sent = client.post(page, {**kept, "to": CARRIER, "html": "", "key": str(uuid4())})
    assert sent.url == f"/tickets/{ticket.number}/"
    waiting = Draft.objects.get()
    assert (waiting.mode, waiting.subject, Enquiry.objects.count()) == ("aside", "TP-1?", 0)
    assert "Goes out in" in client.get(f"/tickets/{ticket.number}/").content.decode()
    undone = client.post(f"/scheduled/{waiting.pk}/undo/")
    assert undone.url == f"{page}#ask"
    assert Draft.objects.open().get().body == "Where"
    assert client.post(f"{page}draft/", {"discard": "1"}).status_code == 302
    assert not Draft.objects.exists()
