"""A receipt as it goes over the wire: no machine answers it, and nothing of the sender's is in it."""

import email
import email.policy

import pytest

from channels_app.adapters.email import automatic, compose, mime
from tickets import intake, reactions
from tickets.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def raw(written, mailbox, company) -> bytes:
    company.quote = company.Quote.WHOLE
    company.save()
    letters = {"en": {"header": "Dear {customer}, about {subject}", "footer": "{company}"}}
    mailbox.config |= {"acknowledge": True, "plus_addressing": True, "letters": letters}
    mailbox.save()
    sender = written().sender.__class__(
        identity_kind="email", identity="carol@mail.example", name="Buy http://pills.example"
    )
    intake.receive(written(sender=sender, subject="Buy pills", text="Buy pills now"))
    reactions.drain()
    return b"".join(compose.letter(Delivery.objects.get()).chunks)


def test_nothing_of_the_senders_is_in_it(raw):
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert "ills" not in str(mail["Subject"]) + str(mail["To"])
    for kind in ("plain", "html"):
        assert "ills" not in mail.get_body([kind]).get_content()


def test_its_head_says_what_it_is(raw):
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Precedence"] == "auto_reply"
    assert mail["In-Reply-To"] and "+t." in mail["Reply-To"]
    assert not mail["Subject"].startswith("Re:")


def test_another_desk_takes_it_for_what_it_is(raw):
    assert automatic.judge(mime.read(raw)).kind == automatic.Kind.AUTO_REPLY
