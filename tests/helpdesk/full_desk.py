"""One row or two in every table of the desk, for whoever walks through all of them."""

import uuid
from datetime import timedelta

from django.utils import timezone

from channels_app import inbound
from channels_app.messages import Sender
from channels_app.models import (
    Audit,
    Channel,
    Flood,
    Grant,
    Hook,
    Incident,
    OAuthClient,
    Reconciliation,
    RoundTrip,
    Sighting,
)
from channels_app.webhooks import models as webhook_models
from channels_app.webhooks.models import Call, Webhook
from helpdesk.accounts import programs, tokens
from helpdesk.accounts.models import (
    Calendar,
    Company,
    Holiday,
    Shift,
    User,
)
from helpdesk.rest.models import Answer
from knowledge import opinions, searches, writing
from knowledge.canned import keeping, using
from knowledge.canned.models import RepeatedAnswer
from knowledge.models import ArticleUse, Category, Collection, HelpCentre, Picture, Synonyms
from tests import people
from tests.helpdesk import wishing, wording
from tests.sop.learning import guided
from tests.tickets.telling.push import browser
from tickets import (
    availability,
    checklists,
    deliveries,
    drafts,
    enquiries,
    intake,
    lifecycle,
    linking,
    merging,
    promises,
    ratings,
    replies,
    timing,
)
from tickets.customers import uniting
from tickets.exchange import runs
from tickets.models import (
    Addressee,
    Batch,
    Checklist,
    Competence,
    CustomField,
    Delivery,
    Effort,
    HandBack,
    Lane,
    LearnedModel,
    Macro,
    Mailing,
    Notification,
    Organisation,
    PicturePermission,
    RoutingRule,
    RuleAlarm,
    RuleRun,
    Seen,
    Shortcut,
    Skill,
    SlaPolicy,
    TeamRouting,
    Telling,
    Ticket,
    Topic,
    Urgency,
    View,
    Watch,
    WeighedPhrase,
    Word,
    WrittenTo,
)
from tickets.priority import usual
from tickets.rules import keeping as rules
from tickets.sla import policies, settling


def filled(written: people.Write, company: Company, alice: User) -> Ticket:
    """At least one row in every table, two in most."""
    Lane.objects.create(name="message:1")
    LearnedModel.objects.create(language="en", version="1", packed=b"", tickets=20)
    topic, _new = Topic.objects.get_or_create(key="order", defaults={"labels": {"en": "Order"}})
    WeighedPhrase.objects.create(words="refund", kind="complaint", topic=topic)
    View.objects.create(title="Loud")
    _route(alice, topic)
    Telling.objects.create(user=alice)
    Word.objects.create(text="parcel", alike="parcel")
    Batch.objects.create(user=alice, action="status")
    Macro.objects.create(title="Late", owner=alice, steps={"kind": "support"})
    promises.make(intake.receive(written()).ticket, timezone.now() + timedelta(days=1), actor=alice)
    WrittenTo.objects.remember(["claims@carrier.example"])
    Checklist.objects.create(title="Parcel", steps=["Ring the carrier"])
    Shortcut.objects.create(label="Shop", url="https://shop.example/?q={customer.email}")
    pair = [intake.receive(written()).ticket for _ in range(2)]
    linking.link(*pair, "related", actor=alice)
    Watch.objects.create(user=alice, ticket=pair[0])
    alice.blocked_domains.create(domain="spam.example")
    ratings.rate(lifecycle.close(pair[1], actor=None), "bad", customer=pair[1].customer)
    wishing.asked(pair[1])
    HandBack.objects.create(user=alice, ticket=pair[0], reason="load")
    Urgency.objects.create(ticket=pair[0], points=10)
    _timed(pair[0])
    loud = {"name": "Loud", "triggers": ["opened"], "actions": [{"do": "priority", "value": 4}]}
    rule = rules.make(loud, actor=None)
    RuleAlarm.objects.create(rule=rule, ticket=pair[0], since=timezone.now())
    RuleRun.objects.create(rule=rule, name="Loud", version=1, ticket=pair[0], done=[["priority", 2, 4]])
    checklists.add(pair[0], "Ring them", actor=alice)
    timing.spend(pair[0], 5, user=alice, key=uuid.uuid4())
    asked = {"to": ["claims@carrier.example"], "subject": "TP-1", "body": "?", "key": uuid.uuid4()}
    enquiries.ask(intake.receive(written()).ticket, author=alice, **asked)
    browser.leave(alice)
    Notification.objects.create(user=alice, kind="held", ticket=intake.receive(written()).ticket)
    for _ in range(2):
        ticket = intake.receive(written(html="<p>Hello</p>")).ticket
        draft = drafts.save(ticket, author=alice, mode="reply", body="See there")
        drafts.attach(draft, name="a.txt", content=b"a", content_type="text/plain")
        reply = replies.send(ticket, author=alice, body="See there", key=uuid.uuid4(), draft=draft)
        drafts.save(ticket, author=alice, mode="note", body="My own business")
        inbound.journal(ticket.channel, uuid.uuid4().hex, b"From: carol\n\nHi", sender_key="c@mail.example")
    webhook = Webhook.objects.create(name="CRM", url="https://crm.example/", kinds=["ticket_opened"])
    told = deliveries.queue(Delivery.Kind.WEBHOOK, lane=webhook.pk)
    mailing = Mailing.objects.create(author=alice, channel=ticket.channel, subject="A recall", body="Hello")
    Addressee.objects.create(mailing=mailing, address="carol@mail.example")
    Seen.objects.create(user=alice, ticket=ticket, at=timezone.now())
    call = Call.objects.create(webhook=webhook, delivery=told, type="ticket.opened")
    webhook_models.Answer.objects.create(call=call, seconds=0.1, status=200)
    PicturePermission.objects.create(message=ticket.messages.first(), user=alice)
    tokens.make(alice, name="Till", scopes=["tickets:read"], expires_at=None, key=uuid.uuid4(), actor=alice)
    Answer.objects.create(caller=f"user-{alice.pk}", key="1", fingerprint="x", status=201)
    stranger = Sender(identity_kind="email", identity="eve@elsewhere.example")
    doubtful = intake.receive(written(sender=stranger, references=(reply.external_id,)))
    intake.receive(written(references=("root@x",)))
    merging.join(doubtful.ticket, ticket, actor=alice)
    Collection.objects.create(name="articles").entries.create(key="1-en", lang="en", title="My refund?")
    Synonyms.objects.create(name="refund", language="en", words="refund, money back")
    _published()
    _canned(alice, pair[0])
    guided(ticket, alice, User.objects.get(email="ed@desk.example"))
    Organisation.objects.create(name="Lakeside", domains=["lakeside.example"])
    CustomField.objects.create(of="ticket", key="order", labels={"en": "Order"})
    uniting.unite(doubtful.customer, ticket.customer, actor=alice)
    RoundTrip.objects.create(channel=ticket.channel, message_id="trip@desk.example")
    Flood.objects.create(channel=ticket.channel, address="dan@mail.example", kept=3)
    _compared(ticket.channel)
    at = timezone.now()
    Incident.objects.create(kind="fetching", channel=ticket.channel, began_at=at, seen_at=at)
    Hook.objects.create(channel=ticket.channel, provider="mailgun")
    OAuthClient.objects.create(provider="google", client_id="desk", secrets={"client_secret": "hidden"})
    Grant.objects.create(channel=ticket.channel, expires_at=timezone.now(), granted_at=timezone.now())
    programs.create(name="Web shop", role="agent", actor=alice)
    runs.propose("organisations", "firms.csv", b"name\nLakeside\n", actor=alice)
    return ticket


