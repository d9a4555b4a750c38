"""Nothing of a customer is left, in whatever table it stood; others are as they were."""

import json
import uuid

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone

from channels_app import files, inbound
from channels_app.messages import InboundFile, Sender
from channels_app.models import Flood, InboundRecord, Sighting
from helpdesk.accounts.models import AuditEntry
from helpdesk.rest.models import Answer
from knowledge.models import HelpCentre, Picture, Suggestion
from knowledge.suggestions import deciding
from knowledge.suggestions import posting as suggestions
from tests.architecture.test_words import own_models
from tickets import checklists, customers, drafts, enquiries, intake, properties, replies, search, timing
from tickets.customers import erasing, exporting, traces, uniting
from tickets.exchange import runs
from tickets.models import (
    Addressee,
    Attachment,
    Batch,
    Customer,
    CustomField,
    Delivery,
    Draft,
    Event,
    ImportRun,
    Mailing,
    Message,
    Rating,
    RuleRun,
    Ticket,
    WrittenTo,
)

pytestmark = pytest.mark.django_db
WORD = "Xylophia"  # stands in every place that may hold something of the customer
ADDRESS = f"{WORD.lower()}@mail.example"
WORDLESS = {
    # Tables that hold nothing of a customer: settings, colleagues, the state of machines, ids alone.
    *("AuditEntry", "Audit", "Call", "Channel", "Citation", "Company", "CustomField", "Doubt", "Grant"),
    *(
        "Article",
        "Category",
        "Collection",
        "Entry",
        "HelpCentre",
        "Picture",
        "Synonyms",
        "Translation",
        "Video",
    ),
    *("CentreChannel", "Domain"),
    *("CannedResponse", "RepeatedAnswer", "ResponseFile", "Use", "Wording"),  # without names and numbers
    *("Chapter", "Edition", "Limit", "Procedure", "Remedy", "Situation"),
    *("ArticleRead", "ArticleUse", "Attempt", "Learner", "LearningPath", "PathStop", "Reminder"),
    *("CountryNote", "Expectation", "ExpectedTime", "Pace"),
    *("Following", "Mark", "Reading"),  # ids and codes: reasons are said in notes of the ticket
    *("PhrasePair", "SparedPhrase", "BlockedDomain"),
    *("SuggestionChange", "SuggestionVote", "RatingInvitation", "RatingRefusal"),  # ids and codes
    *("Opinion", "Search", "Version"),  # what readers whom nobody knows did
    *("Heartbeat", "Hook", "Incident", "Lane", "Membership", "Move", "OAuthClient", "Organisation"),
    *("Macro", "Mailing", "Notification", "Promise", "Seen", "ServiceAccount", "SingleSignOn", "View"),
    *("Checklist", "Device", "Link", "PushKeys", "Shortcut", "Telling", "Watch"),
    *("Rule", "RuleAlarm", "RuleVersion", "SlaClock", "SlaEdition", "SlaPolicy", "SlaVersion"),
    *("Availability", "AvailabilityChange", "Calendar", "Competence", "Effort", "HandBack", "Holiday"),
    *("RoutingRule", "Shift", "Skill", "TeamRouting", "PriorityCriterion", "PriorityScale", "Urgency"),
    *("LearnedModel", "Topic", "WeighedPhrase"),  # words of three customers, or of admins
    *("Reaction", "Reconciliation", "RoundTrip", "Team", "Token", "User", "Webhook", "Answer"),
}


