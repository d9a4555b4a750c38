import base64
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from channels_app.adapters.email import compose
from channels_app.models import Channel
from tests.tickets.web.conftest import HTMX
from tickets import drafts
from tickets.models import Attachment, Delivery, Draft, Message
from tickets.web import drafting

pytestmark = pytest.mark.django_db
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def write(**fields) -> dict[str, object]:
    return {"body": "It comes tomorrow.", "key": str(uuid.uuid4()), **fields}


def sent() -> list[Message]:
    return list(Message.objects.exclude(direction=Message.Direction.IN))


@pytest.fixture
def at(ticket) -> str:
    return f"/tickets/{ticket.number}/"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_reply_goes_out(headers, desk, at):
    response = desk.post(f"{at}replies/", write(cc="friend@mail.example; boss@mail.example"), headers=headers)
    assert response.status_code == (200 if headers else 302)
    (message,) = sent()
    assert message.text == "It comes tomorrow."
    assert message.recipients == {
        "to": ["carol@mail.example"],
        "cc": ["friend@mail.example", "boss@mail.example"],
    }
    assert Delivery.objects.get().state == Delivery.State.PENDING


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("verb", ["replies", "notes"])
def test_a_repeated_click_makes_one(verb, headers, desk, at):
    given = write()
    first, second = (desk.post(f"{at}{verb}/", given, headers=headers) for _ in range(2))
    assert first.status_code == second.status_code
    assert len(sent()) == 1


def test_an_old_key_does_not_swallow_new_words(desk, at):
    given = write()
    desk.post(f"{at}replies/", given)
    again = desk.post(f"{at}replies/", {**given, "body": "Something else."}, headers=HTMX)
    assert again.status_code == 422
    assert b"Something else." in again.content
    assert str(given["key"]).encode() not in again.content
    assert len(sent()) == 1


@pytest.mark.parametrize("status", ["waiting", "resolved"])
def test_a_reply_can_change_the_status(status, desk, at, ticket):
    desk.post(f"{at}replies/", write(status=status))
    ticket.refresh_from_db()
    assert ticket.status == status


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_wrong_cc_loses_no_word(headers, desk, at):
    response = desk.post(f"{at}replies/", write(cc="not an address"), headers=headers)
    assert response.status_code == 422
    assert b"It comes tomorrow." in response.content
    assert b"not an address" in response.content
    assert not sent()
    if headers:
        assert response["HX-Retarget"] == "#composer"


@pytest.mark.parametrize("verb", ["replies", "notes"])
def test_nothing_is_not_sent(verb, desk, at):
    response = desk.post(f"{at}{verb}/", write(body="  \n "), headers=HTMX)
    assert response.status_code == 422
    assert not sent()


def test_a_customer_without_an_address_loses_no_word(desk, at, ticket):
    ticket.customer.identities.all().delete()
    Message.objects.update(sender_address="")
    response = desk.post(f"{at}replies/", write(), headers=HTMX)
    assert response.status_code == 422
    assert b"It comes tomorrow." in response.content


def test_a_note_stays_among_colleagues(desk, at):
    desk.post(f"{at}notes/", write())
    (message,) = sent()
    assert message.direction == Message.Direction.NOTE
    assert not Delivery.objects.exists()


def test_another_team_writes_nothing(as_, mallory, at):
    for verb in ("replies/", "notes/", "draft/", "draft/files/"):
        assert as_(mallory).post(at + verb, write(mode="reply")).status_code == 404
    assert not sent()
    assert not Draft.objects.exists()


def test_a_draft_is_kept_and_offered_again(desk, at, alice, as_, bob):
    desk.post(f"{at}draft/", write(mode="reply", body="Half a wo", cc="fri"))
    page = desk.get(at)
    assert b"Half a wo" in page.content
    assert page.context["begun"]
    assert b"Half a wo" in as_(bob).get(at).content, "colleagues who look see it"
    assert not as_(bob).get(at).context["begun"]


def test_a_draft_is_gone_when_it_was_sent(desk, at):
    desk.post(f"{at}draft/", write(mode="reply", body="Half"))
    desk.post(f"{at}replies/", write())
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away(desk, at):
    desk.post(f"{at}draft/", write(mode="note"))
    assert desk.delete(f"{at}draft/?mode=note").status_code == 204
    assert not Draft.objects.exists()