def _timed(ticket: Ticket) -> None:
    SlaPolicy.objects.create(name="Everybody", first_reply=60)
    policies.notice(timezone.now())
    policies.refresh()
    settling.settle([ticket.pk], timezone.now())


def _published() -> None:
    """An article as it goes through the help centre."""
    editor = User.objects.create_user("ed@desk.example", name="Ed", role=User.Role.SUPERVISOR)
    shelf = Category.objects.create(slug="returns", names={"en": "Returns"})
    article = writing.begin(language="en", title="Refunds", category=shelf, actor=editor)
    writing.publish(article, actor=editor)
    opinions.give(article, reader="x", helpful=False, comment="Too short")
    searches.remember("discount", "en", 0)
    ArticleUse.objects.create(
        translation=article, ticket=Ticket.objects.first(), user=editor, key=uuid.uuid4()
    )
    HelpCentre.objects.create(pk=1)
    wishing.suggested(editor)
    wishing.shown()
    Picture.objects.create(token="x" * 16, sha256="0" * 64, content_type="image/png", name="box.png")


def _canned(alice: User, ticket: Ticket) -> None:
    response = keeping.make("Late", actor=None, wordings={"en": {"body": "It is late."}})
    using.use(response, ticket, actor=alice, key=uuid.uuid4())
    RepeatedAnswer.objects.create(language="en", text="Hello", digest="x", times=4, writers=1)
    wording.one_of_each(alice, ticket)


def _compared(mailbox: Channel) -> None:
    """What a comparison of a mailbox leaves."""
    at = timezone.now()
    Audit.objects.create(channel=mailbox, begun_at=at, done_at=at)
    Reconciliation.objects.create(channel=mailbox, folder="INBOX", use="fetched", day=at.date())
    place = {"folder": "INBOX", "use": "fetched", "uidvalidity": 1, "uid": 1}
    Sighting.objects.create(channel=mailbox, arrived_at=at, message_id="1@x", **place)


def _route(user: User, topic: Topic) -> None:
    """A row in every table of routing."""
    calendar = Calendar.objects.create(name="Office", time_zone="Europe/Budapest")
    Shift.objects.create(calendar=calendar, weekday=0, starts="09:00", ends="17:00")
    Holiday.objects.create(calendar=calendar, day="2026-12-25")
    team = user.teams.get()
    TeamRouting.objects.create(team=team, calendar=calendar)
    skill = Skill.objects.create(name="Warranty")
    skill.topics.add(topic)
    Competence.objects.create(user=user, skill=skill)
    RoutingRule.objects.create(topic=topic, team=team)
    Effort.objects.create(kind="complaint", points=3)
    availability.be(user, "available", actor=user)
    usual.plant()
