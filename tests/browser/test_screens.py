"""Every screen, in light and dark: readable by everybody, nothing wider than the window."""

import uuid
from datetime import time, timedelta

import pytest
from django.utils import timezone

from channels_app.models import Audit, Channel, Grant, InboundRecord, Incident, Reconciliation, Sighting
from channels_app.web.sections import SECTIONS
from helpdesk.accounts import tokens
from helpdesk.accounts.models import Calendar, User
from knowledge.canned import keeping as canned
from knowledge.phrases import keeping as phrases
from knowledge.suggestions import deciding, from_tickets
from sop import following, paths
from sop import writing as procedures
from sop.models import Chapter, LearningPath
from tickets import drafts, fates, notifications, properties, replies, scheduling, views
from tickets.models import (
    Customer,
    CustomField,
    Notification,
    Organisation,
    Rule,
    SlaPolicy,
    Ticket,
    View,
)
from tickets.rules import starting
from tickets.sla import keeping, policies, settling

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = """new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = "/static/axe.min.js";  // a browser keeps it, and what it made of it
    script.onload = loaded;
    script.onerror = failed;
    document.head.append(script);
})"""
WIDTHS = (1440, 1024, 768, 375)
CONTRAST = "{ runOnly: { type: 'rule', values: ['color-contrast'] } }"  # a theme changes nothing else

# A colour measured on its way to another is neither.
AT_ONCE = """
const style = new CSSStyleSheet();
style.replaceSync("* { transition: none !important }");
document.adoptedStyleSheets.push(style);
"""


@pytest.fixture
def screens(ticket, alice, ada, mailbox, company) -> list[str]:
    """Addresses with something on each of them."""
    properties.set_kind(ticket, "complaint", actor=alice)
    properties.set_priority(ticket, 4, actor=alice)
    properties.set_tags(ticket, ["oak", "vip"], actor=alice)
    replies.add_note(ticket, author=alice, body="A note.", key=uuid.uuid4())
    delivery = replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4()).deliveries.get()
    fates.delivery_failed(delivery, "550 5.1.1 no such user")
    due = timezone.now() + timedelta(days=1)
    to = {"to": ["carol@mail.example"], "due_at": due}
    scheduling.queue(
        ticket,
        author=ada,
        mode="reply",
        body="Later.",
        html="<ul><li>Later.</li></ul>",
        key=uuid.uuid4(),
        **to,
    )
    drafts.save(ticket, author=alice, mode="reply", body="Half an answer")
    notifications.notify([ada], Notification.Kind.HELD, ticket=ticket)
    record = InboundRecord.objects.create(
        channel=mailbox, source_key="q", state="quarantined", body=b"From: x@y.example\n\nhello", error="why"
    )
    tokens.make(ada, name="Till", scopes=["tickets:read"], expires_at=None, key=uuid.uuid4(), actor=ada)
    every = View.Column.values
    view = views.make("Loud", actor=ada, owner=ada, filters={"priority": "urgent"}, columns=every)
    drafts.save(ticket, author=ada, mode="note", body="Begun")
    _unknown_mail(mailbox)
    at = timezone.now()
    facts = {"minutes": 32, "reason": "imap.desk.example does not answer on port 993."}
    Incident.objects.create(kind="fetching", channel=mailbox, began_at=at, seen_at=at, facts=facts)
    Grant.objects.create(
        channel=mailbox, provider="google", expires_at=timezone.now(), granted_at=timezone.now()
    )
    return [
        *_people(ticket),
        "/tickets/",
        f"/tickets/{ticket.number}/",
        f"/tickets/{ticket.number}/history/",
        *_guides(ticket, alice, ada),
        *_wordings(ticket, ada),
        *_rules(),
        "/crew/",
        "/expected-times/",
        f"/tickets/{ticket.number}/expected-time/",
        "/countries/",
        "/countries/HU/",
        *_times(ticket, ada),
        f"/crew/{alice.pk}/",
        "/tickets/?q=nothing",
        "/tickets/?view=bin",
        "/tickets/?view=waiting&priority=urgent&tag=oak",
        "/tickets/filters/?priority=urgent",
        "/tickets/new/",
        "/views/",
        f"/views/{view.pk}/",
        "/drafts/",
        "/quarantine/",
        f"/quarantine/{record.pk}/",
        "/deliveries/",
        "/scheduled/",
        "/notifications/",
        "/notifications/settings/",
        "/profile/",
        "/profile/password/",
        "/profile/sessions/",
        "/profile/tokens/",
        "/api/docs/",
        "/settings/mailboxes/",
        "/settings/mailboxes/new/",
        "/settings/proof/",
        "/settings/consent/",
        "/settings/health/",
        f"/settings/mailboxes/{mailbox.pk}/proof/missing/",
        *(f"/settings/mailboxes/{mailbox.pk}/{section.slug}/" for section in SECTIONS),
    ]


