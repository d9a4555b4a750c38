"""Changed procedures are put before those whom they concern, until they say that they have read them."""

from dataclasses import dataclass

from django.db.models import Q

from helpdesk.accounts.models import User
from knowledge import comparing
from sop import access, shelves, steps
from sop.models import Edition, Procedure, Reading, Wording, WordingQuerySet


@dataclass(frozen=True)
class Change:
    """A version that wants to be read, with what differs from the one before; all of a first one is new."""

    edition: Edition
    lines: list[comparing.Line]


@dataclass(frozen=True)
class Standing:
    """How far a version has been read: by how many of how many, and who is missing."""

    wording: Wording
    edition: Edition
    read: int
    missing: list[User]

    @property
    def concerned(self) -> int:
        return self.read + len(self.missing)


def waiting(user: User) -> list[Edition]:
    """What this colleague has still to read: of each procedure of theirs the version in their language."""
    asked = _asking().filter(procedure__in=access.procedures(user).filter(_concerns(user)))
    shown = shelves.worded(asked.values_list("procedure", flat=True), user.language)
    editions = [each.published for each in shown.values() if each.published and each.published.is_to_be_read]
    read = set(Reading.objects.filter(user=user, edition__in=editions).values_list("edition", flat=True))
    return sorted((each for each in editions if each.pk not in read), key=lambda each: each.at)


def changes(editions: list[Edition]) -> list[Change]:
    """These versions with what each changed."""
    return [Change(each, comparing.lines(*_before_and_after(each))) for each in editions]


def acknowledge(edition: Edition, *, user: User) -> Reading:
    """The colleague has read it; twice is once."""
    return Reading.objects.get_or_create(edition=edition, user=user)[0]


def overview() -> list[Standing]:
    """Every version that is to be read, with who has not read it yet; the newest first."""
    people = list(User.objects.people().at_work().prefetch_related("teams"))
    rows = _asking().select_related("published", "procedure").prefetch_related("procedure__teams")
    found = [_standing(row, people) for row in rows.order_by("-published__at")]
    return [each for each in found if each.concerned]


def said(edition: Edition) -> list[str]:
    """A version in lines: title, summary, and each step with what stands in it."""
    rows = (line for step in edition.steps for line in steps.lines(step))
    return [edition.title, *filter(None, [edition.summary]), *rows]


def _standing(row: Wording, people: list[User]) -> Standing:
    teams = {team.pk for team in row.procedure.teams.all()}
    theirs = [each for each in people if not teams or teams & {team.pk for team in each.teams.all()}]
    languages = set(row.procedure.wordings.exclude(published=None).values_list("language", flat=True))
    theirs = [each for each in theirs if _reads(each, row.language, languages)]
    edition = row.published
    if edition is None:
        raise ValueError(f"{row} is not published")
    done = set(edition.readings.values_list("user", flat=True))
    missing = [each for each in theirs if each.pk not in done]
    return Standing(row, edition, len(theirs) - len(missing), missing)


def _reads(user: User, language: str, languages: set[str]) -> bool:
    """Whether this is the language in which the colleague reads the procedure."""
    own = user.language if user.language in languages else "en" if "en" in languages else min(languages)
    return own == language


def _asking() -> WordingQuerySet:
    return Wording.objects.filter(published__is_to_be_read=True)


def _concerns(user: User) -> Q:
    return Q(teams=None) | Q(pk__in=Procedure.objects.filter(teams__memberships__user=user))


def _before_and_after(edition: Edition) -> tuple[list[str], list[str]]:
    before = Edition.objects.filter(wording=edition.wording_id, number__lt=edition.number).first()
    return said(before) if before else [], said(edition)
