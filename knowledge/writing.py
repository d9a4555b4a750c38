"""Writing articles: what colleagues do to them before, and after, they are published."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from channels_app import files
from helpdesk.accounts.models import User
from knowledge import markup, shelves
from knowledge.models import Article, Category, Picture, Translation, Version

MOST_BYTES = 5 * 1024 * 1024


class ChangedMeanwhile(Exception):
    """Somebody else has saved it since it was opened."""


class NotAllowed(Exception):
    """Only supervisors and admins publish."""


class NoPicture(Exception):
    """The file is no picture that a browser may draw, or too large."""


@transaction.atomic
def begin(*, language: str, title: str, category: Category | None, actor: User) -> Translation:
    """A new article, in its first language."""
    article = Article.objects.create(category=category)
    return translate(article, language, title=title, actor=actor)


def translate(article: Article, language: str, *, title: str, actor: User) -> Translation:
    """The article in one more language; raises IntegrityError when it is there already."""
    return Translation.objects.create(article=article, language=language, title=title[:160], updated_by=actor)


@transaction.atomic
def save(
    translation: Translation,
    *,
    title: str,
    summary: str,
    html: str,
    actor: User,
    seen: datetime | None = None,
) -> Translation:
    """Keep what was written; readers see it when it is published. Raises ChangedMeanwhile.

    `seen` is when the text was last changed, as far as the writer knows.
    """
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    if seen is not None and row.updated_at != seen:
        raise ChangedMeanwhile
    row.title, row.summary, row.html = title[:160], summary[:300], markup.clean(html)
    row.state, row.updated_at, row.updated_by = Translation.State.DRAFT, timezone.now(), actor
    row.save()
    return row


@transaction.atomic
def ask_review(translation: Translation, *, actor: User) -> None:
    """Put it before those who publish."""
    Translation.objects.filter(pk=translation.pk, state=Translation.State.DRAFT).update(
        state=Translation.State.REVIEW, updated_at=timezone.now(), updated_by=actor
    )


@transaction.atomic
def publish(translation: Translation, *, actor: User) -> Version:
    """Show readers what is written, as a new version; what is shown already is left. Raises NotAllowed."""
    if actor.role == User.Role.AGENT:
        raise NotAllowed
    row = (
        Translation.objects.select_for_update(of=("self",)).select_related("published").get(pk=translation.pk)
    )
    if row.state == Translation.State.PUBLISHED and row.published:
        return row.published
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    row.published = Version.objects.create(
        translation=row, number=last + 1, title=row.title, summary=row.summary, html=row.html, author=actor
    )
    row.state, row.updated_at, row.updated_by = Translation.State.PUBLISHED, timezone.now(), actor
    row.save()
    shelves.arrange(row.article)
    return row.published


@transaction.atomic
def archive(translation: Translation, *, actor: User) -> None:
    """Take it from readers; what was written and published stays. Raises NotAllowed."""
    if actor.role == User.Role.AGENT:
        raise NotAllowed
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    row.state, row.published = Translation.State.ARCHIVED, None
    row.updated_at, row.updated_by = timezone.now(), actor
    row.save()
    shelves.arrange(row.article)


def restore(translation: Translation, version: Version, *, actor: User) -> Translation:
    """Take an earlier version up as a draft."""
    return save(translation, title=version.title, summary=version.summary, html=version.html, actor=actor)


@transaction.atomic
def place(
    article: Article,
    *,
    category: Category | None,
    audience: str,
    organisations: list[int],
    related: list[int],
    actor: User,
    everywhere: bool = True,
    centres: Sequence[int] = (),
) -> None:
    """Say where the article stands, who may read it and what goes with it; holds at once, in all languages.

    It is shown in all help centres, else in these `centres`. Raises NotAllowed when an agent would change who
    reads what is published.
    """
    named = set(article.centres.values_list("pk", flat=True))
    readers = (audience, everywhere, set(centres)) != (article.audience, article.everywhere, named)
    published = article.translations.exclude(published=None).exists()
    if actor.role == User.Role.AGENT and readers and published:
        raise NotAllowed
    article.category, article.audience, article.everywhere = category, audience, everywhere
    article.save(update_fields=["category", "audience", "everywhere"])
    article.centres.set(centres)
    article.organisations.set(organisations)
    article.related.set(related)
    shelves.arrange(article)


def add_picture(content: bytes, name: str, *, content_type: str) -> Picture:
    """Keep a picture whose bytes the caller has looked into; raises NoPicture when it is too large."""
    if len(content) > MOST_BYTES:
        raise NoPicture
    return Picture.objects.create(
        token=secrets.token_urlsafe(16),
        sha256=files.store(content),
        content_type=content_type,
        name=name[:120],
    )
