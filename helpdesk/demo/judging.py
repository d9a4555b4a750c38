"""How the shop judges what its customers write: a branch of the tree of topics, and words that weigh."""

from tickets.models import Topic, WeighedPhrase

LATE = {"en": "Late", "ru": "Опоздание", "hu": "Késés"}
WORDS = [
    ("en", "still waiting", "complaint", 3),
    ("en", "where is", "", 2),
    ("ru", "до сих пор", "complaint", 3),
    ("hu", "még mindig", "complaint", 3),
]


def save() -> None:
    """What an admin of the shop has set up by now."""
    delivery = Topic.objects.filter(key="delivery").first()
    late, _new = Topic.objects.get_or_create(
        key="late_delivery", defaults={"labels": LATE, "parent": delivery, "position": 11}
    )
    for language, words, kind, weight in WORDS:
        WeighedPhrase.objects.create(
            language=language, words=words, kind=kind, topic=None if kind else late, weight=weight
        )
