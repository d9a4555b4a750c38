"""Drafts by API: kept as one types, seen by their author alone."""

import pytest

from tests.api import refused, upload

pytestmark = pytest.mark.django_db


def test_one_is_kept_read_and_thrown_away(till, answered, alice):
    address = f"tickets/{answered.number}/drafts/reply/"
    kept = till.put(address, {"body": "Dear", "cc": ["half an addr"], "attachments": [upload(till)]})
    assert (kept.status_code, kept.json()["cc"]) == (200, ["half an addr"])
    assert [each["name"] for each in kept.json()["attachments"]] == ["Plan.txt"]
    assert till.get("drafts/").json()["results"][0]["body"] == "Dear"
    assert answered.drafts.get().author == alice
    till.put(address, {"body": "Dear Carol"})
    assert len(till.get(address).json()["attachments"]) == 1, "files stay until they are taken off"
    assert till.delete(address).status_code == 204
    refused(till.get(address), 404, "not-found")


def test_nobody_reads_anothers(till, program, bob, answered):
    till.put(f"tickets/{answered.number}/drafts/note/", {"body": "Secret"})
    assert program(bob).get("drafts/").json()["results"] == []
    refused(program(bob).get(f"tickets/{answered.number}/drafts/note/"), 404, "not-found")
    refused(till.put(f"tickets/{answered.number}/drafts/poem/", {"body": "x"}), 404, "not-found")
