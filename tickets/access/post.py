"""Files, what goes out, and by which channels."""

from django.db.models import Q

from channels_app.models import Channel
from channels_app.models.channel import ChannelQuerySet
from helpdesk.accounts.models import User
from tickets.access.finding import on_tickets, one
from tickets.horizon import Viewer, sees_everything, team_ids
from tickets.models import Attachment, Delivery
from tickets.models.attachment import AttachmentQuerySet
from tickets.models.delivery import DeliveryQuerySet


def attachment(user: Viewer, pk: int) -> Attachment:
    """A file of a message, or of one's own draft, on a visible ticket, or sent ahead; raises Http404."""
    of_message = on_tickets(user, "message__ticket__") & Q(message__isnull=False)
    of_draft = on_tickets(user, "draft__ticket__") & Q(draft__author_id=user.pk)
    rule = of_message | of_draft | Q(pk__in=uploads(user).values("pk"))
    return one(Attachment.objects.filter(rule, pk=pk).select_related("message", "draft"))


def uploads(user: Viewer) -> AttachmentQuerySet:
    """The files that this colleague has sent ahead, which nothing has taken yet."""
    return Attachment.objects.filter(uploader=user.pk, uploader__isnull=False, uploader__is_active=True)


def may_release(user: Viewer, attachment: Attachment) -> bool:
    """Whether this colleague may let go a file that is held: a supervisor, or with a virus only an admin."""
    if not isinstance(user, User) or not user.is_active or attachment.message_id is None:
        return False
    infected = attachment.state == Attachment.State.INFECTED
    return user.is_admin or (user.is_supervisor and not infected)


def deliveries(user: Viewer) -> DeliveryQuerySet:
    return Delivery.objects.filter(on_tickets(user, "message__ticket__"), message__isnull=False)


def delivery(user: Viewer, pk: int) -> Delivery:
    """A delivery of a message on a visible ticket; raises Http404."""
    return one(deliveries(user).filter(pk=pk).select_related("message__ticket"))


def notices(user: Viewer) -> DeliveryQuerySet:
    """The desk's own mail to colleagues, which an admin answers for."""
    own = Delivery.objects.filter(kind__in=[Delivery.Kind.NOTICE, Delivery.Kind.PUSH], message=None)
    return own if isinstance(user, User) and user.is_active and user.is_admin else own.none()


def outgoing(user: Viewer, pk: int) -> Delivery:
    """A delivery of either sort that this colleague may decide about; raises Http404."""
    visible = Q(pk__in=deliveries(user).filter(pk=pk).values("pk")) | Q(pk__in=notices(user).values("pk"))
    return one(Delivery.objects.filter(visible, pk=pk).select_related("message__ticket"))


def channels(user: Viewer) -> ChannelQuerySet:
    """The channels a colleague may write by: the rule of tickets, by the channel's team. No settings."""
    if not isinstance(user, User) or not user.is_active:
        return Channel.objects.none()
    if sees_everything(user):
        return Channel.objects.all()
    return Channel.objects.filter(Q(team__in=team_ids(user)) | Q(team=None))
