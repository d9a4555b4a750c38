"""Messages on a ticket: what the customer wrote, what we answered, and notes among colleagues."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channels_app.messages import Authenticity, InboundMessage, without_folds
from channels_app.models import Channel, InboundRecord
from helpdesk.prepared import Lookup, insert
from tickets.models.customer import Customer
from tickets.models.enquiry import Enquiry
from tickets.models.ticket import Ticket


class MessageQuerySet(models.QuerySet["Message"]):
    def received_as(self, external_id: str) -> dict[str, int]:
        """Digest → key of what customers sent under this id: more than one only if an id was used again."""
        return {known.digest: known.pk for known in _received_as(external_id)}

    def add_inbound(
        self,
        ticket: Ticket,
        customer: Customer,
        inbound: InboundMessage,
        *,
        id_reused: bool,
        unverified: bool = False,
        enquiry: Enquiry | None = None,
    ) -> "Message":
        """Insert the message of this customer; its files follow by `Attachment.objects.add_inbound`.

        With `enquiry` it is an answer to what we asked somebody else.
        """
        return insert(
            Message(
                ticket=ticket,
                direction=Message.Direction.IN,
                customer=customer,
                channel_id=inbound.channel_id,
                record_id=inbound.record_id,
                external_id=inbound.external_id,
                digest=inbound.digest,
                id_reused=id_reused,
                enquiry=enquiry,
                purpose=Message.Purpose.ASIDE if enquiry else Message.Purpose.REPLY,
                is_automatic=inbound.automatic,
                authenticity=inbound.authenticity,
                is_unverified=unverified,
                is_bcc=inbound.is_bcc,
                via=inbound.via[:320],
                subject=inbound.subject[:1000],
                sender_name=inbound.sender.name[:200],
                sender_address=inbound.sender.identity[:320],
                recipients=_recipients(inbound),
                text=inbound.text,
                html=inbound.html,
                folds=[list(fold) for fold in inbound.folds],
                language=inbound.language,
                sent_at=inbound.sent_at,
            )
        )

    def with_customer(self) -> Self:
        """Without what was said with somebody else in an enquiry."""
        return self.filter(enquiry=None)

    def in_order(self) -> Self:
        return self.order_by("created_at", "id")


class Message(models.Model):
    class Direction(models.TextChoices):
        IN = "in", _("From the customer")
        OUT = "out", _("To the customer")
        NOTE = "note", _("Note")

    class Purpose(models.TextChoices):
        """What a message of ours is for: only a reply answers the customer; some purposes add headers."""

        REPLY = "", _("Reply")
        FORWARD = "forward", _("Forward")
        ASIDE = "aside", _("To somebody else")
        SURVEY = "survey", _("Survey")
        RECEIPT = "receipt", _("Receipt")
        RULE = "rule", _("Automatic reply")

    AUTOMATIC = (Purpose.RECEIPT, Purpose.RULE, Purpose.SURVEY)

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, db_index=False, related_name="messages", verbose_name=_("ticket")
    )
    direction = models.CharField(_("direction"), max_length=4, choices=Direction)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("author"),
    )
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("customer"),
    )
    channel = models.ForeignKey(
        Channel,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("channel"),
    )
    record = models.ForeignKey(
        InboundRecord,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("inbound record"),
    )
    purpose = models.CharField(
        _("purpose"), max_length=8, choices=Purpose, default=Purpose.REPLY, db_default="", blank=True
    )
    answers = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("answers or forwards"),
    )
    enquiry = models.ForeignKey(
        Enquiry,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="messages",
        verbose_name=_("enquiry"),
    )
    key = models.UUIDField(_("client key"), null=True, blank=True, unique=True, editable=False)
    external_id = models.CharField(_("external id"), max_length=255, blank=True)
    digest = models.CharField(_("content digest"), max_length=64, blank=True)
    id_reused = models.BooleanField(_("id seen before with other content"), default=False)
    is_automatic = models.BooleanField(_("automatic"), default=False)
    authenticity = models.CharField(
        _("sender proved"),
        max_length=4,
        choices=Authenticity,
        default=Authenticity.NONE,
        db_default=Authenticity.NONE,
    )
    doubts = models.JSONField(_("odd about the sender"), null=True, blank=True)
    is_unverified = models.BooleanField(
        _("joined, but the sender may be another"), default=False, db_default=False
    )
    is_bcc = models.BooleanField(_("came as a blind copy"), default=False, db_default=False)
    via = models.CharField(_("passed on by"), max_length=320, default="", db_default="", blank=True)
    subject = models.CharField(_("subject"), max_length=1000, blank=True)
    sender_name = models.CharField(_("sender's name"), max_length=200, blank=True)
    sender_address = models.CharField(_("sender's address"), max_length=320, blank=True)
    recipients = models.JSONField(_("recipients"), default=dict, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    # [start, end, "quote" or "signature"] of the text: shown folded. The HTML has the same as data-fold.
    folds = models.JSONField(_("folds"), default=list, db_default=[], blank=True, editable=False)
    language = models.CharField(_("language"), max_length=8, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    created_at = models.DateTimeField(_("recorded"), default=timezone.now)
    search = SearchVectorField(_("search"), null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(
                fields=["external_id", "digest"], name="message_once", condition=~Q(external_id="")
            ),
            models.CheckConstraint(
                condition=~Q(direction="in") | (~Q(external_id="") & ~Q(digest="")),
                name="message_in_has_identity",
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "created_at", "id"], name="message_of_ticket"),
            models.Index(
                fields=["customer", "id"], name="message_of_customer", condition=Q(customer__isnull=False)
            ),
            models.Index(fields=["answers"], name="message_answered_by", condition=Q(answers__isnull=False)),
            models.Index(
                fields=["enquiry", "id"], name="message_of_enquiry", condition=Q(enquiry__isnull=False)
            ),
            GinIndex(fields=["search"], name="message_search", fastupdate=True),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.pk} on {self.ticket_id}"

    @property
    def visible_text(self) -> str:
        """The new words of the sender, without quotes and signature."""
        return without_folds(self.text, self.folds)

    @property
    def to(self) -> list[str]:
        return self.recipients.get("to", [])

    @property
    def cc(self) -> list[str]:
        return self.recipients.get("cc", [])

    @property
    def bcc(self) -> list[str]:
        return self.recipients.get("bcc", [])

    @property
    def names(self) -> dict[str, str]:
        """Names of recipients by address, as far as somebody wrote them."""
        return self.recipients.get("names", {})


def _recipients(inbound: InboundMessage) -> dict[str, list[str]]:
    told = {"to": list(inbound.to), "cc": list(inbound.cc), "reply_to": list(inbound.reply_to)}
    told["list"] = [inbound.mailing_list] if inbound.mailing_list else []
    return {field: addresses for field, addresses in told.items() if addresses or field in ("to", "cc")}


# The index leaves the empty id out. Said in so many words, not by a value, so that it serves the plan that is
# made once.
_received_as = Lookup(
    lambda external_id: (
        Message.objects.filter(external_id=external_id, direction=Message.Direction.IN)
        .extra(where=["external_id <> ''"])
        .only("digest")
    ),
    str,
    planned=True,
)