@pytest.fixture
def known(written, mailbox, alice, ada, sam) -> Customer:
    """A customer who has left traces everywhere."""
    CustomField.objects.create(of="ticket", key="order", labels={"en": "Order"})
    CustomField.objects.create(of="ticket", key="day", kind="date", labels={"en": "Day"})
    sender = Sender(identity_kind="email", identity=ADDRESS, name=WORD, language="en")
    digest = files.store(f"{WORD}'s file".encode())
    raw = inbound.journal(
        mailbox, "x", f"From: {ADDRESS}\n\n{WORD}".encode(), sender_key=ADDRESS, envelope={"from": ADDRESS}
    )
    inbound.journal(mailbox, "y", f"Unreadable {WORD}".encode(), sender_key=ADDRESS)
    InboundRecord.objects.filter(source_key="y").update(state="quarantined", error=WORD)
    message = intake.receive(
        written(
            sender=sender,
            subject=f"{WORD} asks",
            text=f"I am {WORD}",
            html=f"<p>{WORD}</p>",
            record_id=raw.pk,
            files=(InboundFile(name=f"{WORD}.txt", content_type="text/plain", sha256=digest, size=9),),
        )
    )
    ticket = message.ticket
    search.index([message.pk])
    properties.set_custom(ticket, {"order": WORD, "day": "2026-01-02"}, actor=alice)
    replies.send(ticket, author=alice, body=f"Dear {WORD}", key=uuid.uuid4(), cc=[f"{WORD}@cc.example"])
    replies.add_note(ticket, author=alice, body=f"{WORD} is upset", key=uuid.uuid4())
    checklists.add(ticket, f"Ring {WORD}", actor=alice)
    timing.spend(ticket, 5, user=alice, key=uuid.uuid4(), note=f"Rang {WORD}")
    Rating.objects.create(
        ticket=ticket,
        customer=ticket.customer,
        score="bad",
        comment=f"Ask {WORD}",
        resolved_at=timezone.now(),
    )
    asked = {"subject": f"{WORD}'s parcel", "body": f"Where is the parcel of {WORD}?", "key": uuid.uuid4()}
    enquiries.ask(ticket, author=alice, to=[f"{WORD} <{WORD}@depot.example>"], **asked)
    drafts.save(ticket, author=sam, mode="reply", body=f"Dear {WORD}")
    own = {"custom": {"order": WORD}}
    Batch.objects.create(user=alice, action="macro", changes=[[ticket.pk, {"custom": {}}, own]])
    RuleRun.objects.create(name="Orders", version=1, ticket=ticket, done=[["custom", {}, {"order": WORD}]])
    customer = ticket.customer
    other = Customer.objects.create(name=f"{WORD} too", notes=WORD)
    other.identities.create(kind="email", value=f"{WORD.lower()}@home.example")
    uniting.unite(other, customer, actor=alice)
    Customer.objects.filter(pk=customer.pk).update(notes=WORD, custom={"card": WORD}, country="GB")
    at, place = timezone.now(), {"folder": "INBOX", "use": "fetched", "uidvalidity": 1, "uid": 1}
    Sighting.objects.create(
        channel=mailbox, arrived_at=at, message_id="1", sender=ADDRESS, subject=WORD, **place
    )
    Flood.objects.create(address=ADDRESS, channel=mailbox)
    mailing = Mailing.objects.create(author=alice, channel=mailbox, subject="News", body="We move")
    Addressee.objects.create(mailing=mailing, address=ADDRESS, name=WORD, ticket=ticket)
    Delivery.objects.create(
        kind="webhook", payload={"data": {"ticket": {"number": ticket.number, "subject": WORD}}}
    )
    Answer.objects.create(
        caller="token-1", key="1", fingerprint="x", status=200, body=json.dumps({"to": ADDRESS}).encode()
    )
    kind = ContentType.objects.get_for_model(Customer)
    LogEntry.objects.create(
        user_id=ada.pk, content_type=kind, object_id=customer.pk, object_repr=WORD, action_flag=CHANGE
    )
    wish = suggestions.post(
        "Wrap gifts",
        f"I am {WORD}",
        language="en",
        customer=customer,
        key=uuid.uuid4(),
        centre=HelpCentre(pk=1),
    )
    other = customers.resolve(Sender(identity_kind="email", identity="dora@mail.example"))
    for each in (
        wish,
        suggestions.post(
            "Boxes", WORD, language="en", customer=customer, key=uuid.uuid4(), centre=HelpCentre(pk=1)
        ),
    ):
        deciding.change(each, shown="public", actor=ada)
    suggestions.vote(wish, customer=other)
    suggestions.comment(Suggestion.objects.get(pk=wish.pk), WORD, customer=customer, key=uuid.uuid4())
    run = runs.propose("customers", "people.csv", f"name,emails\n{WORD},{ADDRESS}\n".encode(), actor=ada)
    ImportRun.objects.filter(pk=run.pk).update(state="done", problems=[[1, WORD]])
    return Customer.objects.get(pk=customer.pk)


def standing(word: str) -> set[str]:
    """The columns of all tables in which the word stands, in whatever letters."""
    found = set()
    for model in apps.get_models():
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            text = "encode({0}, 'escape')" if isinstance(field, models.BinaryField) else "{0}::text"
            column = text.format(connection.ops.quote_name(field.column))
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {table} WHERE {column} ILIKE %s LIMIT 1", [f"%{word}%"])
                if cursor.fetchone():
                    found.add(f"{model.__name__}.{field.name}")
    return found


def test_the_traces_are_where_they_may_be(known):
    """Else the next test proves nothing."""
    found = standing(WORD)
    told = {each.split(".")[0] for each in found}
    silent = {"PicturePermission", "Attachment", "WrittenTo"}
    assert {model.__name__ for model in erasing.ERASED_FROM} - told - silent <= {"Event", "ImportRun"}
    assert len(found) > 25, found


