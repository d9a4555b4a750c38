"""The addresses of tickets and what belongs to them, below /api/v1/."""

from django.urls import path

from tickets.api.attachments import Attachments, Contents, Uploads
from tickets.api.availability import Availabilities
from tickets.api.blocks import Blocks
from tickets.api.customers import Customers, Identities, Organisations
from tickets.api.deliveries import Deliveries
from tickets.api.doubts import DoubtJoins, Doubts
from tickets.api.due import DueTimes
from tickets.api.enquiries import Enquiries, EnquiryWords
from tickets.api.fields import Fields
from tickets.api.joining import Moves
from tickets.api.links import Links, Watches
from tickets.api.macros import MacroRuns, Macros
from tickets.api.messages import Events, Messages, RawMessages
from tickets.api.personal import Erasures, Exports
from tickets.api.policies import Policies, PolicyForecasts, PolicyVersions
from tickets.api.promises import Promises
from tickets.api.ratings import Ratings
from tickets.api.rules import Rehearsals, RuleRuns, Rules, RuleVersions
from tickets.api.scheduled import Scheduled
from tickets.api.tickets import Tickets, Turns
from tickets.api.unions import Unions
from tickets.api.views import Views
from tickets.api.work import Checklists, Shortcuts, Steps, TicketFiles, Times
from tickets.api.working_hours import HoursForecasts, WorkingHours
from tickets.api.writing import Drafts, Writing

app_name = "tickets-api"
LIST = {"get": "list"}
ONE = {"get": "retrieve"}
KEPT = ONE | {"patch": "partial_update", "delete": "destroy"}
TICKET = "tickets/<int:number>/"
MESSAGE = "messages/<int:pk>/"
TURNS = (
    "resolution",
    "closure",
    "reopening",
    "spam",
    "deletion",
    "restoration",
    "snooze",
    "waking",
    "internal",
)
DECISIONS = (("parting", "part"), ("second-thought", "reconsider"), ("escalation", "escalate"))