def test_files_ride_on_the_draft_and_then_on_the_message(desk, at):
    files = [SimpleUploadedFile("a.txt", b"one"), SimpleUploadedFile("b.pdf", b"two")]
    fragment = desk.post(f"{at}draft/files/", write(mode="reply", files=files), headers=HTMX)
    assert b"a.txt" in fragment.content
    desk.post(f"{at}replies/", write())
    assert {file.name for file in sent()[0].attachments.all()} == {"a.txt", "b.pdf"}


def test_files_without_scripts_go_with_the_form(desk, at):
    given = write(body="")
    for _ in range(2):
        desk.post(f"{at}replies/", {**given, "files": [SimpleUploadedFile("a.txt", b"one")]})
    (message,) = sent()
    assert [file.name for file in message.attachments.all()] == ["a.txt"]
    assert not Draft.objects.exists()


def test_a_file_can_be_taken_off(desk, at):
    given = write(mode="reply", files=[SimpleUploadedFile("a.txt", b"one")])
    desk.post(f"{at}draft/files/", given)
    file = Attachment.objects.get()
    assert b"a.txt" not in desk.post(f"{at}draft/files/{file.pk}/removal/", headers=HTMX).content
    assert not Attachment.objects.exists()


def test_a_file_of_a_colleagues_draft_is_out_of_reach(desk, at, as_, bob):
    desk.post(f"{at}draft/files/", write(mode="reply", files=[SimpleUploadedFile("a.txt", b"one")]))
    file = Attachment.objects.get()
    assert as_(bob).post(f"{at}draft/files/{file.pk}/removal/").status_code == 404
    assert Attachment.objects.exists()


def test_too_large_a_file_is_told(desk, at, monkeypatch):
    monkeypatch.setattr(drafting, "MAX_FILE", 2)
    given = write(mode="reply", files=[SimpleUploadedFile("a.txt", b"three")])
    fragment = desk.post(f"{at}draft/files/", given, headers=HTMX)
    assert b"Over 25 MB" in fragment.content
    assert not Attachment.objects.exists()


class TestQuestions:
    """Before it goes: asked once, answered by sending again."""

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_a_doubtful_reply_is_asked_about_and_goes_when_sent_again(self, headers, desk, at):
        given = write(body="Dear Dave,\n\nthe label is attached.", sure="")
        asked = desk.post(f"{at}replies/", given, headers=headers)
        page = asked.content.decode()
        assert asked.status_code == 409 and not sent()
        for words in (
            "You greet “Dave”, but this customer is Carol Reyes.",
            "there is no file",
            "Send anyway",
        ):
            assert words in page
        form = next(each for each in asked.context["forms"] if each["mode"] == "reply")
        assert form["body"] == given["body"] == Draft.objects.get().body
        desk.post(f"{at}replies/", write(body=given["body"], sure=form["sure"]), headers=headers)
        assert [message.text for message in sent()] == [given["body"]]

    def test_only_what_is_new_is_asked_again(self, desk, at):
        given = write(body="It is attached. 4111 1111 1111 1111", sure="attachment")
        asked = desk.post(f"{at}replies/", given, headers=HTMX)
        assert b"payment card" in asked.content and b"there is no file" not in asked.content

    def test_they_are_reckoned_anew_as_the_text_the_recipients_and_the_files_change(self, desk, at):
        words, to = "Dear Dave,\n\nit is attached.", "Carol <carol@mail.example>, new@x.example"
        asked = desk.post(f"{at}replies/", write(body=words, to=to, sure=""), headers=HTMX)
        sure = next(each for each in asked.context["forms"] if each["mode"] == "reply")["sure"]
        given = {"body": words, "to": to, "mode": "reply", "sure": sure}

        def left(place="draft/", **changed) -> str:
            return desk.post(f"{at}{place}", given | changed, headers=HTMX).content.decode()

        assert "concerns-reply" not in left(), "as long as they are the same they stay as they are"
        greeted = left(body="Dear Carol,\n\nit is attached.")
        assert "You greet" not in greeted and "there is no file" in greeted and "Send anyway" in greeted
        assert "new@x.example" not in left(to="carol@mail.example").split("concerns-reply")[1]
        plain = left(body="Dear Carol,\n\nit is sent.", to="carol@mail.example")
        assert 'name="sure" value=""' in plain and "Before it goes" not in plain
        assert "Send anyway" not in plain
        file = SimpleUploadedFile("label.txt", b"label")
        assert "there is no file" not in left("draft/files/", files=file).split("concerns-reply")[1]
        off = left(f"draft/files/{Attachment.objects.get().pk}/removal/", sure="attachment")
        assert "concerns-reply" not in off, "now it lacks again, and was asked about"

    def test_a_note_asks_nothing(self, desk, at):
        desk.post(f"{at}notes/", write(body="Dear Dave, it is attached", sure=""))
        assert len(sent()) == 1


