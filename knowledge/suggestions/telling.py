"""Mail to those who voted: what became of a suggestion. Changes are the queue; each voter gets one mail."""

import math
import time

from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk.accounts.models import Company
from knowledge import centres
from knowledge.models import Shown, Suggestion, SuggestionChange, SuggestionVote
from knowledge.suggestions import posting
from tickets.customers import uniting
from tickets.models import Customer, Identity

BATCH = 50
_SALT = "knowledge.suggestion"


def sweep(*, until: float = math.inf) -> int:
    """Tell voters of all changes that are due; how many votes were looked at."""
    done = 0
    while time.monotonic() < until and (seen := _some()):
        done += seen
    return done


def published(suggestion: Suggestion) -> None:
    """Its author hears that everybody can read it."""
    vote = SuggestionVote.objects.filter(suggestion=suggestion, customer=suggestion.customer_id).first()
    if vote and vote.wants_mail:
        _mail(vote, suggestion, is_published=True)


def stop(token: str) -> Suggestion | None:
    """No more mail about the suggestion of this link; None when the link is not ours."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    vote = SuggestionVote.objects.select_related("suggestion").filter(pk=pk).first()
    if vote is None:
        return None
    SuggestionVote.objects.filter(pk=vote.pk).update(wants_mail=False)
    return vote.suggestion


def about(token: str) -> Suggestion | None:
    """What the link of a mail is about; nothing is changed."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    vote = SuggestionVote.objects.select_related("suggestion").filter(pk=pk).first()
    return vote.suggestion if vote else None


def token_of(vote: SuggestionVote) -> str:
    """What the link that ends such mail proves its voter by."""
    return signing.dumps(vote.pk, salt=_SALT)


@transaction.atomic
def _some() -> int:
    """Up to 50 voters of one change; at least 1 while there is a change to settle."""
    due = SuggestionChange.objects.filter(settled_at=None, due_at__lte=timezone.now())
    change = due.select_for_update(of=("self",), skip_locked=True).select_related("suggestion").first()
    if change is None:
        return 0
    row = change.suggestion
    votes = SuggestionVote.objects.filter(suggestion=row, pk__gt=change.told_up_to).order_by("pk")
    batch = list(votes.select_related("customer")[:BATCH]) if _is_told(row) else []
    for vote in batch:
        if vote.wants_mail:
            _mail(vote, row)
    if len(batch) < BATCH:
        change.settled_at = timezone.now()
    change.told_up_to = batch[-1].pk if batch else change.told_up_to
    change.save(update_fields=["settled_at", "told_up_to"])
    return max(1, len(batch))


def _is_told(row: Suggestion) -> bool:
    centre = posting.of(row)
    return centre.is_open and centre.has_suggestions and row.shown == Shown.PUBLIC and not row.merged_into_id


def _mail(vote: SuggestionVote, row: Suggestion, *, is_published: bool = False) -> None:
    """One mail in the voter's language, by the queue of all mail; to nobody who cannot be reached."""
    customer = Customer.objects.filter(pk=uniting.survivor(vote.customer_id)).first()
    address = _address(customer)
    if customer is None or not address:
        return
    centre = posting.of(row)
    spoken = (customer.language or row.language).partition("-")[0]
    language = spoken if spoken in centre.offered else next(iter(centre.offered))
    with override(language):
        leave = centres.address(centre, "help-idea-leave", language, token_of(vote))
        context = {
            "row": row,
            "is_published": is_published,
            "is_own": row.customer_id == vote.customer_id,
            "link": centres.address(centre, "help-idea", language, row.pk),
            "leave": leave,
            "company": centre.name or Company.load().name,
        }
        text = render_to_string("knowledge/help/idea_mail.txt", context).strip() + "\n"
        subject = _("Your suggestion is public now") if is_published else str(row.get_status_display())
        headers = {
            "List-Unsubscribe": f"<{leave}>",  # RFC 2369
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Precedence": "bulk",
            "X-Auto-Response-Suppress": "All",
        }
        EmailMessage(f"{subject}: {row.title}", text, to=[address], headers=headers).send()


def _address(customer: Customer | None) -> str:
    """Where this customer reads mail, "" where mail comes back or none is wanted."""
    if customer is None or customer.blocked_at or customer.erased_at:
        return ""
    known = Identity.objects.filter(customer=customer, kind=Identity.Kind.EMAIL, bounced_at=None)
    return known.order_by("pk").values_list("value", flat=True).first() or ""
