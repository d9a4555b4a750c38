"""A write that is repeated is answered, not done again: after a lost answer, and at the same moment."""

import json
import threading
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from helpdesk.rest import keys
from helpdesk.rest.models import Answer
from tests.api import refused
from tickets import replies
from tickets.models import Attachment, Message

NOTE = {"body": "Be kind."}


@pytest.fixture
def address(ticket) -> str:
    return f"tickets/{ticket.number}/notes/"


def notes() -> int:
    return Message.objects.filter(direction="note").count()


@pytest.mark.django_db
class TestRepeating:
    def test_the_first_answer_again(self, program, alice, address):
        till, key = program(alice), str(uuid.uuid4())
        first = till.post(address, NOTE, idempotency_key=key)
        again = till.post(address, {"body": "Be kind."}, idempotency_key=key)
        assert (again.status_code, again.json()) == (201, first.json())
        assert (again["Location"], again["ETag"]) == (first["Location"], first["ETag"])
        assert again["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
        assert notes() == 1

    def test_it_is_the_first_answer_even_if_the_thing_has_changed(self, program, alice, ticket):
        till = program(alice)
        first = till.patch(f"tickets/{ticket.number}/", {"kind": "support"}, idempotency_key="a")
        till.patch(f"tickets/{ticket.number}/", {"kind": "complaint"}, idempotency_key="b")
        again = till.patch(f"tickets/{ticket.number}/", {"kind": "support"}, idempotency_key="a")
        assert again.json() == first.json()
        ticket.refresh_from_db()
        assert ticket.kind == "complaint"

    def test_an_empty_answer_again(self, program, alice, ticket):
        till = program(alice)
        address = f"tickets/{ticket.number}/drafts/note/"
        till.put(address, NOTE)
        for _ in range(2):
            answer = till.delete(address, idempotency_key="a")
            assert (answer.status_code, answer.content) == (204, b"")

    def test_for_another_request_the_key_is_refused(self, program, alice, address, ticket):
        till = program(alice)
        till.post(address, NOTE, idempotency_key="a")
        for path, body in (
            (address, {"body": "Be strict."}),
            (f"tickets/{ticket.number}/replies/", NOTE),
            (f"{address}?fields=id", NOTE),
        ):
            problem = refused(till.post(path, body, idempotency_key="a"), 422, "key-reused")
            assert problem["errors"][0]["header"] == "Idempotency-Key"
        assert notes() == 1

    def test_each_caller_has_keys_of_their_own(self, program, alice, bob, address):
        for till in (program(alice), program(alice), program(bob)):
            assert till.post(address, NOTE, idempotency_key="a").status_code == 201
        assert notes() == 3

    def test_a_refused_request_may_be_mended_under_its_key(self, program, alice, address):
        till = program(alice)
        refused(till.post(address, {"body": ""}, idempotency_key="a"), 400, "validation")
        assert till.post(address, NOTE, idempotency_key="a").status_code == 201

    def test_a_post_without_a_key_is_not_taken(self, program, alice, address):
        till = program(alice)
        for key in ("", "x" * 256, "new\tline", "two words", "é"):
            problem = refused(till.post(address, NOTE, idempotency_key=key), 400, "headers")
            assert problem["errors"][0]["header"] == "Idempotency-Key"
        assert notes() == 0

    def test_other_writes_may_do_without_but_not_with_an_empty_one(self, program, alice, ticket):
        till = program(alice)
        assert till.patch(f"tickets/{ticket.number}/", {"kind": "support"}).status_code == 200
        refused(till.patch(f"tickets/{ticket.number}/", {"kind": ""}, idempotency_key=""), 400, "headers")

    def test_a_file_again(self, program, alice):
        till = program(alice)
        answers = []
        for name, content in (("a", b"1"), ("a", b"1"), ("a", b"2"), ("b", b"1")):
            file = {"file": SimpleUploadedFile(name, content)}
            headers = {**till.headers, "Idempotency-Key": "a"}
            answers.append(till.client.post("/api/v1/attachments/", file, headers=headers).status_code)
        assert answers == [201, 201, 422, 422]
        assert Attachment.objects.count() == 1

    def test_effect_and_answer_are_there_together_or_not_at_all(self, program, alice, address, monkeypatch):
        till, render = program(alice), keys.JSONRenderer.render

        def crash(*_args):
            raise RuntimeError("the process dies here")

        monkeypatch.setattr(keys.JSONRenderer, "render", crash)
        assert till.post(address, NOTE, idempotency_key="a").status_code == 500
        assert (notes(), Answer.objects.count()) == (0, 0)
        monkeypatch.setattr(keys.JSONRenderer, "render", render)
        assert till.post(address, NOTE, idempotency_key="a").status_code == 201

    def test_after_some_days_a_key_is_forgotten(self, program, alice, address, settings):
        settings.API_KEYS_DAYS = 3
        program(alice).post(address, NOTE)
        assert keys.prune(timezone.now() + timedelta(days=2)) == 0
        assert keys.prune(timezone.now() + timedelta(days=4)) == 1

    def test_even_then_a_message_is_not_written_twice(self, program, alice, address):
        till = program(alice)
        first = till.post(address, NOTE, idempotency_key="a")
        Answer.objects.all().delete()
        assert till.post(address, NOTE, idempotency_key="a").json()["id"] == first.json()["id"]
        assert notes() == 1


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_requests_with_one_key_are_done_once(self, program, alice, address):
        """The second waits for the first, and gives its answer."""
        tills = [program(alice) for _ in range(4)]
        for till in tills:
            till.headers = tills[0].headers
        start, answers = threading.Barrier(len(tills)), []

        def send(till) -> None:
            start.wait()
            answers.append(till.post(address, NOTE, idempotency_key="a"))
            connection.close()

        threads = [threading.Thread(target=send, args=[till]) for till in tills]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [answer.status_code for answer in answers] == [201] * len(tills)
        assert len({json.dumps(answer.json(), sort_keys=True) for answer in answers}) == 1
        assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
        assert notes() == 1

    def test_who_waits_too_long_is_told_to_come_back(self, program, alice, ticket, address, monkeypatch):
        monkeypatch.setattr(keys, "PATIENCE", "50ms")
        till, holding, done = program(alice), threading.Event(), threading.Event()

        def hold() -> None:
            with transaction.atomic():
                type(ticket).objects.select_for_update().get(pk=ticket.pk)
                holding.set()
                done.wait(10)
            connection.close()

        thread = threading.Thread(target=hold)
        thread.start()
        holding.wait(10)
        answer = till.post(address, NOTE, idempotency_key="a")
        done.set()
        thread.join()
        refused(answer, 409, "busy")
        assert answer["Retry-After"] == "2"
        assert till.post(address, NOTE, idempotency_key="a").status_code == 201

    def test_a_race_for_one_address_ends_well(self, program, alice, mailbox, monkeypatch):
        """Two programs bring the same new customer at the same moment: one customer, two tickets."""
        till = program(alice)
        till.get("me/")
        start, answers = threading.Barrier(2), []

        def send() -> None:
            start.wait()
            body = {
                "channel": mailbox.pk,
                "identity": {"kind": "email", "value": "dave@mail.example"},
                "body": "Hello",
            }
            answers.append(till.post("tickets/", body).status_code)
            connection.close()

        threads = [threading.Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [201, 201]


@pytest.mark.django_db
def test_a_key_of_the_workspace_is_none_of_the_api(program, alice, ticket, address):
    """Message keys made from a caller's own words cannot be guessed into somebody else's message."""
    key = uuid.uuid4()
    first = replies.add_note(ticket, author=alice, body="By hand", key=key)
    made = program(alice).post(address, NOTE, idempotency_key=str(key)).json()
    assert made["id"] != first.pk
