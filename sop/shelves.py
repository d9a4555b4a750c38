"""What of the procedures can be searched, and searching it."""

from collections.abc import Iterable

from helpdesk.accounts.models import User
from knowledge import collections
from knowledge.models import in_language
from knowledge.searching.documents import Document, Hit
from sop import access, steps
from sop.models import Procedure, Wording

NAME = "procedures"


def arrange(*procedures: Procedure) -> None:
    """Have searches know these procedures as they are published now."""
    keys = [each.pk for each in procedures]
    wordings = Wording.objects.filter(procedure__in=keys)
    rows = list(wordings.published().select_related("procedure__chapter__parent"))
    shown = {row.key for row in rows}
    gone = [row.key for row in wordings if row.key not in shown]
    collections.put(NAME, [_document(row) for row in rows], without=gone)


def hits(question: str, language: str, user: User, *, limit: int = 10) -> list[Hit]:
    """The best answers among what this colleague may read, each procedure once; ids are theirs."""
    allowed = set(access.procedures(user).values_list("pk", flat=True))
    found = collections.search(
        NAME,
        question,
        language,
        limit=limit * 3,
        admits=lambda key: int(key.partition("-")[0]) in allowed,
    )
    best: dict[str, Hit] = {}
    for hit in found:
        key = hit.id.partition("-")[0]
        best.setdefault(key, Hit(key, hit.score))
    return list(best.values())[:limit]


def find(question: str, language: str, user: User, *, limit: int = 10) -> list[Wording]:
    """The same as wordings, in the asked language where there are such."""
    order = [int(hit.id) for hit in hits(question, language, user, limit=limit)]
    known = worded(order, language)
    return [known[pk] for pk in order if pk in known]


def worded(procedures: Iterable[int], *languages: str) -> dict[int, Wording]:
    """Of each procedure the published wording in the first of these languages, else in English, else any."""
    rows = Wording.objects.published().select_related("procedure__chapter__parent")
    return in_words(rows.filter(procedure__in=list(procedures)), *languages)


def without_steps(procedures: Iterable[int]) -> list[Wording]:
    """All published wordings of these procedures, but for their steps, which are long; for `in_words`."""
    rows = Wording.objects.published().defer("steps", "published__steps")
    return list(rows.filter(procedure__in=list(procedures)))


def in_words(rows: Iterable[Wording], *languages: str) -> dict[int, Wording]:
    """The same as `worded`, of wordings that are at hand."""
    wanted = [*languages, "en"]
    found: dict[int, Wording] = {}
    for row in rows:
        other = found.get(row.procedure_id)
        if other is None or _rank(row, wanted) < _rank(other, wanted):
            found[row.procedure_id] = row
    return found


def _rank(row: Wording, wanted: list[str]) -> tuple[int, str]:
    return (wanted.index(row.language) if row.language in wanted else len(wanted), row.language)


def _document(row: Wording) -> Document:
    shown = row.published
    if shown is None:
        raise ValueError(f"{row} is not published")
    topic = " ".join(in_language(each.names, row.language) for each in row.procedure.chapter.path())
    body = f"{shown.summary}\n{shown.words}\n{steps.text(shown.steps)}"
    return Document(row.key, row.language, shown.title, body, topic)
