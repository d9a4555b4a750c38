"""What of the articles can be searched: the public ones on one shelf, all published ones on another."""

from collections.abc import Callable

from knowledge import centres, collections, markup
from knowledge.models import Article, Collection, HelpCentre, Translation, TranslationQuerySet, in_language
from knowledge.searching.documents import Document, Hit
from tickets.models import Customer

EVERYTHING = "all articles"
AMONG = 5
"""So many times as many are looked at where some found may not be read."""


def arrange(article: Article) -> None:
    """Have searches know the article as it is published now."""
    rows = list(Translation.objects.published().filter(article=article))
    documents = [_document(row) for row in rows]
    public = documents if article.audience == Article.Audience.PUBLIC else []
    for name, wanted in ((Collection.ARTICLES, public), (EVERYTHING, documents)):
        keys = {each.id for each in wanted}
        gone = [f"{article.pk}-{row.language}" for row in article.translations.all()]
        collections.put(name, wanted, without=[key for key in gone if key not in keys])


def find(
    question: str, language: str, *, centre: HelpCentre, customer: Customer | None = None, limit: int = 10
) -> list[Translation]:
    """The best answers of what a centre shows and a visitor may read, those of the language first."""
    readable = Translation.objects.readable(customer).shown_in(centre)
    away = centres.hidden(centre)
    apart = _is_served_apart(customer)
    hits = collections.search(
        EVERYTHING if apart else Collection.ARTICLES,
        question,
        language,
        limit=limit * AMONG if apart else limit,
        admits=_shown(centre, away) if away or centre.languages else None,
        plausible=True,
    )
    return _read(hits, readable)[:limit]


def _shown(centre: HelpCentre, away: set[int]) -> Callable[[str], bool]:
    """Whether the help centre shows what the search engine knows by this key."""
    spoken = centre.offered

    def shown(key: str) -> bool:
        article, _dash, language = key.partition("-")
        return language in spoken and int(article) not in away

    return shown


def find_all(question: str, language: str, *, limit: int = 10) -> list[Translation]:
    """The same among all that is published: for colleagues."""
    hits = collections.search(EVERYTHING, question, language, limit=limit, plausible=True)
    return _read(hits, Translation.objects.published())


def _is_served_apart(customer: Customer | None) -> bool:
    """Whether there is anything for the customer's organisation alone."""
    if customer is None or customer.organisation_id is None:
        return False
    apart = Article.objects.filter(audience=Article.Audience.ORGANISATIONS)
    return apart.filter(organisations=customer.organisation_id).exists()


def _read(hits: list[Hit], rows: TranslationQuerySet) -> list[Translation]:
    wanted = {hit.id: hit for hit in hits}
    found = {row.key: row for row in rows.filter(article__in={key.split("-")[0] for key in wanted})}
    return [found[key] for key in wanted if key in found]


def _document(row: Translation) -> Document:
    shown, category = row.published, row.article.category
    topic = in_language(category.names, row.language) if category else ""
    body = f"{shown.summary}\n{markup.text(shown.html)}" if shown else ""
    return Document(row.key, row.language, shown.title if shown else row.title, body, topic)
