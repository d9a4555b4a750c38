"""Channels: the ways in and out, without their settings and secrets."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from channels_app.models import Channel
from helpdesk.accounts.models import Scope
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import access


class ChannelSheet(Sheet):
    """A way in and out: one mailbox, one number."""

    related = ("team",)
    deferred = ("secrets", "config")

    aliases = serializers.ListField(child=serializers.CharField(), read_only=True)
    team = Named(read_only=True, allow_null=True)

    class Meta:
        model = Channel
        fields = ("id", "kind", "name", "address", "aliases", "team", "language", "is_active", "connected_at")
        read_only_fields = fields


class Channels(Desk):
    """The channels of the caller's teams, and those of no team."""

    noun = "channels"
    reads = Scope.CHANNELS_READ
    sheet = ChannelSheet
    orders = {"id": ("id",), "-id": ("-id",)}

    @describe("List channels", gives=ChannelSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.channels(request.user))

    @describe("Read a channel", gives=ChannelSheet)
    def retrieve(self, request: Request, pk: Any) -> Response:
        return self.shown(self.one(access.channels(request.user), pk=pk))
