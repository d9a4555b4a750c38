"""Which mailbox a mail is for, and whether we got it as a blind copy."""

import hashlib

import pytest

from channels_app import addressees, inbound
from channels_app.models import Channel, InboundRecord
from tests.channels_app.adapters.email.mails import raw
from tickets.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(returns) -> Channel:
    """The mailbox of the returns team, whose mail lands in the account of the orders team."""
    return Channel.objects.create(
        kind="email",
        name="Returns",
        address="returns@desk.example",
        aliases=["rma@desk.example"],
        team=returns,
    )


@pytest.mark.parametrize(
    ("fields", "mine", "bcc"),
    [
        ({"to": ("support@desk.example",)}, True, False),
        ({"to": ("Support+t.1.x@Desk.example",)}, True, False),
        ({"to": ("x@mail.example",), "cc": ("support@desk.example",)}, True, False),
        ({"to": ("returns@desk.example", "support@desk.example")}, True, False),
        ({"to": ("returns@desk.example",)}, False, False),
        ({"to": ("RMA@desk.example",)}, False, False),
        ({"to": ("x@mail.example",), "addressed": ("rma@desk.example",)}, False, True),
        ({"to": ("x@mail.example",), "addressed": ("rma@desk.example", "support@desk.example")}, False, True),
        ({"to": ("x@mail.example",), "addressed": ("support@desk.example",)}, True, True),
        ({"to": ()}, True, True),
        ({"to": ("list@lists.example",), "bulk": True}, True, False),
        ({"to": (), "automatic": True}, True, False),
        ({"to": ("owner@shop.example",), "via": "form@shop.example"}, True, False),
    ],
)
def test_the_address_really_used_decides(written, mailbox, other, fields, mine, bcc):
    settled = addressees.settle(written(**fields), mailbox)
    assert (settled.channel_id, settled.is_bcc) == (mailbox.pk if mine else other.pk, bcc)


def test_a_mailbox_that_is_switched_off_takes_nothing(written, mailbox, other):
    Channel.objects.filter(pk=other.pk).update(is_active=False)
    assert addressees.settle(written(to=("returns@desk.example",)), mailbox).channel_id == mailbox.pk


def test_the_team_of_the_address_gets_the_ticket(mailbox, other, returns):
    for number, to in enumerate(("returns@desk.example", "support@desk.example")):
        mail = raw(
            To="x@mail.example", X_Original_To=to, Delivered_To=mailbox.address, Message_ID=f"<{number}@x>"
        )
        inbound.process(_kept(mailbox, mail))
    first, second = Message.objects.order_by("id")
    assert (first.ticket.team, second.ticket.team) == (returns, mailbox.team)
    assert first.is_bcc
    assert second.is_bcc


def test_one_mail_in_both_accounts_is_one_message(mailbox, other):
    mail = raw(To="returns@desk.example")
    inbound.process(_kept(other, mail))
    inbound.process(_kept(mailbox, mail))
    assert Message.objects.get().channel == other
    assert set(InboundRecord.objects.values_list("state", flat=True)) == {"done", "duplicate"}


def _kept(channel: Channel, mail: bytes) -> InboundRecord:
    record = inbound.journal(channel, hashlib.sha256(mail).hexdigest(), mail)
    assert record
    return record
