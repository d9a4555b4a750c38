"""A held file let go by somebody who may answer for it."""

from django.db import transaction

from helpdesk.accounts.models import User
from tickets import access, events
from tickets.models import Attachment, Event


class NotYours(Exception):
    """This colleague may not release this file."""


@transaction.atomic
def release(attachment: Attachment, *, actor: User) -> None:
    """Let colleagues save a held file; one with a virus only an admin may. Raises NotYours."""
    if not access.may_release(actor, attachment):
        raise NotYours
    held = Attachment.objects.filter(pk=attachment.pk, state=attachment.state)
    if not held.held().update(state=Attachment.State.RELEASED, released_by=actor):
        return
    assert attachment.message is not None, "only what came with a message is held"
    events.record(
        attachment.message.ticket,
        Event.Kind.FILE_RELEASED,
        actor=actor,
        message=attachment.message,
        attachment=attachment.pk,
        dangers=attachment.dangers,
    )