urlpatterns = [
    path("tickets/", Tickets.as_view(LIST | {"post": "create"}), name="tickets"),
    path(TICKET, Tickets.as_view(ONE | {"patch": "partial_update"}), name="ticket"),
    *(path(f"{TICKET}{turn}/", Turns.as_view({"post": turn}), name=turn) for turn in TURNS),
    path(f"{TICKET}replies/", Writing.as_view({"post": "reply"}), name="replies"),
    path(f"{TICKET}forwards/", Writing.as_view({"post": "forward"}), name="forwards"),
    path(f"{TICKET}joining/", Moves.as_view({"post": "join"}), name="joining"),
    path("moves/<int:pk>/", Moves.as_view(ONE), name="move"),
    path("moves/<int:pk>/undoing/", Moves.as_view({"post": "undo"}), name="undoing"),
    path("doubts/", Doubts.as_view(LIST), name="doubts"),
    path("doubts/<int:pk>/", Doubts.as_view(ONE), name="doubt"),
    path("doubts/<int:pk>/joining/", DoubtJoins.as_view({"post": "join"}), name="doubt-joining"),
    *(
        path(f"doubts/<int:pk>/{noun}/", Doubts.as_view({"post": verb}), name=noun)
        for noun, verb in DECISIONS
    ),
    path(f"{MESSAGE}splitting/", Moves.as_view({"post": "split"}), name="splitting"),
    path(f"{TICKET}notes/", Writing.as_view({"post": "note"}), name="notes"),
    path(
        f"{TICKET}drafts/<str:mode>/",
        Drafts.as_view(ONE | {"put": "update", "delete": "destroy"}),
        name="draft",
    ),
    path(f"{TICKET}scheduled/", Scheduled.as_view({"post": "create"}), name="schedule"),
    path("scheduled/", Scheduled.as_view(LIST), name="scheduled"),
    path(
        "scheduled/<int:pk>/",
        Scheduled.as_view(KEPT),
        name="scheduled-reply",
    ),
    path("scheduled/<int:pk>/sending/", Scheduled.as_view({"post": "sending"}), name="scheduled-sending"),
    path("drafts/", Drafts.as_view(LIST), name="drafts"),
    path("macros/", Macros.as_view(LIST | {"post": "create"}), name="macros"),
    path(
        "macros/<int:pk>/",
        Macros.as_view(KEPT),
        name="macro",
    ),
    path("macros/<int:pk>/runs/", MacroRuns.as_view({"post": "create"}), name="macro-runs"),
    path("macro-runs/<int:pk>/undoing/", MacroRuns.as_view({"post": "undo"}), name="macro-undoing"),
    path(f"{TICKET}due-times/", DueTimes.as_view({"get": "due_times"}), name="due-times"),
    path("sla-policies/", Policies.as_view(LIST | {"post": "create"}), name="sla-policies"),
    path("sla-policies/forecast/", PolicyForecasts.as_view({"post": "foresee_new"}), name="sla-foresight"),
    path("sla-policies/<int:pk>/", Policies.as_view(KEPT), name="sla-policy"),
    path(
        "sla-policies/<int:pk>/forecast/", PolicyForecasts.as_view({"post": "foresee"}), name="sla-forecast"
    ),
    path("sla-policies/<int:pk>/versions/", PolicyVersions.as_view(LIST), name="sla-policy-versions"),
    path("working-hours/", WorkingHours.as_view(LIST | {"post": "create"}), name="working-hours"),
    path("working-hours/<int:pk>/", WorkingHours.as_view(KEPT), name="working-hours-one"),
    path(
        "working-hours/<int:pk>/forecast/", HoursForecasts.as_view({"post": "foresee"}), name="hours-forecast"
    ),
    path("rules/", Rules.as_view(LIST | {"post": "create"}), name="rules"),
    path("rules/order/", Rules.as_view({"put": "arrange"}), name="rule-order"),
    path(
        "rules/<int:pk>/",
        Rules.as_view(KEPT),
        name="rule",
    ),
    path("rules/<int:pk>/activation/", Rules.as_view({"post": "switch_on"}), name="rule-activation"),
    path("rules/<int:pk>/deactivation/", Rules.as_view({"post": "switch_off"}), name="rule-deactivation"),
    path("rules/<int:pk>/rehearsal/", Rehearsals.as_view({"get": "rehearse"}), name="rule-rehearsal"),
    path("rules/<int:pk>/versions/", RuleVersions.as_view(LIST), name="rule-versions"),
    path(
        "rules/<int:pk>/versions/<int:number>/restoration/",
        Rules.as_view({"post": "restore"}),
        name="rule-restoration",
    ),
    path("rule-runs/", RuleRuns.as_view(LIST), name="rule-runs"),
    path("rule-runs/<int:pk>/", RuleRuns.as_view(ONE), name="rule-run"),
    path("rule-runs/<int:pk>/undoing/", RuleRuns.as_view({"post": "undo"}), name="rule-undoing"),
    path(f"{TICKET}promises/", Promises.as_view({"post": "create"}), name="promising"),
    path(
        "users/<int:pk>/availability/",
        Availabilities.as_view({"get": "retrieve", "put": "update"}),
        name="availability",
    ),
    path("ratings/", Ratings.as_view(LIST), name="ratings"),
    path("ratings/<int:pk>/", Ratings.as_view(ONE), name="rating"),
    path("promises/", Promises.as_view(LIST), name="promises"),
    path("promises/<int:pk>/", Promises.as_view(ONE | {"patch": "partial_update"}), name="promise"),
    path("promises/<int:pk>/keeping/", Promises.as_view({"post": "keep"}), name="promise-keeping"),
    path("promises/<int:pk>/withdrawal/", Promises.as_view({"post": "withdraw"}), name="promise-withdrawal"),
    path(f"{TICKET}links/", Links.as_view(LIST | {"post": "create"}), name="links"),
    path(f"{TICKET}links/<int:pk>/", Links.as_view({"delete": "destroy"}), name="link"),
    path(f"{TICKET}watching/", Watches.as_view({"post": "create", "delete": "destroy"}), name="watching"),
    path("checklists/", Checklists.as_view(LIST), name="checklists"),
    path(f"{TICKET}checklist/", Steps.as_view(LIST | {"post": "create"}), name="steps"),
    path(f"{TICKET}checklist/use/", Steps.as_view({"post": "use"}), name="checklist-use"),
    path(
        f"{TICKET}checklist/<int:pk>/",
        Steps.as_view({"patch": "partial_update", "delete": "destroy"}),
        name="step",
    ),
    path(f"{TICKET}time/", Times.as_view(LIST | {"post": "create"}), name="times"),
    path(f"{TICKET}time/<int:pk>/", Times.as_view({"delete": "destroy"}), name="time"),
    path(f"{TICKET}shortcuts/", Shortcuts.as_view({"get": "buttons"}), name="shortcuts"),
    path(f"{TICKET}export/pdf/", TicketFiles.as_view({"get": "pdf"}), name="ticket-pdf"),
    path(f"{TICKET}export/eml/", TicketFiles.as_view({"get": "eml"}), name="ticket-eml"),
    path(f"{TICKET}enquiries/", Enquiries.as_view({"post": "create"}), name="enquiries"),
    path("enquiries/", Enquiries.as_view(LIST), name="all-enquiries"),
    path("enquiries/<int:pk>/", Enquiries.as_view(ONE), name="enquiry"),
    path("enquiries/<int:pk>/messages/", EnquiryWords.as_view({"post": "create"}), name="enquiry-messages"),
    path("views/", Views.as_view(LIST | {"post": "create"}), name="views"),
    path(
        "views/<int:pk>/",
        Views.as_view(KEPT),
        name="view",
    ),
    path("messages/", Messages.as_view(LIST), name="messages"),
    path(MESSAGE, Messages.as_view(ONE), name="message"),
    path(f"{MESSAGE}raw/", RawMessages.as_view({"get": "raw"}), name="message-raw"),
    path("attachments/", Uploads.as_view({"post": "create"}), name="attachments"),
    path("attachments/<int:pk>/", Attachments.as_view(ONE | {"delete": "destroy"}), name="attachment"),
    path("attachments/<int:pk>/content/", Contents.as_view({"get": "content"}), name="attachment-content"),
    path("attachments/<int:pk>/release/", Attachments.as_view({"post": "release"}), name="release"),
    path("events/", Events.as_view(LIST), name="events"),
    path("events/<int:pk>/", Events.as_view(ONE), name="event"),
    path("deliveries/", Deliveries.as_view(LIST), name="deliveries"),
    path("deliveries/<int:pk>/", Deliveries.as_view(ONE), name="delivery"),
    path("deliveries/<int:pk>/resend/", Deliveries.as_view({"post": "resend"}), name="resend"),
    path("deliveries/<int:pk>/drop/", Deliveries.as_view({"post": "drop"}), name="drop"),
    path("customers/", Customers.as_view(LIST | {"post": "create"}), name="customers"),
    path("customers/<int:pk>/", Customers.as_view(ONE | {"patch": "partial_update"}), name="customer"),
    path("customers/<int:pk>/identities/", Identities.as_view({"post": "create"}), name="identities-of"),
    path("customers/<int:pk>/joining/", Unions.as_view({"post": "create"}), name="customer-joining"),
    path("customers/<int:pk>/blocking/", Blocks.as_view({"post": "block"}), name="blocking"),
    path("customers/<int:pk>/unblocking/", Blocks.as_view({"post": "unblock"}), name="unblocking"),
    path("customers/<int:pk>/erasure/", Erasures.as_view({"post": "erase"}), name="erasure"),
    path("customers/<int:pk>/export/", Exports.as_view({"get": "export"}), name="export"),
    path("unions/<int:pk>/", Unions.as_view(ONE), name="union"),
    path("unions/<int:pk>/undoing/", Unions.as_view({"post": "undo"}), name="union-undoing"),
    path("custom-fields/", Fields.as_view(LIST), name="custom-fields"),
    path("custom-fields/<int:pk>/", Fields.as_view(ONE), name="custom-field"),
    path("identities/", Identities.as_view(LIST), name="identities"),
    path("identities/<int:pk>/", Identities.as_view(ONE | {"delete": "destroy"}), name="identity"),
    path("organisations/", Organisations.as_view(LIST | {"post": "create"}), name="organisations"),
    path(
        "organisations/<int:pk>/",
        Organisations.as_view(ONE | {"patch": "partial_update"}),
        name="organisation",
    ),
]
