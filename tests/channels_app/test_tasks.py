"""What the workers' shells add to the work itself."""

import pytest

from channels_app import inbound, tasks
from tickets.models import Message

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "reason"),
    [("en", "no header lines"), ("ru", "Нет заголовков"), ("hu", "Nincsenek fejlécsorai")],
)
def test_a_reason_is_written_down_in_the_companys_language(language, reason, company, mailbox):
    company.language = language
    company.save()
    record = inbound.journal(mailbox, "INBOX:1:1", b"\n\nno mail at all")
    assert record is not None
    tasks.drain_inbound()
    record.refresh_from_db()
    assert (record.state, Message.objects.count()) == ("quarantined", 0)
    assert reason in record.error
