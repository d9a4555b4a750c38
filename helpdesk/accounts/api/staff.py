"""Who works here, in which teams, and who the caller is."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts import access
from helpdesk.accounts.models import Scope, Team, User
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk


class TeamSheet(Sheet):
    class Meta:
        model = Team
        fields = ("id", "name", "icon", "position")
        read_only_fields = fields


class UserSheet(Sheet):
    """A colleague, or a program that works here (`is_program`)."""

    prefetch = ("teams",)

    teams = Named(many=True, read_only=True)

    class Meta:
        model = User
        fields = ("id", "name", "email", "role", "teams", "language", "time_zone", "is_active", "is_program")
        read_only_fields = fields


class CallerSheet(UserSheet):
    """The colleague in whose name one calls, and what the token may be used for."""

    scopes = serializers.SerializerMethodField()
    expires_at = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = (*UserSheet.Meta.fields, "scopes", "expires_at")
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": {"type": "string", "enum": Scope.values}})
    def get_scopes(self, user: User) -> list[str]:
        token = self.context["request"].auth
        return list(token.scopes) if token else list(Scope.values)

    @extend_schema_field({"type": ["string", "null"], "format": "date-time"})
    def get_expires_at(self, user: User) -> Any:
        token = self.context["request"].auth
        return token.expires_at if token else None


class Me(Desk):
    """The caller."""

    noun = "me"
    sheet = CallerSheet

    @describe("Read who you are here, and what you may", gives=CallerSheet)
    def retrieve(self, request: Request) -> Response:
        return self.shown(self.one(access.users(request.user), pk=request.user.pk))


class Teams(Desk):
    """The teams that tickets belong to."""

    noun = "teams"
    reads = Scope.STAFF_READ
    sheet = TeamSheet
    orders = {"id": ("id",), "-id": ("-id",)}

    @describe("List teams", gives=TeamSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.teams(request.user))

    @describe("Read a team", gives=TeamSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.teams(request.user), pk=pk))


class Users(Desk):
    """The colleagues. Who has left is shown to admins alone."""

    noun = "users"
    reads = Scope.STAFF_READ
    sheet = UserSheet
    orders = {"id": ("id",), "-id": ("-id",), "name": ("name", "id")}

    @describe("List colleagues", gives=UserSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.users(request.user))

    @describe("Read a colleague", gives=UserSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.users(request.user), pk=pk))
