"""Customers at the help centre: let in by a link in a mail, they see their own requests and nothing else."""

from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from helpdesk.accounts.models import Company
from knowledge import centres
from knowledge.models import HelpCentre
from tickets.models import Attachment, Customer, Identity, Message, Ticket

LINK_HOURS = 1
MOST = 100
_SALT = "knowledge.visit"


def invite(address: str, language: str, *, centre: HelpCentre, back: str = "") -> bool:
    """Mail a link to this address when a customer writes from it; whether one does is told to nobody.

    It lets in at this help centre, and at no other; `back` is the page of it that it leads to.
    """
    found = _customer_at(address)
    if found is None:
        return False
    token = signing.dumps([found.pk, address.strip().lower(), centre.pk], salt=_SALT)
    query = f"?{urlencode({'next': back})}" if back else ""
    context = {
        "link": f"{centres.address(centre, 'help-enter', language, token)}{query}",
        "company": centre.name or Company.load().name,
    }
    text = render_to_string("knowledge/help/invitation.txt", context).strip() + "\n"
    EmailMessage(_("Your requests at %(company)s") % context, text, to=[address.strip()]).send()
    return True


def invited(token: str, *, centre: HelpCentre) -> Customer | None:
    """Whom a link lets in here: for an hour, and only while the address is still theirs."""
    try:
        pk, address, where = signing.loads(token, salt=_SALT, max_age=timedelta(hours=LINK_HOURS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if where != centre.pk:
        return None
    found = _customer_at(address)
    return found if found and found.pk == pk else None


def visitor(pk: object) -> Customer | None:
    """The customer of a session, while they are one."""
    if not isinstance(pk, int):
        return None
    return Customer.objects.living().filter(pk=pk, blocked_at=None).first()


def own(customer: Customer, centre: HelpCentre) -> QuerySet[Ticket]:
    """The customer's own requests at a help centre; what lies in spam or the bin is not shown."""
    theirs = Ticket.objects.filter(customer=customer, folder=Ticket.Folder.DESK)
    return centres.tickets(centre, theirs)


def requests(customer: Customer, centre: HelpCentre) -> QuerySet[Ticket]:
    """The same, the newest first."""
    return own(customer, centre).order_by("-last_message_at", "-pk")[:MOST]


def request(customer: Customer, number: int, centre: HelpCentre) -> Ticket:
    """One of them; raises Http404."""
    found = own(customer, centre).filter(number=number).select_related("channel").first()
    if found is None:
        raise Http404
    return found


def messages(customer: Customer, ticket: Ticket) -> list[Message]:
    """What the customer wrote and was written, the oldest first: no notes, and no words among others."""
    files = Prefetch("attachments", Attachment.objects.order_by("pk"))
    rows = Message.objects.filter(ticket=ticket, enquiry=None, is_unverified=False).exclude(
        direction=Message.Direction.NOTE
    )
    addresses = _addresses(customer)
    rows = rows.select_related("author").prefetch_related(files).order_by("pk")
    return [row for row in rows if _is_theirs(row, customer, addresses)]


def attachment(customer: Customer, pk: int, centre: HelpCentre) -> Attachment:
    """A file of a message that the customer sees; raises Http404."""
    found = Attachment.objects.select_related("message__ticket").filter(pk=pk).first()
    message = found.message if found else None
    if found is None or message is None or not own(customer, centre).filter(pk=message.ticket_id).exists():
        raise Http404
    if message.pk not in {each.pk for each in messages(customer, message.ticket)}:
        raise Http404
    return found


def _is_theirs(message: Message, customer: Customer, addresses: set[str]) -> bool:
    if message.direction == Message.Direction.IN:
        return message.customer_id == customer.pk
    sent = [*message.recipients.get("to", []), *message.recipients.get("cc", [])]
    return any(str(each).lower() in addresses for each in sent)


def _addresses(customer: Customer) -> set[str]:
    rows = Identity.objects.filter(customer=customer, kind="email").values_list("value", flat=True)
    return {value.lower() for value in rows}


def _customer_at(address: str) -> Customer | None:
    identity = Identity.objects.filter(kind="email", value=address.strip().lower()).first()
    return visitor(identity.customer_id) if identity else None
