"""What every adapter must do, whatever it speaks."""

import inspect

import pytest
from django.test import RequestFactory

from channels_app.adapters import ADAPTERS
from channels_app.adapters.base import Adapter, Refused, Unreadable
from channels_app.messages import CAPABILITIES, DeliveryFailed
from channels_app.models import Channel, InboundRecord
from tickets.models import Delivery

each = pytest.mark.parametrize("adapter", ADAPTERS.values(), ids=ADAPTERS.keys())


def test_every_kind_of_channel_has_an_adapter_and_says_what_it_can():
    assert set(ADAPTERS) == set(Channel.Kind.values) == set(CAPABILITIES)


@each
@pytest.mark.parametrize("method", ["verify", "parse", "send"])
def test_it_has_the_methods_as_promised(adapter, method):
    ours, promised = (inspect.signature(getattr(of, method)) for of in (adapter, Adapter))
    assert list(ours.parameters) == list(promised.parameters)[1:]
    assert ours.return_annotation == promised.return_annotation


@each
def test_a_request_that_proves_nothing_is_refused(adapter):
    with pytest.raises(Refused):
        adapter.verify(RequestFactory().post("/", b"{}", content_type="application/json"))


@each
@pytest.mark.parametrize("garbage", [b"", b"\x00" * 100, b"{", b"<>", b"\xff\xfe"])
def test_garbage_is_unreadable_and_nothing_worse(adapter, garbage):
    with pytest.raises(Unreadable) as told:
        adapter.parse(InboundRecord(channel=Channel(pk=1), body=garbage, size=len(garbage)))
    assert told.value.reason


@each
def test_a_delivery_without_anybody_to_go_to_fails_for_good(adapter):
    with pytest.raises(DeliveryFailed) as failed:
        adapter.send(Delivery(channel=Channel(), recipients={}))
    assert failed.value.permanent
