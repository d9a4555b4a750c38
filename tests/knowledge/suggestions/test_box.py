"""The suggestion box: posted, voted for once, decided, united, and told to those who voted."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from channels_app.messages import Sender
from knowledge import centres, collections
from knowledge.models import HelpCentre, Suggestion, SuggestionChange, SuggestionVote
from knowledge.suggestions import deciding, from_tickets, naming, posting, shelf, telling
from tickets import customers, properties
from tickets.customers import uniting
from tickets.models import Customer, Delivery, Identity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company")]


@pytest.fixture(autouse=True)
def sent(settings) -> list:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    return mail.outbox


@pytest.fixture
def dan(db) -> Customer:
    return customers.resolve(Sender(identity_kind="email", identity="dan@mail.example", name="Dan Ito"))


def wish(customer: Customer, title: str = "Wrap gifts in paper", **fields) -> Suggestion:
    given = {"language": "en", "key": uuid.uuid4(), **fields}
    return posting.post(title, "For birthdays", customer=customer, centre=centres.every()[0], **given)


def public(customer: Customer, sam, title: str = "Wrap gifts in paper") -> Suggestion:
    return deciding.change(wish(customer, title), shown="public", actor=sam)


def wanted(row: Suggestion) -> int:
    return Suggestion.objects.counted().get(pk=row.pk).wanted


def due() -> None:
    SuggestionChange.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    telling.sweep()


def test_it_waits_with_the_vote_of_its_author_and_is_posted_once(carol):
    key = uuid.uuid4()
    assert wish(carol, key=key) == wish(carol, key=key)
    row = Suggestion.objects.get()
    assert (row.shown, wanted(row)) == ("waiting", 1)
    assert shelf.find("gift paper", "en", centre=HelpCentre(pk=1)) == []


def test_without_moderation_it_is_public_and_found_at_once(carol):
    HelpCentre.objects.create(pk=1, suggestions_wait=False)
    row = wish(carol)
    assert row.shown == "public" and shelf.find("wrapping gifts", "en", centre=HelpCentre(pk=1)) == [row]


def test_one_customer_cannot_fill_the_box(carol):
    for number in range(posting.MOST_WAITING):
        wish(carol, f"Wish {number}")
    with pytest.raises(posting.TooMany):
        wish(carol, "One more")


def test_one_votes_once_and_takes_it_back(carol, dan, sam):
    row = public(carol, sam)
    for _ in range(2):
        posting.vote(row, customer=dan)
    assert wanted(row) == 2
    posting.take_back(row, customer=dan)
    assert wanted(row) == 1


def test_who_was_joined_does_not_vote_twice(carol, dan, sam, ada):
    row = public(carol, sam)
    posting.vote(row, customer=dan)
    uniting.unite(dan, carol, actor=ada)
    posting.vote(row, customer=carol)
    assert wanted(row) == 2, "the votes of both were there before"
    other = public(Customer.objects.get(pk=carol.pk), sam, "Slower music")
    posting.vote(other, customer=dan)
    assert wanted(other) == 1


@pytest.mark.parametrize("status", ["done", "declined"])
def test_what_is_over_is_voted_for_no_more(carol, dan, sam, status):
    row = deciding.change(public(carol, sam), status=status, actor=sam)
    with pytest.raises(posting.Closed):
        posting.vote(row, customer=dan)
    with pytest.raises(posting.Closed):
        posting.take_back(row, customer=carol)


def test_agents_do_not_decide(carol, alice):
    row = wish(carol)
    with pytest.raises(deciding.NotAllowed):
        deciding.change(row, shown="public", actor=alice)
    with pytest.raises(deciding.NotAllowed):
        deciding.unite(row, wish(carol, "Another"), actor=alice)


def test_its_author_hears_that_it_is_public_and_voters_of_its_status(carol, dan, sam, sent):
    row = public(carol, sam)
    assert [each.to for each in sent] == [["carol@mail.example"]] and "public now" in sent[0].subject
    posting.vote(row, customer=dan)
    deciding.change(row, status="planned", answer="From May on.", actor=sam)
    telling.sweep()
    assert len(sent) == 1, "not before it could be taken back"
    due()
    due()
    told = sent[1:]
    assert sorted(each.to[0] for each in told) == ["carol@mail.example", "dan@mail.example"]
    assert "Planned" in told[0].subject and "From May on." in told[0].body
    assert told[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told[0].extra_headers["List-Unsubscribe"].strip("<>") in told[0].body


def test_many_voters_are_told_once_each_whatever_the_batch(carol, dan, sam, sent, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 1)
    row = public(carol, sam)
    posting.vote(row, customer=dan)
    sent.clear()
    deciding.change(row, status="review", actor=sam)
    due()
    assert len(sent) == 2 and SuggestionChange.objects.get().settled_at


def test_a_status_taken_back_in_time_is_told_to_nobody(carol, sam, sent):
    row = public(carol, sam)
    sent.clear()
    deciding.change(row, status="declined", actor=sam)
    deciding.change(row, status="new", actor=sam)
    due()
    assert sent == []
    deciding.change(row, status="planned", actor=sam)
    deciding.change(row, status="started", actor=sam)
    due()
    assert [each.subject.partition(":")[0] for each in sent] == ["In progress"]


def test_who_wants_no_more_mail_or_cannot_be_reached_gets_none(carol, dan, sam, sent):
    row = public(carol, sam)
    posting.vote(row, customer=dan)
    sent.clear()
    assert telling.stop(telling.token_of(posting.theirs(row, dan))) == row
    assert telling.stop("forged") is None
    Identity.objects.filter(customer=carol).update(bounced_at=timezone.now())
    deciding.change(row, status="planned", actor=sam)
    due()
    assert sent == []


def test_each_is_told_in_their_language(carol, sam, sent):
    Customer.objects.filter(pk=carol.pk).update(language="hu")
    row = public(carol, sam)
    deciding.change(row, status="planned", actor=sam)
    due()
    assert "/help/hu/ideas/" in sent[-1].body and "Planned" not in sent[-1].subject


def test_the_mail_goes_by_the_queue_of_all_mail_behind_what_people_wait_for(carol, sam, settings):
    settings.EMAIL_BACKEND = "channels_app.notices.Queue"
    public(carol, sam)
    delivery = Delivery.objects.get(kind="notice")
    assert delivery.urgency == Delivery.Urgency.BULK and delivery.everybody == ["carol@mail.example"]


def test_united_votes_count_each_person_once(carol, dan, sam, ticket):
    row, same = public(carol, sam), public(dan, sam, "Gift wrapping")
    posting.vote(same, customer=carol, ticket=ticket)
    posting.comment(same, "Please", customer=dan, key=uuid.uuid4())
    first = deciding.unite(public(dan, sam, "Boxes"), same, actor=sam)
    assert first == same
    deciding.unite(same, row, actor=sam)
    assert wanted(row) == 2 and row.comments.count() == 1
    assert SuggestionVote.objects.get(suggestion=row, customer=carol).ticket == ticket
    assert set(Suggestion.objects.filter(merged_into=row).values_list("title", flat=True)) == {
        "Gift wrapping",
        "Boxes",
    }
    assert shelf.find("gift wrapping", "en", centre=HelpCentre(pk=1)) == [row]
    with pytest.raises(deciding.CannotUnite):
        deciding.unite(row, same, actor=sam)
    with pytest.raises(deciding.CannotUnite):
        deciding.unite(row, row, actor=sam)


def test_what_is_hidden_is_not_found(carol, sam):
    row = public(carol, sam)
    deciding.change(row, shown="hidden", actor=sam)
    assert collections.search(shelf.SHELF, "gift", "en") == []


def test_a_ticket_becomes_one_once_without_whose_it_was(ticket, alice):
    properties.set_kind(ticket, "suggestion", actor=alice)
    row = from_tickets.make(ticket, actor=alice)
    assert from_tickets.make(ticket, actor=alice) == row == from_tickets.of(ticket)
    assert (row.shown, row.customer, wanted(row)) == ("waiting", ticket.customer, 1)
    assert "TP-1" not in row.text and "parcel" in row.text


def test_a_ticket_counts_for_one_that_is_there(ticket, dan, sam):
    row = public(dan, sam, "Tell where my parcel is")
    assert from_tickets.alike(ticket) == [row]
    for _ in range(2):
        from_tickets.count_in(ticket, row)
    assert wanted(row) == 2 and from_tickets.of(ticket) == row


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("Carol Reyes", "en", "Carol"),
        ("Nagy Éva", "hu", "Éva"),
        ("Иван Петров", "ru", "Иван"),
        ("carol@mail.example", "en", "A customer"),
        ("", "en", "A customer"),
    ],
)
def test_readers_see_a_first_name_at_most(name, language, shown):
    assert naming.public(Customer(name=name), language) == shown
