"""Signatures, checked the way the documentation tells receivers to."""

import re
from pathlib import Path

import pytest

from channels_app.webhooks import signing

PAGE = Path(__file__).resolve().parents[3] / "docs" / "developers" / "webhooks.md"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def verify():
    """The example of the page, as a receiver would copy it."""
    example = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    found: dict = {}
    exec(example[1], found)
    return found["verify"]


def test_the_example_of_the_specification():
    """Id, time, body and secret that the specification's libraries use in their documentation."""
    signed = signing.headers(
        [SECRET], id_="msg_p5jXN8AQM9LWM0D4loKWxJek", at=1614265330, body=b'{"test": 2432232314}'
    )
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_receiver_verifies_it(verify):
    body = signing.body({"type": "a", "data": {"text": "Szép jó napot, привет"}})
    secret = signing.new_secret()
    headers = signing.headers([secret], id_="msg_1", at=1000, body=body)
    assert verify(secret, headers, body, now=1010)["data"]["text"] == "Szép jó napot, привет"


@pytest.mark.parametrize("wrong", ["secret", "body", "id", "old", "early"])
def test_a_receiver_refuses_what_is_not_ours(verify, wrong):
    secret, body = signing.new_secret(), b"{}"
    headers = signing.headers([secret], id_="msg_1", at=1000, body=body)
    if wrong == "id":
        headers["webhook-id"] = "msg_2"
    with pytest.raises(ValueError):
        verify(
            signing.new_secret() if wrong == "secret" else secret,
            headers,
            b"{} " if wrong == "body" else body,
            now={"old": 2000, "early": 100}.get(wrong, 1000),
        )


def test_two_secrets_sign_side_by_side(verify):
    old, new, body = signing.new_secret(), signing.new_secret(), b"{}"
    headers = signing.headers([new, old], id_="msg_1", at=1000, body=body)
    assert verify(old, headers, body, now=1000) == verify(new, headers, body, now=1000) == {}


def test_the_body_is_the_same_at_every_attempt():
    assert signing.body({"b": 1, "a": "é"}) == signing.body({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()
