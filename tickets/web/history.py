"""A ticket's history in sentences a person reads."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.models import Event, Ticket
from tickets.routing import wording
from tickets.web import clock_words, dealings, moving, owning, rated, ruled, values
from tickets.web.actors import filled as _fill
from tickets.web.names import Names

ICONS = {
    Event.Kind.TICKET_OPENED: "inbox",
    Event.Kind.MESSAGE_RECEIVED: "mail",
    Event.Kind.REPLY_SENT: "reply",
    Event.Kind.NOTE_ADDED: "note",
    Event.Kind.ACKNOWLEDGED: "check",
    Event.Kind.ASIDE_SENT: "forward",
    Event.Kind.DELIVERY_FAILED: "warning",
    Event.Kind.DELIVERY_RETRIED: "refresh",
    Event.Kind.STATUS_CHANGED: "check",
    Event.Kind.ASSIGNED: "user",
    Event.Kind.TEAM_CHANGED: "users",
    Event.Kind.KIND_CHANGED: "flag",
    Event.Kind.TOPIC_CHANGED: "flag",
    Event.Kind.PRIORITY_CHANGED: "flag",
    Event.Kind.TAGS_CHANGED: "tag",
    Event.Kind.SUBJECT_CHANGED: "pencil",
    Event.Kind.CUSTOMER_MADE: "user",
    Event.Kind.CUSTOMER_CHANGED: "user",
    Event.Kind.ORGANISATION_MADE: "users",
    Event.Kind.ORGANISATION_CHANGED: "users",
    Event.Kind.ORGANISATION_REMOVED: "users",
    Event.Kind.LANGUAGE_CHANGED: "globe",
    Event.Kind.CUSTOM_CHANGED: "pencil",
    Event.Kind.CUSTOMER_BLOCKED: "shield",
    Event.Kind.CUSTOMER_UNBLOCKED: "undo",
    Event.Kind.CUSTOMERS_UNITED: "merge",
    Event.Kind.CUSTOMERS_PARTED: "undo",
    Event.Kind.CUSTOMER_ERASED: "trash",
    Event.Kind.ORGANISATION_MADE: "building",
    Event.Kind.ORGANISATION_CHANGED: "building",
    Event.Kind.FOLDER_CHANGED: "archive",
    Event.Kind.PICTURES_CHANGED: "eye",
    Event.Kind.FILE_RELEASED: "shield",
    Event.Kind.ESCALATED: "users",
    Event.Kind.UNOWNED: "warning",
    Event.Kind.RATED: "star",
    Event.Kind.RATING_ASKED: "star",
    **moving.ICONS,
    **dealings.ICONS,
    **clock_words.ICONS,
    **ruled.ICONS,
}
WHISPERED = [
    Event.Kind.ACKNOWLEDGED,
    Event.Kind.DELIVERY_FAILED,
    Event.Kind.DELIVERY_RETRIED,
    Event.Kind.STATUS_CHANGED,
    Event.Kind.ASSIGNED,
    Event.Kind.TEAM_CHANGED,
    Event.Kind.KIND_CHANGED,
    Event.Kind.TOPIC_CHANGED,
    Event.Kind.PRIORITY_CHANGED,
    Event.Kind.TAGS_CHANGED,
    Event.Kind.SUBJECT_CHANGED,
    Event.Kind.LANGUAGE_CHANGED,
    Event.Kind.CUSTOM_CHANGED,
    Event.Kind.FOLDER_CHANGED,
    Event.Kind.FILE_RELEASED,
    Event.Kind.ESCALATED,
    Event.Kind.UNOWNED,
    Event.Kind.RATED,
    Event.Kind.RATING_ASKED,
    *moving.WHISPERED,
    *dealings.WHISPERED,
    *clock_words.WHISPERED,
    *ruled.WHISPERED,
]


def sentence(event: Event, names: Names) -> str:
    """What happened, as one sentence in the reader's language."""
    tell = _TELLERS.get(event.kind)
    return tell(event, names) if tell else str(event.get_kind_display())


