"""Files sent ahead."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from channels_app import files
from tests.api import refused, upload
from tickets import uploads
from tickets.models import Attachment

pytestmark = pytest.mark.django_db


def test_only_its_sender_sees_and_uses_one(till, program, bob, answered):
    pk = upload(till)
    assert till.get(f"attachments/{pk}/").json()["size"] == 10
    other = program(bob)
    refused(other.get(f"attachments/{pk}/content/"), 404, "not-found")
    answer = other.post(f"tickets/{answered.number}/notes/", {"body": "x", "attachments": [pk]})
    refused(answer, 400, "validation")


def test_it_can_be_taken_back(till, answered):
    pk = upload(till)
    assert till.delete(f"attachments/{pk}/").status_code == 204
    refused(till.get(f"attachments/{pk}/"), 404, "not-found")
    sent = Attachment.objects.get(message__ticket=answered)
    refused(till.delete(f"attachments/{sent.pk}/"), 409, "conflict")


def test_one_that_nothing_took_is_forgotten_after_a_day(till, alice):
    pk = upload(till)
    made = Attachment.objects.get(pk=pk).created_at
    assert uploads.sweep(made + uploads.KEPT) == 0
    assert uploads.sweep(made + uploads.KEPT * 2) == 1


def test_too_large(till, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 9)
    file = {"file": SimpleUploadedFile("a", b"0123456789")}
    headers = {**till.headers, "Idempotency-Key": "1"}
    refused(till.client.post("/api/v1/attachments/", file, headers=headers), 413, "too-large")


def test_no_file_and_no_form(till):
    headers = {**till.headers, "Idempotency-Key": "1"}
    refused(till.client.post("/api/v1/attachments/", {"x": "y"}, headers=headers), 400, "validation")
    refused(till.post("attachments/", {"file": "x"}), 415, "media-type")


def test_the_bytes_are_those_that_were_sent(till):
    pk = upload(till, bytes(range(256)))
    assert files.read(Attachment.objects.get(pk=pk).sha256) == bytes(range(256))
