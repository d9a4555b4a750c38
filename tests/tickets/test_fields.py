"""Custom fields: what a value may be, what changing one tells, and finding rows by them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.people import Write
from tickets import access, editing, fields, filters, intake, properties
from tickets.models import CustomField, Event, Ticket

pytestmark = pytest.mark.django_db
COLOURS = [
    {"value": "red", "labels": {"en": "Red", "ru": "Красный", "hu": "Piros"}},
    {"value": "blue", "labels": {"en": "Blue"}},
]


def field(kind: str, key: str = "f", of: str = "ticket", **more) -> CustomField:
    options = COLOURS if kind in ("choice", "several") else []
    labels = {"en": key.title(), "hu": f"{key} magyarul"}
    return CustomField.objects.create(of=of, key=key, kind=kind, labels=labels, options=options, **more)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "  TP-1 ", "TP-1"),
        ("number", 12, 12),
        ("number", 12.50, 12.5),
        ("number", 3.0, 3),
        ("date", "2026-02-28", "2026-02-28"),
        ("yes_no", False, False),
        ("choice", "red", "red"),
        ("several", ["blue", "red", "blue"], ["red", "blue"]),
        ("link", "https://shop.example/a?b=1", "https://shop.example/a?b=1"),
    ],
)
def test_a_field_keeps_what_fits_it(kind, given, kept):
    assert fields.checked(field(kind), given) == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", 1),
        ("text", "x" * 2001),
        ("text", "a\x00"),
        ("number", "12"),
        ("number", True),
        ("number", float("inf")),
        ("number", 10**15),
        ("date", "28.02.2026"),
        ("date", "2026-02-30"),
        ("yes_no", "yes"),
        ("yes_no", 1),
        ("choice", "green"),
        ("choice", ["red"]),
        ("several", "red"),
        ("several", ["green"]),
        ("link", "javascript:alert(1)"),
        ("link", "shop.example"),
        ("link", "https://[::1"),
        ("link", "https://a b.example"),
    ],
)
def test_and_nothing_else(kind, given):
    with pytest.raises(fields.Wrong) as refusal:
        fields.checked(field(kind), given)
    assert refusal.value.key == "f"


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("number", "1 234,5", 1234.5),
        ("number", "-3", -3),
        ("yes_no", "да", True),
        ("yes_no", "false", False),
        ("choice", "ПИРОС".replace("ПИРОС", "piros"), "red"),
        ("several", "Blue, красный", ["red", "blue"]),
        ("date", "2026-02-28", "2026-02-28"),
        ("text", "   ", None),
    ],
)
def test_what_is_typed_is_understood_in_every_language(kind, typed, value):
    assert fields.typed(field(kind), typed) == value


@pytest.mark.parametrize("typed", ["1e400", "abc", "1_000", "--1", "٣"])
def test_what_is_no_number_is_not_taken_for_one(typed):
    with pytest.raises(fields.Wrong):
        fields.typed(field("number"), typed)


@pytest.mark.parametrize("kind", ["text", "number", "date", "yes_no", "choice", "several", "link"])
def test_what_is_written_to_a_file_is_read_back(kind):
    value = {
        "text": "TP-1, blue",
        "number": 2.5,
        "date": "2026-02-28",
        "yes_no": True,
        "choice": "red",
        "several": ["red", "blue"],
        "link": "https://shop.example/",
    }[kind]
    made = field(kind)
    assert fields.typed(made, fields.written(made, value)) == value


def test_a_label_is_in_the_readers_language():
    made = field("choice", "colour")
    with override("hu"):
        assert (str(made), made.option_title("red"), made.option_title("blue")) == (
            "colour magyarul",
            "Piros",
            "Blue",
        )
    with override("ru"):
        assert (str(made), made.option_title("red"), made.option_title("gone")) == (
            "Colour",
            "Красный",
            "gone",
        )


def test_values_are_set_one_by_one_and_told(ticket, alice):
    field("text", "order")
    field("choice", "colour")
    properties.set_custom(ticket, {"order": "TP-1", "colour": "red"}, actor=alice)
    changed = properties.set_custom(ticket, {"colour": None}, actor=alice)
    assert changed.custom == {"order": "TP-1"}
    told = [event.data for event in Event.objects.filter(kind="custom_changed").order_by("id")]
    assert told == [
        {"field": "colour", "before": None, "after": "red"},
        {"field": "order"},  # people's words are not told
        {"field": "colour", "before": "red", "after": None},
    ]
    properties.set_custom(ticket, {"order": "TP-1"}, actor=alice)
    assert Event.objects.filter(kind="custom_changed").count() == 3, "nothing changed"


def test_a_wrong_value_leaves_everything_as_it_was(ticket, alice):
    field("number", "pieces")
    with pytest.raises(fields.Wrong):
        editing.change(ticket, {"subject": "New", "custom": {"pieces": "many"}}, actor=alice)
    ticket.refresh_from_db()
    assert (ticket.subject, ticket.custom) == ("Where is my parcel?", {})


@pytest.mark.parametrize("key", ["nothing", "customers_own", "off"])
def test_a_field_of_others_is_none(ticket, alice, key):
    field("text", "customers_own", of="customer")
    field("text", "off", is_active=False)
    with pytest.raises(fields.Wrong):
        properties.set_custom(ticket, {key: "x"}, actor=alice)


def found(user, custom: str) -> list[str]:
    return [each.subject for each in filters.listed(user, "all", narrow={"custom": custom}).tickets]


@pytest.fixture
def shelf(written: Write, alice) -> None:
    """Three tickets with values."""
    for kind, key in (("text", "order"), ("several", "colours"), ("number", "pieces"), ("yes_no", "gift")):
        field(kind, key)
    for subject, custom in (
        ("one", {"order": "TP-1, blue", "colours": ["red", "blue"], "pieces": 2}),
        ("two", {"order": "TP-2", "colours": ["red"], "gift": True}),
        ("none", {}),
    ):
        properties.set_custom(intake.receive(written(subject=subject)).ticket, custom, actor=alice)


@pytest.mark.parametrize(
    ("asked", "subjects"),
    [
        ("order:TP-2", ["two"]),
        ('"order:TP-1, blue"', ["one"]),
        ("colours:red", ["two", "one"]),
        ("colours:red,colours:blue", ["one"]),
        ("pieces:2.0", ["one"]),
        ("gift:yes", ["two"]),
        ("gift:no", []),
        ("colours:red, gift:true", ["two"]),
        ("order:", []),
        ("nothing:1", []),
        ("pieces:many", []),
        ("order", []),
    ],
)
def test_tickets_are_found_by_their_fields(shelf, alice, asked, subjects):
    assert found(alice, asked) == subjects


# An index built beside changes waits for older transactions, those of other tests too: so it is aged.
AGED = "UPDATE pg_index SET indcheckxmin = false WHERE indexrelid = 'ticket_custom'::regclass"


def test_the_index_answers(shelf):
    """The condition of the partial index is one the planner recognises."""
    asked = Ticket.objects.filter(fields.holding("ticket", "order:TP-2")).order_by()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(AGED)
    assert "ticket_custom" in asked.explain()


def test_customers_of_a_ticket_narrow_it(ticket, written, alice, carol):
    type(carol).objects.filter(pk=carol.pk).update(importance=3)
    assert [t.pk for t in filters.listed(alice, "all", narrow={"importance": "vip"}).tickets] == [ticket.pk]
    assert filters.listed(alice, "all", narrow={"importance": "normal"}).tickets == []


def test_definitions_cost_one_query():
    field("text")
    fields.every()
    with CaptureQueriesContext(connection) as seen:
        assert [each.key for each in fields.every()] == ["f"]
    assert len(seen) == 1


def test_a_field_is_shown_on_tickets_of_its_kinds():
    assert field("text", ticket_kinds=["complaint"]).is_shown_on("complaint")
    assert not CustomField(ticket_kinds=["complaint"]).is_shown_on("")
    assert CustomField().is_shown_on("")


def test_access_to_fields_is_that_of_the_ticket(shelf, mallory):
    assert found(mallory, "order:TP-2") == []
    assert not access.tickets(mallory).exists()