def _times(ticket: Ticket, ada: User) -> list[str]:
    """Policies, hours, and a ticket with its reasons."""
    hours = keeping.save_hours(Calendar(name="Shop"), week=[[(time(9), time(17))]] * 5, days=[], actor=ada)
    policy = SlaPolicy(name="Everybody", first_reply=60, resolution=90, calendar=hours)
    keeping.save(policy, place=1, actor=ada)
    policies.refresh()
    settling.settle([ticket.pk], timezone.now())
    own = [f"/due-times/{policy.pk}/{rest}" for rest in ("", "removal/")]
    hourly = ["/working-hours/", f"/working-hours/{hours.pk}/"]
    return ["/due-times/", *own, *hourly, f"/tickets/{ticket.number}/due/"]


def _guides(ticket: Ticket, alice: User, ada: User) -> list[str]:
    """A procedure to be read, written, compared, and followed on a ticket."""
    chapter = Chapter.objects.create(slug="lost", names={"en": "Lost parcels"})
    wording = procedures.begin(language="en", title="Lost parcel", chapter=chapter, actor=ada)
    table = "<table><tr><th>Way</th><th>Days</th></tr><tr><td>Post</td><td>3</td></tr></table>"
    rows = [
        {"title": "Look at the tracking", "html": table},
        {"title": "Does it move?", "choices": [{"text": "Yes", "to": "end"}, {"text": "No", "to": ""}]},
        {"title": "Start a search"},
    ]
    asked = [{"text": "Does it move?", "answers": ["Yes", "No"], "right": "0", "step": "s1"}]
    told = {"title": "Lost parcel", "summary": "In short", "words": "parcel", "rows": rows}
    procedures.save(wording, **told, questions=asked, actor=ada)
    edition = procedures.publish(wording, actor=ada, is_to_be_read=True)
    begun = following.begin(ticket, edition, actor=alice)
    following.tick(begun, "s1", done=True, actor=alice)
    place, beside = f"/procedures/{wording.procedure_id}/", f"/tickets/{ticket.number}/procedures/"
    path = paths.save(LearningPath(), title="First days", about="", team=None, on_joining=False, actor=ada)
    paths.put(path, procedure=wording.procedure_id, actor=ada)
    paths.give(path, ada, actor=ada)
    reading = "/procedures/reading/"
    pages = ["/procedures/", reading, f"{reading}overview/", f"{reading}overview/?by=person", place]
    pages += [f"{reading}{edition.pk}/", "/procedures/paths/", f"/procedures/paths/{path.pk}/"]
    beside_articles = f"/tickets/{ticket.number}/articles/"
    return [
        *pages,
        *_wishes(ticket, ada),
        beside_articles,
        "/articles/topics/",
        f"{place}en/",
        f"{place}en/versions/1/",
        beside,
        f"{beside}{begun.pk}/",
    ]


def _wishes(ticket: Ticket, ada: User) -> list[str]:
    """The suggestion box, by colleagues and by everybody, with one that has an answer."""
    wish = from_tickets.make(ticket, actor=ada)
    deciding.change(wish, shown="public", status="planned", answer="From May on.", actor=ada)
    pages = ["/suggestions/", f"/suggestions/{wish.pk}/", f"/tickets/{ticket.number}/suggestion/"]
    return [*pages, "/help/en/ideas/?in=all", f"/help/en/ideas/{wish.pk}/"]


def _wordings(ticket: Ticket, ada: User) -> list[str]:
    """Canned responses and the phrase guide, and what is chosen from beside a ticket."""
    given = {
        "en": {"body": "{customer.greeting}\n\nyour parcel{if order.number} {order.number}{end} is late."}
    }
    late = canned.make("Late", actor=ada, shortcut="late", wordings=given)
    pair = phrases.make(actor=ada, language="en", avoid="no problem", prefer="gladly", why="It sounds curt.")
    lists = ["/canned/", "/canned/new/", f"/canned/{late.pk}/", f"/canned/{late.pk}/trial/"]
    beside = f"/tickets/{ticket.number}/canned/"
    return [*lists, "/phrases/", "/phrases/new/", f"/phrases/{pair.pk}/", beside, f"{beside}{late.pk}/"]


