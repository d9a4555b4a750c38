"""Who may see what. Views and programs fetch tickets, messages and files only through here.

The table in docs/admin/access.md says the same in words and is tested cell by cell.

desk     tickets, and what stands on them
people   customers and organisations
post     files, what goes out, channels
own      drafts, views, macros, what one does oneself
finding  how all of it is asked for
"""

from tickets.access.desk import (
    all_doubts,
    colleagues,
    doubt,
    doubts,
    earlier_tickets,
    events,
    message,
    messages,
    move,
    names_of_colleagues,
    notifications,
    own_doubt,
    promise,
    promises,
    ticket,
    tickets,
)
from tickets.access.own import (
    batch,
    batches,
    draft,
    drafts,
    groups,
    list_of_views,
    macro,
    macros,
    mailing,
    may_shape,
    queued,
    queued_drafts,
    view,
    views,
)
from tickets.access.people import customer, customers, identities, organisation, organisations, union, unions
from tickets.access.post import (
    attachment,
    channels,
    deliveries,
    delivery,
    may_release,
    notices,
    outgoing,
    uploads,
)

__all__ = [
    "all_doubts",
    "attachment",
    "batch",
    "batches",
    "channels",
    "colleagues",
    "customer",
    "customers",
    "deliveries",
    "delivery",
    "doubt",
    "doubts",
    "draft",
    "drafts",
    "earlier_tickets",
    "events",
    "groups",
    "identities",
    "list_of_views",
    "macro",
    "macros",
    "mailing",
    "may_release",
    "may_shape",
    "message",
    "messages",
    "move",
    "names_of_colleagues",
    "notices",
    "notifications",
    "organisation",
    "organisations",
    "outgoing",
    "own_doubt",
    "promise",
    "promises",
    "queued",
    "queued_drafts",
    "ticket",
    "tickets",
    "union",
    "unions",
    "uploads",
    "view",
    "views",
]
