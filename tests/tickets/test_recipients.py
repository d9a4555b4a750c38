"""Whom a message goes to, as agents type it and as mail programs expect it."""

import pytest

from tickets import recipients
from tickets.models import Message
from tickets.recipients import NotAddresses, Recipients, TooMany

OURS = {"support@desk.example", "orders@desk.example"}
IN, OUT = Message.Direction.IN, Message.Direction.OUT


def came(sender: str = "carol@mail.example", **fields: list[str]) -> Message:
    return Message(direction=IN, sender_address=sender, sender_name="Carol Reyes", recipients=fields)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        (" , ;; ", []),
        ("a@x.example, b@x.example;c@x.example", ["a@x.example", "b@x.example", "c@x.example"]),
        ("a@x.example\nb@x.example", ["a@x.example", "b@x.example"]),
        (
            '"Reyes, Carol" <c@x.example>, Dan <d@x.example>',
            ['"Reyes, Carol" <c@x.example>', "Dan <d@x.example>"],
        ),
        ('half a "name, d@x.example', ["half a", '"name', "d@x.example"]),
    ],
)
def test_pieces(typed, expected):
    assert recipients.pieces(typed) == expected


@pytest.mark.parametrize(
    ("piece", "address", "name"),
    [
        ("carol@mail.example", "carol@mail.example", ""),
        ("Carol@Mail.Example", "Carol@mail.example", ""),
        ("<carol@mail.example>", "carol@mail.example", ""),
        ("Carol Reyes <carol@mail.example>", "carol@mail.example", "Carol Reyes"),
        ('"Reyes, Carol" < carol@mail.example >', "carol@mail.example", "Reyes, Carol"),
        ("Кэрол <кэрол@почта.рф>", "кэрол@почта.рф", "Кэрол"),
        ("o'neil+tag@sub.mail.example", "o'neil+tag@sub.mail.example", ""),
    ],
)
def test_an_address_with_or_without_a_name(piece, address, name):
    read = recipients.read([piece])
    assert read.to == [address]
    assert read.names == ({address: name} if name else {})


@pytest.mark.parametrize(
    "piece",
    [
        *("carol", "carol@", "@mail.example", "carol@mail", "a b@mail.example", "carol@mail..example"),
        *("carol@-mail.example", "carol@mail.example>", "Carol <>", "a@b@c.example", "carol@127.0.0.1"),
        *(
            "c\r\nBcc: x@x.example",
            "carol@mail.example\x00",
            "x" * 65 + "@mail.example",
            "a@" + "b" * 300 + ".example",
        ),
    ],
)
def test_what_is_no_address_is_named(piece):
    with pytest.raises(NotAddresses) as wrong:
        recipients.read(["good@mail.example"], cc=[piece])
    assert wrong.value.pieces == [piece]


def test_nobody_is_named_twice():
    read = recipients.read(
        ["a@x.example", "A@X.example"], cc=["b@x.example", "a@x.example"], bcc=["B@x.example", "c@x.example"]
    )
    assert (read.to, read.cc, read.bcc) == (["a@x.example"], ["b@x.example"], ["c@x.example"])


def test_more_than_a_mail_should_have_is_refused():
    with pytest.raises(TooMany):
        recipients.read([f"a{number}@x.example" for number in range(recipients.MOST + 1)])


@pytest.mark.parametrize("name", ["Carol Reyes", "Reyes, Carol", 'Carol "C" Reyes', "Kerékgyártó Ágnes"])
def test_what_is_written_reads_as_it_was(name):
    (piece,) = recipients.pieces(recipients.written("c@x.example", name))
    assert recipients.read([piece]).names == {"c@x.example": name.replace('"', "'")}


@pytest.mark.parametrize(
    ("message", "to", "cc"),
    [
        (came(to=["support@desk.example"]), ["carol@mail.example"], []),
        (
            came(to=["support@desk.example", "dan@mail.example"], cc=["eve@mail.example"]),
            ["carol@mail.example"],
            ["dan@mail.example", "eve@mail.example"],
        ),
        # Our aliases and our addresses with a token are ourselves.
        (
            came(to=["Orders@desk.example", "support+t.1.abcdefgh@desk.example", "dan@mail.example"]),
            ["carol@mail.example"],
            ["dan@mail.example"],
        ),
        # Nobody twice, the sender not in copy.
        (
            came(
                to=["support@desk.example", "Carol@mail.example"], cc=["dan@mail.example", "DAN@mail.example"]
            ),
            ["carol@mail.example"],
            ["dan@mail.example"],
        ),
        # A hidden copy: the others do not know that we read it.
        (came(to=["dan@mail.example"], cc=["eve@mail.example"]), ["carol@mail.example"], []),
        # Where the sender wants answers.
        (
            came(to=["support@desk.example"], reply_to=["shop@mail.example"]),
            ["shop@mail.example"],
            [],
        ),
        # A mail of our own people to ourselves and others.
        (
            came("support@desk.example", to=["orders@desk.example", "dan@mail.example"]),
            ["dan@mail.example"],
            [],
        ),
        # What is no address is left out.
        (came(to=["support@desk.example", "undisclosed-recipients:"]), ["carol@mail.example"], []),
    ],
)
def test_reply_to_all(message, to, cc):
    meant = recipients.reply_all(message, OURS)
    assert (meant.to, meant.cc, meant.bcc) == (to, cc, [])


def test_a_reply_to_all_of_our_own_message_goes_where_that_went_but_hidden_copies():
    told = {"to": ["carol@mail.example"], "cc": ["dan@mail.example"], "bcc": ["boss@desk.example"]}
    meant = recipients.reply_all(Message(direction=OUT, recipients=told), OURS)
    assert (meant.to, meant.cc, meant.bcc) == (["carol@mail.example"], ["dan@mail.example"], [])


def test_names_come_along():
    meant = recipients.reply(came(to=["support@desk.example"]))
    assert meant.written("to") == ["Carol Reyes <carol@mail.example>"]
    assert meant.as_json() == {
        "to": ["carol@mail.example"],
        "cc": [],
        "names": {"carol@mail.example": "Carol Reyes"},
    }


def test_nobody_is_nothing():
    assert not Recipients()
    assert Recipients(bcc=["a@x.example"])
