"""What goes of the box when a customer is erased: words and votes; what others wanted too stays nameless."""

from django.db.models import Count
from django.utils.translation import gettext as _

from knowledge.models import Shown, Suggestion, SuggestionComment, SuggestionVote
from knowledge.suggestions import shelf
from tickets.customers import erasing
from tickets.customers.traces import Traces


def forget(traces: Traces) -> None:
    """Votes and comments go; so does a suggestion nobody else voted for. Others lose text and author."""
    SuggestionVote.objects.filter(customer__in=traces.customers).delete()
    SuggestionComment.objects.filter(customer__in=traces.customers).delete()
    rows = Suggestion.objects.filter(customer__in=traces.customers)
    for row in rows.annotate(others=Count("votes")):
        if row.others == 0:
            row.shown = Shown.HIDDEN
            shelf.arrange(row)
            row.delete()
            continue
        row.customer, row.text = None, _("Erased at the customer's request.")
        row.save(update_fields=["customer", "text"])
        shelf.arrange(row)


erasing.register(
    forget,
    {
        Suggestion: "the row; of one that others voted for, text and author",
        SuggestionComment: "the row",
    },
)