@pytest.mark.parametrize("words", [erasing.REDACT, erasing.DELETE])
def test_nothing_is_left(known, ada, words, django_capture_on_commit_callbacks):
    digests = set(Attachment.objects.values_list("sha256", flat=True))
    digests |= {ImportRun.objects.get().sha256}
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(known, words=words, actor=ada)
    assert standing(WORD) == set()
    assert not Draft.objects.exists()
    for digest in digests:
        with pytest.raises(files.Missing):
            files.read(digest)
    entry = AuditEntry.objects.get(kind="customer_erased")
    assert (entry.actor, entry.data["customer"], entry.data["words"]) == (ada, known.pk, words)


def test_it_is_forgotten_that_they_were_written_to(known, ada):
    WrittenTo.objects.remember([ADDRESS, "dora@mail.example"])
    erasing.erase(known, words=erasing.REDACT, actor=ada)
    assert WrittenTo.objects.known([ADDRESS, "dora@mail.example"]) == {"dora@mail.example"}


def test_every_table_is_thought_of():
    """A new table holds something of customers, or it stands in the list of those that do not."""
    touched = {model.__name__ for model in erasing.ERASED_FROM}
    assert {model.__name__ for model in own_models()} - touched == WORDLESS - {"Answer"}


def test_redacted_tickets_keep_their_figures(known, ada):
    before = Ticket.objects.get().events.count()
    erasing.erase(known, words=erasing.REDACT, actor=ada)
    ticket = Ticket.objects.get()
    assert ticket.messages.count() == 4
    assert ticket.events.count() == before
    assert ticket.first_replied_at is not None
    assert ticket.subject == "Erased at the customer's request."
    changes = [event.data for event in Event.objects.filter(kind="custom_changed").order_by("id")]
    assert changes == [{"field": "day"}, {"field": "order"}]


def test_what_waits_to_be_sent_is_not_sent(known, ada):
    erasing.erase(known, words=erasing.REDACT, actor=ada)
    assert set(Delivery.objects.filter(kind="message").values_list("state", flat=True)) == {"dropped"}


def test_the_same_mail_is_not_fetched_again(known, ada, mailbox):
    erasing.erase(known, words=erasing.DELETE, actor=ada)
    assert inbound.journal(mailbox, "x", b"From: again") is None
    assert InboundRecord.objects.get(source_key="y").state == "dismissed"


def test_twice_is_refused(known, ada):
    erasing.erase(known, words=erasing.REDACT, actor=ada)
    with pytest.raises(traces.Erased):
        erasing.erase(known, words=erasing.REDACT, actor=ada)


def test_others_are_as_they_were(known, ticket, carol, ada, django_capture_on_commit_callbacks):
    """The same file, from somebody else, is still theirs."""
    digest = Attachment.objects.get().sha256
    Attachment.objects.create(message=ticket.messages.get(), sha256=digest, name="same.txt", size=9)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(known, words=erasing.DELETE, actor=ada)
    assert files.read(digest)
    assert ticket.messages.get().text.startswith("Good morning")
    assert carol.identities.get().value == "carol@mail.example"


def test_a_file_that_an_article_shows_too_stays(known, ada, django_capture_on_commit_callbacks):
    digest = Attachment.objects.get().sha256
    Picture.objects.create(token="picture", sha256=digest, content_type="image/png")
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(known, words=erasing.DELETE, actor=ada)
    assert files.read(digest)


def test_who_writes_again_is_a_new_customer(known, ada, written):
    erasing.erase(known, words=erasing.REDACT, actor=ada)
    again = intake.receive(written(sender=Sender(identity_kind="email", identity=ADDRESS))).ticket
    assert again.customer_id != known.pk


def test_everything_is_in_the_export(known, ada, ticket):
    whole = json.loads(b"".join(exporting.export(known, actor=ada)))
    assert whole["customer"]["name"] == WORD
    assert {each["value"] for each in whole["customer"]["identities"]} == {
        ADDRESS,
        f"{WORD.lower()}@home.example",
    }
    (only,) = whole["tickets"]
    assert [each["direction"] for each in only["messages"]] == ["in", "out", "note"]
    assert only["messages"][0]["files"][0]["name"] == f"{WORD}.txt"
    assert only["custom"] == {"order": WORD, "day": "2026-01-02"}
    assert "Carol" not in json.dumps(whole)
    assert AuditEntry.objects.get(kind="exported").data["customer"] == known.pk


def test_what_they_wrote_elsewhere_is_exported_and_erased(known, ada, ticket):
    Message.objects.filter(ticket=ticket).update(customer=known)
    whole = json.loads(b"".join(exporting.export(known, actor=ada)))
    assert whole["elsewhere"][0]["text"].startswith("Good morning")
    erasing.erase(known, words=erasing.REDACT, actor=ada)
    assert ticket.messages.get().text == "Erased at the customer's request."
    assert Ticket.objects.get(pk=ticket.pk).subject == "Where is my parcel?"