class TestFormatting:
    def test_formatted_words_are_cleaned_and_told_in_plain_text(self, desk, at):
        html = '<div>Dear Carol,</div><div><b onclick="x()">tomorrow</b><script>alert(1)</script></div>'
        desk.post(f"{at}replies/", write(html=html, body="what the browser made of it"))
        (message,) = sent()
        assert message.html == "<div>Dear Carol,</div><div><b>tomorrow</b></div>"
        assert message.text == "Dear Carol,\ntomorrow"
        assert "<b>tomorrow</b>" in desk.get(at).content.decode()

    def test_lines_alone_are_plain_text(self, desk, at):
        desk.post(f"{at}notes/", write(html="<div>Just</div><div>lines</div>", body="Just\nlines"))
        assert (sent()[0].html, sent()[0].text) == ("", "Just\nlines")

    def test_a_pasted_picture_goes_within_the_text(self, desk, at, mailbox):
        picture = SimpleUploadedFile("shot.png", PNG, content_type="image/png")
        kept = desk.post(f"{at}draft/pictures/", {**write(mode="reply"), "picture": picture}).json()
        other = SimpleUploadedFile("gone.png", PNG + b" ", content_type="image/png")
        desk.post(f"{at}draft/pictures/", {**write(mode="reply"), "picture": other})
        desk.post(f"{at}replies/", write(html=f'See <img src="{kept["address"]}" alt="shot.png">'))
        (message,) = sent()
        file = message.attachments.get()
        assert (file.name, file.inline) == ("shot.png", True)
        assert message.html == f'See <img src="cid:{file.content_id}" alt="shot.png">'
        assert message.text == "See [shot.png]"
        assert f"/attachments/{file.pk}/shot.png" in desk.get(at).content.decode()
        raw = b"".join(compose.letter(message.deliveries.get()).chunks)
        assert b"multipart/related" in raw and file.content_id.encode() in raw

    def test_what_is_no_picture_is_refused(self, desk, at):
        file = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", content_type="image/png")
        answer = desk.post(f"{at}draft/pictures/", {**write(mode="reply"), "picture": file})
        assert answer.status_code == 422
        assert not Attachment.objects.exists()

    def test_a_picture_of_another_ticket_does_not_come_along(self, desk, at, alice, ticket):
        other = drafts.attach(
            drafts.save(ticket, author=alice, mode="note", body=""),
            name="a.png",
            content=PNG,
            content_type="image/png",
        )
        desk.post(f"{at}replies/", write(html=f'<b>x</b><img src="/attachments/{other.pk}/a.png">'))
        assert sent()[0].html == "<b>x</b>"


def test_placeholders_are_offered_with_what_they_stand_for(desk, at, ticket, as_, mallory):
    page = desk.get(f"{at}placeholders/").content.decode()
    assert 'data-insert="Carol Reyes"' in page and f'data-insert="{ticket.number}"' in page
    assert as_(mallory).get(f"{at}placeholders/").status_code == 404


def test_the_channel_is_chosen_among_ones_own(desk, at, ticket, mailbox, returns):
    given = {"kind": "email", "language": "en", "config": mailbox.config}
    second = Channel.objects.create(name="Sales", address="sales@desk.example", team=mailbox.team, **given)
    foreign = Channel.objects.create(name="R", address="r@desk.example", team=returns, **given)
    desk.post(f"{at}replies/", write(channel=second.pk))
    desk.post(f"{at}replies/", write(channel=foreign.pk))
    assert [message.channel for message in sent()] == [second, mailbox]
    assert sent()[0].external_id.endswith("@desk.example")
