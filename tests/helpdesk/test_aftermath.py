"""What is told after commits."""

import pytest
from django.db import transaction

from helpdesk import aftermath
from helpdesk.aftermath import Aftermath, gathered


@pytest.fixture
def told():
    return []


@pytest.fixture
def after(told):
    return Aftermath(lambda names: told.append(sorted(names)))


pytestmark = pytest.mark.django_db(transaction=True)


def commit(after, *names):
    with transaction.atomic():
        after.add(*names)


def test_each_name_is_told_once_after_the_commit(after, told):
    with transaction.atomic():
        after.add("one")
        after.add("one", "two")
        assert told == []
    assert told == [["one", "two"]]


def test_what_was_rolled_back_is_told_with_what_follows_at_the_latest(after, told):
    with pytest.raises(RuntimeError), transaction.atomic():
        after.add("lost")
        raise RuntimeError
    assert told == []
    commit(after, "kept")
    assert told == [["kept", "lost"]]


def test_gathered_commits_are_told_together_at_the_end(after, told, monkeypatch):
    monkeypatch.setattr(aftermath, "TOGETHER", 3600)
    with gathered():
        commit(after, "one")
        commit(after, "one")
        commit(after, "two")
        assert told == []
    assert told == [["one", "two"]]
    commit(after, "three")
    assert told[1:] == [["three"]]


def test_what_was_gathered_is_told_after_an_error_too(after, told, monkeypatch):
    monkeypatch.setattr(aftermath, "TOGETHER", 3600)
    with pytest.raises(RuntimeError), gathered():
        commit(after, "one")
        raise RuntimeError
    assert told == [["one"]]


def test_nothing_is_held_back_for_long(after, told, monkeypatch):
    monkeypatch.setattr(aftermath, "TOGETHER", -1)
    with gathered():
        commit(after, "one")
        assert told == [["one"]]


def test_before_something_long_it_is_told_at_once(after, told, monkeypatch):
    monkeypatch.setattr(aftermath, "TOGETHER", 3600)
    with gathered():
        commit(after, "one")
        aftermath.flush()
        assert told == [["one"]]
