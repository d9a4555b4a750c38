from tickets.models.attachment import Attachment
from tickets.models.availability import Availability, AvailabilityChange
from tickets.models.batch import Batch
from tickets.models.blocked_domain import BlockedDomain
from tickets.models.classifying import LearnedModel, Topic, WeighedPhrase
from tickets.models.competence import Competence, Skill
from tickets.models.customer import Customer, Identity, Organisation
from tickets.models.delivery import Delivery, Lane
from tickets.models.device import Device, PushKeys
from tickets.models.draft import Draft
from tickets.models.enquiry import Enquiry
from tickets.models.event import Event
from tickets.models.field import CustomField
from tickets.models.import_run import ImportRun
from tickets.models.invitation import RatingInvitation, RatingRefusal
from tickets.models.link import Link, Watch
from tickets.models.macro import Macro
from tickets.models.mailing import Addressee, Mailing
from tickets.models.message import Message
from tickets.models.move import Citation, Doubt, Move
from tickets.models.notification import Notification
from tickets.models.picture import PicturePermission
from tickets.models.priority import PriorityCriterion, PriorityScale, Urgency
from tickets.models.promise import Promise
from tickets.models.rating import Rating
from tickets.models.reaction import Reaction
from tickets.models.routing import Effort, HandBack, RoutingRule, TeamRouting
from tickets.models.rule import Rule, RuleAlarm, RuleRun, RuleVersion
from tickets.models.seen import Seen
from tickets.models.sla import SlaClock, SlaEdition, SlaPolicy, SlaVersion
from tickets.models.telling import Telling
from tickets.models.ticket import Ticket
from tickets.models.union import Union
from tickets.models.view import View
from tickets.models.word import Word
from tickets.models.work import Checklist, Shortcut, Step, TimeSpent
from tickets.models.written_to import WrittenTo

__all__ = [
    "Addressee",
    "Attachment",
    "Availability",
    "AvailabilityChange",
    "Batch",
    "BlockedDomain",
    "Checklist",
    "Citation",
    "Competence",
    "CustomField",
    "Customer",
    "Delivery",
    "Doubt",
    "Draft",
    "Effort",
    "Enquiry",
    "Event",
    "HandBack",
    "Identity",
    "ImportRun",
    "Lane",
    "LearnedModel",
    "Link",
    "Macro",
    "Mailing",
    "Message",
    "Move",
    "Notification",
    "Organisation",
    "PicturePermission",
    "PriorityCriterion",
    "PriorityScale",
    "Promise",
    "Rating",
    "RatingInvitation",
    "RatingRefusal",
    "Reaction",
    "RoutingRule",
    "Rule",
    "RuleAlarm",
    "RuleRun",
    "RuleVersion",
    "Seen",
    "Shortcut",
    "Skill",
    "SlaClock",
    "SlaEdition",
    "SlaPolicy",
    "SlaVersion",
    "Step",
    "TeamRouting",
    "Device",
    "PushKeys",
    "Telling",
    "Ticket",
    "TimeSpent",
    "Topic",
    "Union",
    "Urgency",
    "View",
    "WeighedPhrase",
    "Word",
    "Watch",
    "WrittenTo",
]