def _rules() -> list[str]:
    starting.load("en")
    return ["/rules/", f"/rules/{Rule.objects.get(origin='reminder').pk}/"]


def _people(ticket: Ticket) -> list[str]:
    """The pages of a blocked VIP with fields of every kind, and of an organisation."""
    for of in CustomField.Of:
        for kind in CustomField.Kind:
            labels, options = {"en": f"{kind.label} " * 3}, [{"value": "oak", "labels": {}}]
            CustomField.objects.create(of=of, key=kind.value, kind=kind, labels=labels, options=options)
    lakeside = Organisation.objects.create(name="Lakeside", domains=["lakeside.example"])
    customer = ticket.customer
    Customer.objects.filter(pk=customer.pk).update(
        importance=3, organisation=lakeside, notes="Kind", custom={"link": "https://shop.example/" + "a" * 80}
    )
    Customer.objects.filter(pk=customer.pk).update(blocked_at=timezone.now())
    page = f"/customers/{customer.pk}/"
    edited = [f"{page}values/{name}/" for name in ("notes", "country", "organisation", "custom-several")]
    lists = ["/customers/?importance=vip", "/customers/new/", "/customers/blocked/"]
    firm = ["/organisations/", "/organisations/new/", f"/organisations/{lakeside.pk}/"]
    return [*lists, page, f"{page}joining/", *edited, f"{page}erasure/", *firm]


def _unknown_mail(mailbox: Channel) -> None:
    """A mail on the server that was never fetched, so that the proof has something to show."""
    at = timezone.now()
    Sighting.objects.create(
        channel=mailbox,
        folder="Junk",
        use="junk",
        uidvalidity=1,
        uid=4,
        arrived_at=at,
        message_id="4@x",
        subject="Where is my parcel? " * 6,
    )
    Reconciliation.objects.create(
        channel=mailbox, folder="Junk", use="junk", day=at.date(), on_server=1, missing=[4]
    )
    folders = [{"name": "INBOX", "use": "fetched"}, {"name": "Junk", "use": "junk", "junk": True}]
    Audit.objects.create(channel=mailbox, begun_at=at, done_at=at, folders=folders)


def findings(page, rules: str = "{}") -> list[str]:
    """What axe has to say, one line each; what it found to be right stays in the browser, for it is long."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE)
    only = "iframes: false, resultTypes: ['violations'], preload: { assets: ['media'] }"
    violations = page.evaluate(f"axe.run({{ {only}, ...{rules} }}).then((said) => said.violations)")
    return [
        f"{page.url} {found['id']}: {node['target']} {node['failureSummary']}"
        for found in violations
        for node in found["nodes"]
    ]


def wider_than_the_window(page) -> list[str]:
    """At which widths this page has to be moved sideways."""
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(f"{page.url} is wider than {width}")
    return wide


def test_every_screen_is_for_everybody_and_fits(open_, ada, screens):
    page = open_(ada, color_scheme="light", bypass_csp=True)
    page.add_init_script(AT_ONCE)
    wrong, schemes = [], ["light", "dark"]
    for screen in screens:
        page.goto(screen)
        if screen == "/tickets/":
            page.wait_for_selector("open-ticket .message")
        wrong += findings(page)
        page.emulate_media(color_scheme=schemes[1])
        wrong += findings(page, CONTRAST) + wider_than_the_window(page)
        schemes.reverse()  # the next screen is read first as this one was last
        page.set_viewport_size({"width": 1440, "height": 900})
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_is_for_everybody(scheme, open_, company):
    page = open_(None, "/sign-in/", color_scheme=scheme, bypass_csp=True)
    wrong = findings(page)
    page.goto("/sign-in/password/")
    assert not (wrong + findings(page))


def test_the_composer_and_its_menus_are_for_everybody(open_, alice, ticket):
    page = open_(alice, f"/tickets/{ticket.number}/", bypass_csp=True)
    page.keyboard.press("r")
    page.get_by_role("button", name="Other ways to send").click()
    wrong = findings(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    wrong += findings(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not (wrong + findings(page))


def test_the_first_load_is_light(open_, alice, ticket, address):
    page = open_(alice, "/profile/")
    page.context.clear_cookies(name="nothing")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"/tickets/{ticket.number}/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 150_000, sum(sizes)
