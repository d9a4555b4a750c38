"""Who may see a channel and what came in through it: the rule of its tickets, by the channel's team."""

from django.db.models import Q
from django.http import Http404

from channels_app.models import Channel, Flood, InboundRecord
from channels_app.models.channel import ChannelQuerySet
from channels_app.models.flood import FloodQuerySet
from channels_app.models.record import InboundRecordQuerySet
from helpdesk.accounts.models import User
from tickets import horizon
from tickets.horizon import Viewer


def channels(user: Viewer) -> ChannelQuerySet:
    """Channels are set up by admins alone."""
    allowed = isinstance(user, User) and user.is_active and user.is_admin
    return Channel.objects.all() if allowed else Channel.objects.none()


def channel(user: Viewer, pk: int) -> Channel:
    """A channel this colleague may set up; raises Http404."""
    found = channels(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def records(user: Viewer) -> InboundRecordQuerySet:
    """What came in through channels of the colleague's teams, or of no team."""
    if not isinstance(user, User) or not user.is_active:
        return InboundRecord.objects.none()
    everything = InboundRecord.objects.select_related("channel")
    if horizon.sees_everything(user):
        return everything
    return everything.filter(Q(channel__team__in=horizon.team_ids(user)) | Q(channel__team=None))


def floods(user: Viewer) -> FloodQuerySet:
    """Floods at mailboxes whose mail the colleague may see."""
    if not isinstance(user, User) or not user.is_active:
        return Flood.objects.none()
    if horizon.sees_everything(user):
        return Flood.objects.all()
    return Flood.objects.filter(Q(channel__team__in=horizon.team_ids(user)) | Q(channel__team=None))


def flood(user: Viewer, pk: int) -> Flood:
    """A flood this colleague may decide about; raises Http404."""
    found = floods(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def record(user: Viewer, pk: int) -> InboundRecord:
    """A record this colleague may see; raises Http404."""
    found = records(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