def _status(event: Event, names: Names) -> str:
    after = event.data.get("after", "")
    if event.data.get("why") == "customer_wrote":
        return _("Open again: the customer wrote")
    word = Ticket.Status(after).label if after in Ticket.Status.values else after
    return _fill(_("Status changed to “%(status)s” by %(who)s"), event, status=word)


def _kind(event: Event, names: Names) -> str:
    after = event.data.get("after", "")
    if not after:
        return _fill(_("Kind removed by %(who)s"), event)
    word = Ticket.Kind(after).label if after in Ticket.Kind.values else after
    if sure := event.data.get("confidence"):
        return _("Recognised as “%(kind)s”, %(percent)d %% sure") % {
            "kind": word,
            "percent": round(sure * 100),
        }
    return _fill(_("Kind changed to “%(kind)s” by %(who)s"), event, kind=word)


def _topic(event: Event, names: Names) -> str:
    after = event.data.get("after", "")
    if not after:
        return _fill(_("Topic removed by %(who)s"), event)
    return _fill(_("Topic changed to “%(topic)s” by %(who)s"), event, topic=names.topic(after))


def _priority(event: Event, names: Names) -> str:
    after = event.data.get("after")
    word = Ticket.Priority(after).label if after in Ticket.Priority.values else str(after)
    if reasons := event.data.get("why"):
        why = wording.said(reasons, names)
        return _("Priority changed to “%(priority)s”: %(why)s") % {"priority": word, "why": why}
    return _fill(_("Priority changed to “%(priority)s” by %(who)s"), event, priority=word)


def _tags(event: Event, names: Names) -> str:
    before, after = set(event.data.get("before", [])), set(event.data.get("after", []))
    added, gone = sorted(after - before), sorted(before - after)
    if added and gone:
        text = _("Tags changed by %(who)s: %(tags)s")
        return _fill(text, event, tags=", ".join(sorted(after)) or _("none"))
    tags = added or gone
    text = (
        ngettext("Tag added by %(who)s: %(tags)s", "Tags added by %(who)s: %(tags)s", len(tags))
        if added
        else ngettext("Tag removed by %(who)s: %(tags)s", "Tags removed by %(who)s: %(tags)s", len(tags))
    )
    return _fill(text, event, tags=", ".join(tags))


def _custom(event: Event, names: Names) -> str:
    field = names.field(event.data.get("field", ""))
    if field is None or "after" not in event.data:
        title = field.title if field else event.data.get("field", "")
        return _fill(_("“%(field)s” changed by %(who)s"), event, field=title)
    value = event.data["after"]
    if value is None:
        return _fill(_("“%(field)s” emptied by %(who)s"), event, field=field.title)
    said = _("“%(field)s” set to “%(value)s” by %(who)s")
    return _fill(said, event, field=field.title, value=values.shown(field, value))


def _folder(event: Event, names: Names) -> str:
    after = event.data.get("after")
    if event.data.get("why") == "blocked":
        return _("Put into the spam: the sender is blocked")
    if event.data.get("why") == "domain_blocked":
        return _("Put into the spam: the sender's domain is blocked")
    if event.data.get("why") == "marked_on_the_way":
        return _("Put into the spam: a filter on its way had marked it")
    if after == Ticket.Folder.SPAM:
        return _fill(_("Marked as spam by %(who)s"), event)
    if after == Ticket.Folder.BIN:
        return _fill(_("Deleted by %(who)s"), event)
    return _fill(_("Brought back to the desk by %(who)s"), event)


def _retried(event: Event, names: Names) -> str:
    if event.data.get("what") == "drop":
        return _fill(_("Delivery given up by %(who)s"), event)
    return _fill(_("Sent once more by %(who)s"), event)


