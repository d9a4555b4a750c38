"""Who a sender is: identities join one customer, whatever they write from."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from channels_app.messages import Sender
from helpdesk import prepared
from helpdesk.prepared import Lookup, insert_with
from tickets import unheard
from tickets.models import Customer, Identity, Organisation, Ticket

# Domains where anybody may have an address: they say nothing about an organisation.
FREE_MAIL = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com"),
        *("me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com"),
        *("mail.ru", "bk.ru", "list.ru", "inbox.ru", "yandex.ru", "ya.ru", "rambler.ru"),
        *("freemail.hu", "citromail.hu", "t-online.hu", "indamail.hu", "vipmail.hu", "upcmail.hu"),
        *("msn.com", "live.co.uk", "hotmail.co.uk", "hotmail.de", "hotmail.fr", "outlook.de", "outlook.hu"),
        *("yahoo.co.uk", "yahoo.de", "yahoo.fr", "ymail.com", "gmx.com", "gmx.at", "gmx.ch", "freenet.de"),
        *("fastmail.com", "zoho.com", "mail.com", "pm.me", "tuta.com", "tutanota.com", "hey.com"),
        *("internet.ru", "yandex.com", "vk.com", "ukr.net", "i.ua", "tut.by", "abv.bg", "seznam.cz"),
        *("wp.pl", "o2.pl", "onet.pl", "interia.pl", "azet.sk", "libero.it", "orange.fr", "free.fr"),
        *("laposte.net", "wanadoo.fr", "btinternet.com", "comcast.net", "verizon.net", "att.net"),
        *("qq.com", "163.com", "126.com", "naver.com"),
    }
)

# By the message's own time: a reaction may run after a bounce of our answer to it.
_HEARD = """
UPDATE tickets_identity AS known SET bounced_at = NULL, bounce_status = '', bounce_reason = ''
FROM tickets_message AS said JOIN channels_app_channel AS channel ON channel.id = said.channel_id
WHERE said.id = ANY(%s) AND said.direction = 'in' AND NOT said.is_automatic
  AND known.kind = channel.kind AND known.value = lower(said.sender_address)
  AND known.bounced_at < said.created_at
"""

_known = Lookup(
    lambda kind, value: Identity.objects.filter(kind=kind, value=value).select_related("customer"),
    str,
    str,
    planned=True,
)

_of_domain = Lookup(  # a bare value, so that it can be filled in; the same as domains__contains
    lambda domain: Organisation.objects.extra(where=["domains @> ARRAY[%s]::varchar[]"], params=[domain]),
    str,
    planned=True,
)


@transaction.atomic(savepoint=False)
def resolve(sender: Sender, *, in_person: bool = True) -> Customer:
    """The customer behind this sender, made now if nobody wrote from there before.

    Who writes in person from an address can be reached there again, whatever came back before.
    Who loses a race for a new address gets IntegrityError: roll back and call again.
    """
    value = normalise(sender.identity_kind, sender.identity)
    is_new = unheard.is_customer(sender.identity_kind, value)
    known = None if is_new else _known.first(sender.identity_kind, value)
    if known is None:
        return _meet(sender, value)
    if known.bounced_at and in_person:
        Identity.objects.filter(pk=known.pk).update(bounced_at=None, bounce_status="", bounce_reason="")
    found = known.customer
    if sender.name and not found.name:
        found.name = sender.name
        found.save(update_fields=["name"])
    return found


def find(kind: str, value: str) -> Customer | None:
    """The customer with this identity, if any."""
    known = _known.first(kind, normalise(kind, value))
    return known.customer if known else None


def was_answered(customer: Customer) -> bool:
    """Whether we have ever answered this customer, on a ticket that is no spam."""
    desk = customer.tickets.exclude(folder=Ticket.Folder.SPAM)
    return desk.filter(first_replied_at__isnull=False).exists()


def mail_came_back(kind: str, value: str, *, status: str, reason: str) -> None:
    """Mark an address that takes no mail any more, until somebody writes from it again."""
    Identity.objects.filter(kind=kind, value=normalise(kind, value)).update(
        bounced_at=timezone.now(), bounce_status=status[:16], bounce_reason=reason[:1000]
    )


def heard_from(message_ids: Iterable[int]) -> None:
    """People wrote these messages: what came back from their addresses before is forgotten."""
    with prepared.cursor() as cursor:
        cursor.execute(_HEARD, [list(message_ids)])


def normalise(kind: str, value: str) -> str:
    """One spelling for one identity: e-mail in lower case, phone numbers as + and digits."""
    value = value.strip()
    if kind == Identity.Kind.PHONE:
        return ("+" if value.startswith("+") else "") + "".join(c for c in value if c.isdigit())
    return value.lower()[:254]


def _meet(sender: Sender, value: str) -> Customer:
    organisation = organisation_of(value)
    customer = Customer(name=sender.name[:200], language=sender.language, organisation=organisation)
    insert_with(customer, Identity(kind=sender.identity_kind, value=value), by="customer")
    return customer


def organisation_of(address: str) -> Organisation | None:
    """The organisation that has the domain of this address, if any."""
    domain = address.rpartition("@")[2]
    if not domain or domain in FREE_MAIL or unheard.is_domain(domain):
        return None
    return next(iter(_of_domain(domain)), None)
