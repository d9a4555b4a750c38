import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from knowledge.canned import keeping, using
from knowledge.canned.models import Use
from tickets import intake, lifecycle, replies

pytestmark = pytest.mark.django_db


@pytest.fixture
def label(late, ada):
    return keeping.attach(late, actor=ada, name="label.txt", content=b"Label", content_type="text/plain")


def test_its_files_go_to_the_draft_once(late, label, ticket, alice):
    key = uuid.uuid4()
    for _again in range(2):
        filled, batch = using.use(late, ticket, actor=alice, key=key)
    draft = ticket.drafts.get()
    assert [each.name for each in draft.attachments.all()] == ["label.txt"]
    assert batch is None and filled.text.startswith("Hello Carol,")
    using.use(late, ticket, actor=alice, key=uuid.uuid4())
    assert draft.attachments.count() == 1


def test_its_actions_are_done_and_can_be_taken_back(made, ticket, alice):
    response = made("X", steps={"tag_add": ["late"], "status": "waiting"})
    _filled, batch = using.use(response, ticket, actor=alice, key=uuid.uuid4())
    ticket.refresh_from_db()
    assert (ticket.tags, ticket.status) == (["late"], "waiting")
    assert batch.changes
    using.use(response, ticket, actor=alice, key=uuid.uuid4(), acts=False)
    ticket.refresh_from_db()
    assert ticket.status == "waiting"


def test_its_words_go_below_what_was_begun(late, ticket, alice):
    key = uuid.uuid4()
    for _again in range(2):
        using.write(late, ticket, actor=alice, key=key, language="hu")
    using.write(late, ticket, actor=alice, key=uuid.uuid4(), language="en")
    assert ticket.drafts.get().body.count("\n\n") == 3
    assert ticket.drafts.get().body.endswith("your parcel is late.")


class TestWhatBecameOfIt:
    def test_a_ticket_that_stays_resolved_is_a_success(self, late, ticket, alice):
        self.sent(late, ticket, alice, resolve=True)
        late.refresh_from_db()
        assert (late.used, late.solved) == (1, 1)
        assert using.figures(late) == (1, 1, 100)

    def test_one_that_the_customer_opened_again_is_not(self, late, ticket, alice, written):
        self.sent(late, ticket, alice, resolve=True, again=written)
        late.refresh_from_db()
        assert (late.used, late.solved) == (1, 0)

    def test_a_response_that_was_never_sent_does_not_count(self, late, ticket, alice):
        using.use(late, ticket, actor=alice, key=uuid.uuid4())
        using.settle(timezone.now() + timedelta(days=8))
        late.refresh_from_db()
        assert (late.used, Use.objects.exclude(settled_at=None).count()) == (0, 1)

    def sent(self, response, ticket, alice, *, resolve, again=None):
        using.use(response, ticket, actor=alice, key=uuid.uuid4())
        replies.send(ticket, author=alice, body="It is late.", key=uuid.uuid4(), status="resolved")
        if again:
            first = ticket.messages.filter(direction="out").get().external_id
            intake.receive(again(references=(first,), text="Still nothing"))
            ticket.refresh_from_db()
            lifecycle.set_status(ticket, "resolved", actor=alice)
        using.settle(timezone.now())
        assert Use.objects.get().message_id
        assert using.figures(response)[0] == 1
        for _again in range(2):
            using.settle(timezone.now() + timedelta(days=8))
