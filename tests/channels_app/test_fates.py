"""What became of mail we sent, as each provider tells it: it finds its delivery by whatever is told of it."""

import uuid

import pytest

from channels_app import inbound
from channels_app.models import InboundRecord
from tests.channels_app.providers_fates import GONE, REPEATS_OUR_ID, SPAM, TELLS, WHO, By
from tests.channels_app.providers_letters import sns
from tickets import deliveries, intake, replies
from tickets.models import Delivery, Identity

pytestmark = pytest.mark.django_db
THEIRS = "7788990011"


@pytest.fixture
def delivery(written, alice) -> Delivery:
    ticket = intake.receive(written()).ticket
    return replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4()).deliveries.get()


@pytest.fixture
def told(post, delivery):
    """Posts what a provider tells and has it worked on; what is known of the recipient then."""

    def told(provider: str, data, who: str = WHO) -> dict:
        data, headers = sns(data) if provider == "amazon-ses" else (data, {})
        assert post(provider, data, headers=headers).status_code == 200
        inbound.drain()
        record = InboundRecord.objects.get(envelope__provider=provider)
        assert (record.state, record.error) == ("report", "")
        delivery.refresh_from_db()
        return delivery.outcomes.get(who, {})

    return told


def blamed() -> bool:
    return Identity.objects.get(value=WHO).bounced_at is not None


@pytest.mark.parametrize("provider", TELLS)
def test_by_the_token_it_was_given(provider, told, delivery):
    outcome = told(provider, TELLS[provider](By(token=deliveries.token(delivery)), GONE))
    assert (outcome["fate"], outcome["permanent"]) == ("failed", True)
    assert "no such user" in outcome["reason"] or provider == "mailjet"
    assert delivery.state == "failed"
    assert blamed()


@pytest.mark.parametrize("provider", TELLS)
def test_by_the_id_it_gave_itself(provider, told, delivery):
    Delivery.objects.filter(pk=delivery.pk).update(provider_ids=["5544332211", THEIRS])
    assert told(provider, TELLS[provider](By(theirs=THEIRS), GONE))["fate"] == "failed"


@pytest.mark.parametrize("provider", REPEATS_OUR_ID)
def test_by_our_message_id(provider, told, delivery):
    assert told(provider, TELLS[provider](By(message_id=delivery.external_id), GONE))["fate"] == "failed"


@pytest.mark.parametrize("provider", TELLS)
def test_what_passes_is_not_the_addresss_fault(provider, told, delivery):
    told(provider, TELLS[provider](By(token=deliveries.token(delivery)), SPAM, soft=True))
    assert not blamed()


@pytest.mark.parametrize("provider", ["mailgun", "sendgrid", "postmark", "amazon-ses", "brevo"])
def test_neither_is_what_rules_refuse(provider, told, delivery):
    outcome = told(provider, TELLS[provider](By(token=deliveries.token(delivery)), SPAM))
    assert outcome["status"] == "5.7.1"
    assert not blamed()


@pytest.mark.parametrize("provider", TELLS)
@pytest.mark.parametrize("by", [By(), By(token="1:forged"), By(message_id="x@y", theirs="1")])
def test_what_is_not_ours_touches_nothing(by, provider, told, delivery):
    assert told(provider, TELLS[provider](by, GONE)) == {}
    assert delivery.outcomes == {}


def test_resend_does_not_say_which_of_several_it_means(told, delivery):
    data = TELLS["resend"](By(token=deliveries.token(delivery)), GONE)
    data["data"]["cc"] = ["dan@mail.example"]
    Delivery.objects.update(recipients={"to": [WHO], "cc": ["dan@mail.example"]})
    assert told("resend", data) == {}
    assert delivery.outcomes["*"]["fate"] == "failed"
    assert not blamed()


def test_that_somebody_opened_a_mail_is_nothing_to_look_at(told):
    opened = [{"event": "open", "smtp-id": "<x@y>", "email": "a@b.example", "timestamp": 1}]
    assert told("sendgrid", opened) == {}
