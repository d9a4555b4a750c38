"""Saving canned responses: for oneself, a team, or everybody."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from channels_app import files as stored
from channels_app.models import Channel
from helpdesk.accounts.models import Team, User
from knowledge.canned.models import LONGEST, CannedResponse, ResponseFile, Wording
from tickets import access, macros, markup, placeholders
from tickets.inspection import verdicts
from tickets.models import Topic

MOST = 300  # of one colleague, of one team, and of everybody
MOST_FILES = 10
LARGEST = 10 * 1024 * 1024


class NotYours(Exception):
    """This colleague may not make or change such a response."""


class TooMany(Exception):
    """There are MOST of this kind already, or MOST_FILES files with it."""


class Refused(ValueError):
    """What cannot be: name of the part, such as "body-hu" or "shortcut" → what is wrong with it (a code)."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = dict(errors)


@transaction.atomic
def make(
    title: str,
    *,
    actor: User | None,
    owner: User | None = None,
    team: Team | None = None,
    wordings: Mapping[str, Mapping[str, str]],
    topics: Iterable[Topic] = (),
    **given: Any,
) -> CannedResponse:
    """A new response; `wordings` is language → body and html. Without an actor the desk itself makes it.

    Raises NotYours, TooMany and Refused.
    """
    _insist(actor, owner, team)
    if not given.get("origin") and CannedResponse.objects.filter(owner=owner, team=team).count() >= MOST:
        raise TooMany
    said, given = sound_wordings(wordings), _checked(given)
    _insist_unique(given.get("shortcut", ""), owner, team)
    made = CannedResponse.objects.create(title=title, owner=owner, team=team, **given)
    Wording.objects.bulk_create(
        Wording(response=made, language=lang, **words) for lang, words in said.items()
    )
    made.topics.set(topics)
    return made


@transaction.atomic
def change(response: CannedResponse, *, actor: User, **given: Any) -> CannedResponse:
    """Give it these values; wordings that are named replace those there are. Raises NotYours and Refused."""
    response = CannedResponse.objects.select_for_update().get(pk=response.pk)
    _insist(actor, response.owner, response.team)
    owner, team = given.get("owner", response.owner), given.get("team", response.team)
    _insist(actor, owner, team)
    wordings, topics = given.pop("wordings", None), given.pop("topics", None)
    given = _checked(given)
    _insist_unique(given.get("shortcut", response.shortcut), owner, team, but=response.pk)
    for name, value in given.items():
        setattr(response, name, value)
    response.save()
    if wordings is not None:
        said = sound_wordings(wordings)
        response.wordings.exclude(language__in=said).delete()
        for lang, words in said.items():
            Wording.objects.update_or_create(response=response, language=lang, defaults=words)
    if topics is not None:
        response.topics.set(topics)
    return response


@transaction.atomic
def remove(response: CannedResponse, *, actor: User) -> None:
    """Forget it; replies that were written with it stay. Raises NotYours."""
    _insist(actor, response.owner, response.team)
    CannedResponse.objects.filter(pk=response.pk).delete()


@transaction.atomic
def attach(
    response: CannedResponse, *, actor: User, name: str, content: bytes, content_type: str, language: str = ""
) -> ResponseFile:
    """A file goes along from now on. Raises NotYours, TooMany, and Refused for one that is dangerous."""
    _insist(actor, response.owner, response.team)
    if not content or len(content) > LARGEST:
        raise Refused({"files": "size"})
    if response.files.count() >= MOST_FILES:
        raise TooMany
    if verdicts.judge(name, content).dangers:
        raise Refused({"files": "danger"})
    return ResponseFile.objects.create(
        response=response,
        language=language,
        name=name[:255] or "file",
        sha256=stored.store(content),
        content_type=content_type[:127] or "application/octet-stream",
        size=len(content),
    )


@transaction.atomic
def detach(file: ResponseFile, *, actor: User) -> None:
    """It goes along no more. Raises NotYours."""
    _insist(actor, file.response.owner, file.response.team)
    ResponseFile.objects.filter(pk=file.pk).delete()


def sound_wordings(wordings: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The wordings as they are kept; empty ones are none. Raises Refused."""
    errors, kept = {}, {}
    for lang, words in wordings.items():
        html = markup.clean(words.get("html", ""))
        body = (
            (markup.text(html) if html else words.get("body", "")).replace("\r\n", "\n").replace("\x00", "")
        )
        if not body.strip():
            continue
        kept[lang] = {"body": body.strip(), "html": html}
        if fault := _fault(body, html):
            errors[f"body-{lang}"] = fault
    if not kept:
        errors["wordings"] = "none"
    if errors:
        raise Refused(errors)
    return kept


def _fault(body: str, html: str) -> str:
    """What is wrong with it: `long`, `condition`, or the placeholder that nobody knows; "" for nothing."""
    if len(body) > LONGEST or len(html) > 4 * LONGEST:
        return "long"
    try:
        found = placeholders.unknown(body) + placeholders.unknown(html)
    except placeholders.Malformed:
        return "condition"
    return f"{{{found[0]}}}" if found else ""


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(given)
    errors: dict[str, str] = {}
    if steps := checked.get("steps"):
        try:
            checked["steps"] = macros.sound(steps)
        except macros.Nonsense as nonsense:
            errors |= nonsense.errors
        errors |= {name: "Not with a response." for name in ("reply", "note") if name in steps}
    if unknown := set(checked.get("channels") or ()) - set(Channel.Kind.values):
        errors["channels"] = ", ".join(sorted(unknown))
    if errors:
        raise Refused(errors)
    return checked


def _insist_unique(shortcut: str, owner: User | None, team: Team | None, but: int | None = None) -> None:
    """A shortcut is taken once among one's own, a team's, and everybody's; the nearest comes first."""
    same = CannedResponse.objects.filter(owner=owner, team=team, shortcut__iexact=shortcut).exclude(
        pk=but or 0
    )
    if shortcut and same.exists():
        raise Refused({"shortcut": "taken"})


def _insist(actor: User | None, owner: User | None, team: Team | None) -> None:
    ids = {"owner_id": owner.pk if owner else None, "team_id": team.pk if team else None}
    if actor is not None and (not access.may_shape(actor, **ids) or (owner and team)):
        raise NotYours