def _language(event: Event, names: Names) -> str:
    code = event.data.get("after") or "–"
    return _fill(_("Language changed to %(language)s by %(who)s"), event, language=code)


def _pictures(event: Event, names: Names) -> str:
    what = event.data.get("what")
    if what == "always":
        return _fill(_("Pictures of this sender allowed for good by %(who)s"), event)
    if what == "shown":
        return _fill(_("Pictures of a message shown by %(who)s"), event)
    return _fill(_("Pictures not shown any more, by %(who)s"), event)


_TELLERS: dict[str, Callable[[Event, Names], str]] = {
    **moving.TELLERS,
    **dealings.TELLERS,
    **owning.TELLERS,
    **rated.TELLERS,
    **clock_words.TELLERS,
    **ruled.TELLERS,
    Event.Kind.TICKET_OPENED: lambda event, names: _fill(_("Ticket opened by %(who)s"), event),
    Event.Kind.MESSAGE_RECEIVED: lambda event, names: _fill(_("Message from %(who)s"), event),
    Event.Kind.REPLY_SENT: lambda event, names: _fill(_("Reply by %(who)s"), event),
    Event.Kind.NOTE_ADDED: lambda event, names: _fill(_("Note by %(who)s"), event),
    Event.Kind.ACKNOWLEDGED: lambda event, names: _("The customer was told that the message has come"),
    Event.Kind.ASIDE_SENT: lambda event, names: _fill(_("Sent to somebody else by %(who)s"), event),
    Event.Kind.DELIVERY_FAILED: lambda event, names: _("A reply could not be delivered"),
    Event.Kind.DELIVERY_RETRIED: _retried,
    Event.Kind.STATUS_CHANGED: _status,
    Event.Kind.KIND_CHANGED: _kind,
    Event.Kind.TOPIC_CHANGED: _topic,
    Event.Kind.PRIORITY_CHANGED: _priority,
    Event.Kind.TAGS_CHANGED: _tags,
    Event.Kind.SUBJECT_CHANGED: lambda event, names: _fill(_("Subject changed by %(who)s"), event),
    Event.Kind.CUSTOMER_MADE: lambda event, names: _fill(_("Customer added by %(who)s"), event),
    Event.Kind.CUSTOMER_CHANGED: lambda event, names: _fill(_("Customer changed by %(who)s"), event),
    Event.Kind.LANGUAGE_CHANGED: _language,
    Event.Kind.CUSTOM_CHANGED: _custom,
    Event.Kind.CUSTOMER_BLOCKED: lambda event, names: _fill(_("Blocked by %(who)s"), event),
    Event.Kind.CUSTOMER_UNBLOCKED: lambda event, names: _fill(_("Let through again by %(who)s"), event),
    Event.Kind.CUSTOMERS_UNITED: lambda event, names: _fill(
        _("Joined with another customer by %(who)s"), event
    ),
    Event.Kind.CUSTOMERS_PARTED: lambda event, names: _fill(_("Taken apart again by %(who)s"), event),
    Event.Kind.CUSTOMER_ERASED: lambda event, names: _fill(_("Personal data erased by %(who)s"), event),
    Event.Kind.ORGANISATION_MADE: lambda event, names: _fill(_("Organisation added by %(who)s"), event),
    Event.Kind.ORGANISATION_REMOVED: lambda event, names: _fill(_("Organisation removed by %(who)s"), event),
    Event.Kind.ORGANISATION_CHANGED: lambda event, names: _fill(_("Organisation changed by %(who)s"), event),
    Event.Kind.FOLDER_CHANGED: _folder,
    Event.Kind.ESCALATED: lambda event, names: _fill(_("Shown to the supervisors by %(who)s"), event),
    Event.Kind.PICTURES_CHANGED: _pictures,
    Event.Kind.FILE_RELEASED: lambda event, names: _fill(_("A held file released by %(who)s"), event),
}
