"""What of the articles can be searched: the public ones on one shelf, all published ones on another."""

from knowledge import collections, markup
from knowledge.models import Article, Collection, Translation, in_language
from knowledge.searching.documents import Document, Hit

EVERYTHING = "all articles"


def arrange(article: Article) -> None:
    """Have searches know the article as it is published now."""
    rows = list(Translation.objects.published().filter(article=article))
    documents = [_document(row) for row in rows]
    public = documents if article.audience == Article.Audience.PUBLIC else []
    for name, wanted in ((Collection.ARTICLES, public), (EVERYTHING, documents)):
        keys = {each.id for each in wanted}
        gone = [f"{article.pk}-{row.language}" for row in article.translations.all()]
        collections.put(name, wanted, without=[key for key in gone if key not in keys])


def find(question: str, language: str, *, limit: int = 10) -> list[Translation]:
    """The public articles that answer best, those of the language first; none where none fits."""
    hits = collections.search(Collection.ARTICLES, question, language, limit=limit, plausible=True)
    return _read(hits, public=True)


def find_all(question: str, language: str, *, limit: int = 10) -> list[Translation]:
    """The same among all that is published: for colleagues."""
    hits = collections.search(EVERYTHING, question, language, limit=limit, plausible=True)
    return _read(hits, public=False)


def _read(hits: list[Hit], *, public: bool) -> list[Translation]:
    rows = Translation.objects.public() if public else Translation.objects.published()
    wanted = {hit.id: hit for hit in hits}
    found = {row.key: row for row in rows.filter(article__in={key.split("-")[0] for key in wanted})}
    return [found[key] for key in wanted if key in found]


def _document(row: Translation) -> Document:
    shown, category = row.published, row.article.category
    topic = in_language(category.names, row.language) if category else ""
    body = f"{shown.summary}\n{markup.text(shown.html)}" if shown else ""
    return Document(row.key, row.language, shown.title if shown else row.title, body, topic)
