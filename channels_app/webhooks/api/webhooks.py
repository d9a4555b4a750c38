"""Webhooks set up by a program of an admin."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_variables
from rest_framework.request import Request
from rest_framework.response import Response

from channels_app.webhooks import access, subscriptions
from channels_app.webhooks.api.forms import WebhookValues, columns
from channels_app.webhooks.api.sheets import WebhookSecretSheet, WebhookSheet
from channels_app.webhooks.models import Webhook
from helpdesk import versions
from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing
from helpdesk.rest.problems import stale
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Desk


class Webhooks(Desk):
    """Addresses that are told what happens. They are set up by admins, and by nobody else seen."""

    noun = "webhooks"
    reads, writes = Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE
    sheet = WebhookSheet
    orders = {"id": ("id",), "-id": ("-id",)}

    @describe("List webhooks", gives=WebhookSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.webhooks(request.user))

    @describe("Read a webhook", gives=WebhookSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.webhooks(request.user), pk=pk))

    @sensitive_variables("secret")
    @describe(
        "Add a webhook: the answer has its secret", takes=WebhookValues, gives=WebhookSecretSheet, status=201
    )
    def create(self, request: Request) -> Response:
        if not access.may_set_up(request.user):
            raise PermissionDenied("Admins set up webhooks.")
        given = self.taken(WebhookValues)
        made, secret = subscriptions.create(actor=request.user, **columns(given))
        return self._with_secret(made, secret, status=201)

    @describe("Change a webhook", takes=WebhookValues, gives=WebhookSheet, versioned=True)
    def partial_update(self, request: Request, pk: int) -> Response:
        found = access.webhook(request.user, pk)
        given = self.taken(WebhookValues, partial=True)
        try:
            subscriptions.change(found, actor=request.user, expected=self.expected(), **columns(given))
        except versions.Stale as refusal:
            raise stale() from refusal
        return self.retrieve(request, pk)

    @describe("Remove a webhook with its log; what still waits is told no more", gives=NOTHING, status=204)
    def destroy(self, request: Request, pk: int) -> Response:
        subscriptions.remove(access.webhook(request.user, pk), actor=request.user)
        return Response(status=204)

    @sensitive_variables("secret")
    @describe(
        "Make a new secret; the one before signs beside it for a day",
        takes=Nothing,
        gives=WebhookSecretSheet,
    )
    def rotate(self, request: Request, pk: int) -> Response:
        found = access.webhook(request.user, pk)
        self.taken(Nothing)
        secret = subscriptions.rotate(found, actor=request.user)
        return self._with_secret(found, secret, status=200)

    @describe("Switch a webhook on, with a clean slate", takes=Nothing, gives=WebhookSheet)
    def switch_on(self, request: Request, pk: int) -> Response:
        return self._switch(request, pk, on=True)

    @describe("Switch a webhook off: nothing is told until it is on again", takes=Nothing, gives=WebhookSheet)
    def switch_off(self, request: Request, pk: int) -> Response:
        return self._switch(request, pk, on=False)

    def _switch(self, request: Request, pk: int, *, on: bool) -> Response:
        found = access.webhook(request.user, pk)
        self.taken(Nothing)
        subscriptions.switch(found, on, actor=request.user)
        return self.retrieve(request, pk)

    def _with_secret(self, webhook: Webhook, secret: str, *, status: int) -> Response:
        """The secret is in this answer alone: what is kept for a repeated request is without it."""
        self.sheet = WebhookSecretSheet  # type: ignore[misc]  # of this request
        found = self.one(access.webhooks(self.request.user), pk=webhook.pk)
        found.shown_secret = secret
        location = reverse("webhooks-api:webhook", args=[webhook.pk]) if status == 201 else ""
        response = self.shown(found, status=status, location=location)
        response.shown_once = {"secret": ""}
        patch_cache_control(response, private=True, no_store=True)
        return response
