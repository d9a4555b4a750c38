import pytest

from knowledge.canned.models import CannedResponse

pytestmark = pytest.mark.django_db
HELLO = {"title": "Hello", "shortcut": "hello", "wordings": {"en": {"body": "{customer.greeting} Hi."}}}


def test_one_is_made_read_changed_and_removed(program, alice, company):
    till = program(alice)
    made = till.post("canned-responses/", HELLO)
    assert made.status_code == 201
    told = made.json()
    assert (told["owner"]["id"], told["wordings"]["en"]["body"]) == (alice.pk, "{customer.greeting} Hi.")
    changed = till.patch(f"canned-responses/{told['id']}/", {"wordings": {"hu": {"body": "Szia"}}})
    assert list(changed.json()["wordings"]) == ["hu"]
    assert [row["id"] for row in till.get("canned-responses/").json()["results"]] == [told["id"]]
    assert till.delete(f"canned-responses/{told['id']}/").status_code == 204
    assert not CannedResponse.objects.exists()


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"wordings": {"en": {"body": "{customer.nam}"}}}, "#/wordings/en"),
        ({"wordings": {}}, "#/wordings"),
        ({"wordings": {"e1": {"body": "x"}}}, "#/wordings"),
        ({"shortcut": "with space"}, "#/shortcut"),
        ({"steps": {"fly": 1}}, "#/steps"),
        ({"whose": "team"}, "#/team"),
        ({"topics": ["nothing"]}, "#/topics"),
    ],
)
def test_what_is_wrong_is_pointed_at(given, pointer, program, alice, company):
    answer = program(alice).post("canned-responses/", {**HELLO, **given})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)


def test_it_goes_into_the_callers_draft(program, alice, ticket, made):
    response = made("X", "{customer.greeting} {order.number}", steps={"tag_add": ["late"]})
    till = program(alice)
    answer = till.post(f"canned-responses/{response.pk}/uses/", {"ticket": ticket.number})
    assert answer.status_code == 201
    assert (answer.json()["missing"], answer.json()["text"]) == (
        ["order.number"],
        "Hello Carol, {order.number}",
    )
    assert ticket.drafts.get().body == "Hello Carol, {order.number}"
    ticket.refresh_from_db()
    assert ticket.tags == ["late"]
    assert till.post(f"canned-responses/{response.pk}/uses/", {"ticket": 9}).status_code == 404
