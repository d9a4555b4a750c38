"""From a ticket that was answered to an article or a procedure."""

import uuid

import pytest

from knowledge import drafting
from knowledge.models import Translation
from sop import drafting as procedures
from sop.models import Chapter, Procedure
from tickets import replies

pytestmark = pytest.mark.django_db
ANSWER = (
    "Dear Carol,\n\nopen the lid, press the round key for five seconds and close it again, please.\n\n"
    "Kind regards\nAlice"
)


@pytest.fixture
def answered(ticket, alice):
    replies.send(ticket, author=alice, body=ANSWER, key=uuid.uuid4())
    replies.send(ticket, author=alice, body="Gladly done.", key=uuid.uuid4())
    return ticket


def test_one_click_makes_it_a_draft_with_a_way_back(answered, alice, client):
    client.force_login(alice)
    place = client.post(f"/tickets/{answered.number}/articles/draft/")["Location"]
    row = Translation.objects.get()
    assert (row.state, row.published, row.article.origin) == ("draft", None, answered)
    assert "press the round key for … seconds" in row.html.replace("five", "…")
    assert "Carol" not in row.html and "regards" not in row.html and "Gladly" not in row.html
    assert f"Begun from ticket #{answered.number}" in client.get(place).content.decode()
    assert client.post(f"/tickets/{answered.number}/articles/draft/")["Location"] == place
    assert (
        "The article from this ticket" in client.get(f"/tickets/{answered.number}/articles/").content.decode()
    )


def test_or_a_procedure_in_steps(answered, alice, client):
    client.force_login(alice)
    refused = client.post(f"/tickets/{answered.number}/procedures/draft/", follow=True).content.decode()
    assert "no category of procedures" in refused
    Chapter.objects.create(slug="devices", names={"en": "Devices"})
    place = client.post(f"/tickets/{answered.number}/procedures/draft/")["Location"]
    wording = Procedure.objects.get().wordings.get()
    assert [step["title"] for step in wording.steps] == ["What the customer asks", "What is answered"]
    assert f"Begun from ticket #{answered.number}" in client.get(place).content.decode()
    assert procedures.procedure(answered, actor=alice) == wording


def test_where_nobody_has_answered_there_is_nothing_to_write_down(ticket, alice, client):
    with pytest.raises(drafting.NoAnswer):
        drafting.told(ticket)
    client.force_login(alice)
    page = client.post(f"/tickets/{ticket.number}/articles/draft/", follow=True).content.decode()
    assert "Nobody has answered on this ticket yet" in page and not Translation.objects.exists()


def test_who_does_not_see_the_ticket_makes_nothing_of_it(answered, mallory, client):
    client.force_login(mallory)
    assert client.post(f"/tickets/{answered.number}/articles/draft/").status_code == 404
    assert client.get(f"/tickets/{answered.number}/articles/").status_code == 404
