import pytest

from tickets.placeholders import conditions

KNOWN = {"customer.name": "Carol", "order.number": "", "ticket.kind": "complaint"}


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("a {if customer.name}b{end} c", "a b c"),
        ("{if order.number}b{else}c{end}", "c"),
        ("{if not order.number}b{end}", "b"),
        ("{if ticket.kind = Complaint}b{else}c{end}", "b"),
        ("{ if ticket.kind is “support” }b{ else }c{ end }", "c"),
        ("{if not ticket.kind = support}b{end}", "b"),
        ("{if customer.name}{if order.number}a{else}b{end}{else}{if customer.name}c{end}{end}", "b"),
        ("{if order.number}{if customer.name}a{end}{end}.", "."),
        ("{if nothing.known}a{else}b{end}", "b"),
        ("no {braces} here", "no {braces} here"),
    ],
)
def test_one_side_of_each_is_said(text, decided):
    assert conditions.decided(text, KNOWN) == decided


@pytest.mark.parametrize(
    "text",
    [
        "{if customer.name}a",
        "a{end}",
        "{else}",
        "{if a}b{else}c{else}d{end}",
        "{if Name!}a{end}",
        "{if a}" * 9,
    ],
)
def test_what_cannot_be_decided_is_refused(text):
    with pytest.raises(conditions.Malformed):
        conditions.decided(text, KNOWN)
